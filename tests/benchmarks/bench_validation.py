"""Time and peak memory of a million assay rows, checked and desurveyed on one core."""

import json
import os
import subprocess
import sys
from pathlib import Path

from clock import say

CHILD = Path(__file__).with_name("validation_worker.py")
LIBRARIES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "ARROW_NUM_THREADS")
ONE_CORE = dict.fromkeys(LIBRARIES, "1")


def bench_a_million_assay_rows_are_checked_and_desurveyed():
    """Prints seconds and megabytes; gates nothing."""
    command = [sys.executable, str(CHILD)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **ONE_CORE})
    told = json.loads(done.stdout)
    what = f"{told['holes']:,} holes, {told['surveys']:,} survey records, {told['analytes']} analytes"
    say(f"\n{told['rows']:,} assay rows of {what}, on one core:")
    for name, (cpu, wall) in told["seconds"].items():
        say(f"  {name:<9} {cpu:6.2f} s of CPU, {wall:6.2f} s of the clock")
    cpu = sum(seconds[0] for name, seconds in told["seconds"].items() if name != "read")
    say(f"  check and desurvey {cpu:.2f} s of CPU; peak {told['peak']:,.0f} MB, libraries {told['before']:,.0f} MB")

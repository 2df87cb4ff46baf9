"""Time and peak memory of a million assay rows, checked and desurveyed on one core."""

import json
import os
import subprocess
import sys
from pathlib import Path

CHILD = Path(__file__).with_name("validation_worker.py")
ONE_CORE = {
    name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "ARROW_NUM_THREADS")
}


def bench_a_million_assay_rows_are_checked_and_desurveyed():
    """Prints seconds and megabytes; gates nothing."""
    command = [sys.executable, str(CHILD)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **ONE_CORE})
    told = json.loads(done.stdout)
    print(
        f"\n{told['rows']:,} assay rows of {told['holes']:,} holes, {told['surveys']:,} survey records, {told['analytes']} analytes:"
    )
    for name, seconds in told["seconds"].items():
        print(f"  {name:<10} {seconds:6.2f} s")
    print(
        f"  {'all':<10} {sum(told['seconds'].values()):6.2f} s, {told['peak']:,.0f} MB at the peak, {told['before']:,.0f} MB of them"
    )
    print("  before the first step (interpreter and libraries)")

"""No job works with more threads than it asked for, however snakemake was started."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

SCRIPT = """
import scandia
import json, os, sys
import numba, numpy, pyarrow, scipy.linalg, zarr

def threads():
    return len(os.listdir("/proc/self/task"))

square = numpy.ones((400, 400)) + numpy.eye(400)
scipy.linalg.solve(square, square @ square)
of_algebra = threads()
store = zarr.create_array({}, shape=(400, 400), chunks=(20, 20), dtype="f8")
store[:] = square
found = {"algebra": of_algebra, "numba": numba.get_num_threads(), "arrow": pyarrow.cpu_count(), "zarr": threads() - of_algebra}
with open(sys.argv[1] if len(sys.argv) > 1 else snakemake.output[0], "w") as stream:
    json.dump(found, stream)
"""
RULES = """
import shlex, sys

if " " in sys.executable and not sys.executable.startswith("'"):  # as workflow/rules/common.smk does
    sys.executable = shlex.quote(sys.executable)


rule all:
    input: "1.json", "2.json"

rule count:
    output: "{threads}.json"
    threads: lambda wildcards: int(wildcards.threads)
    script: "count.py"
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted in /proc, which only Linux has")
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="on one processor no library starts a second thread")
def test_a_job_has_the_threads_that_it_asked_for(tmp_path):
    (tmp_path / "count.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "Snakefile").write_text(RULES, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.endswith(("_THREADS", "_WORKERS"))}
    run = {"cwd": tmp_path, "check": True, "capture_output": True}
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--workflow-profile", "none"]
    subprocess.run(command, env=environment | {"OMP_NUM_THREADS": "7"}, **run)  # as a careless shell may have it
    one, two = (json.loads((tmp_path / f"{number}.json").read_text()) for number in (1, 2))
    subprocess.run([sys.executable, "count.py", "free.json"], env=environment, **run)
    free = json.loads((tmp_path / "free.json").read_text())
    assert one["algebra"] <= 2 and one["numba"] == 1 and one["arrow"] == 1  # jemalloc has an idle thread of its own
    assert two["algebra"] > one["algebra"] and two["numba"] == 2 and two["arrow"] == 2
    assert free["algebra"] > one["algebra"] and free["numba"] > 1, "without Snakemake's word the libraries take every processor"
    assert one["zarr"] <= two["zarr"] <= free["zarr"] and one["zarr"] < free["zarr"]

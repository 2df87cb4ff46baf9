"""The first estimate of a process: with an empty cache of compiled code, and with a full one."""

import json
import os
import subprocess
import sys
from pathlib import Path

from clock import tabulate

HERE = Path(__file__).parent
PROGRAM = """
import json, time
start = time.perf_counter()
import engine
loaded = time.perf_counter()
(samples, grades, grid), settings = engine.read({"grid": "20k", "drilled": [4, 2]})
centres = grid.centres()[::1000]
seconds = []
for _ in range(2):
    before = time.perf_counter()
    engine.estimate(samples, grades, centres, block_size=grid.size, **settings)
    seconds.append(time.perf_counter() - before)
print(json.dumps([loaded - start, *seconds, time.process_time()]))
"""


def run(cache):
    """Wall seconds of importing, of the first estimate and of the second one, and CPU seconds of all, of a new process."""
    environment = os.environ | {"NUMBA_CACHE_DIR": str(cache), "PYTHONPATH": str(HERE)}
    answer = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def bench_first_call(tmp_path):
    """Twenty blocks: the cache is empty, then it is full; the best of three."""
    rows = []
    for name, rounds in (("empty cache", 1), ("full cache", 3)):
        imports, first, second, cpu = min((run(tmp_path) for _ in range(rounds)), key=sum)
        rows.append((name, f"{imports:.2f}", f"{first:.2f}", f"{1000 * second:.1f}", f"{imports + first:.2f}", f"{cpu:.2f}"))
    heads = ("", "import, s", "first estimate, s", "second, ms", "import and first, s", "CPU s of the process")
    tabulate("first call, 20 blocks, wall seconds", heads, rows)

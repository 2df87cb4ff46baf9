"""Models of millions of blocks: whole runs of six variables, and one variable through the path of chunks.

`SCANDIA_SCALE="1 10"` chooses the millions of blocks of whole runs, `SCANDIA_CHUNKS="1 10 30 100"` those of the path of chunks.
Ten million blocks take tens of minutes, a hundred million about 40 GB of disk.
"""

import os
import shutil
from pathlib import Path

import chunk_path
import scale_deposit
from clock import say, tabulate

WHOLE = [int(number) for number in os.environ.get("SCANDIA_SCALE", "1").split()]
CHUNKED = [int(number) for number in os.environ.get("SCANDIA_CHUNKS", "1").split()]
PIT = os.environ.get("SCANDIA_SCALE_PIT", "") not in ("", "0")
PATH_HEADS = ("million blocks", "step", "wall s", "CPU s", "peak MB", "file MB")


def bench_whole_runs(tmp_path):
    """Raw tables to report of a deposit with six variables, two cores."""
    for millions in WHOLE:
        folder = tmp_path / f"{millions}"
        folder.mkdir()
        found = scale_deposit.run_deposit(folder, scale_deposit.make_deposit(folder, millions, economics=PIT))
        model = folder / "results" / "scale"
        jobs = sorted(found["jobs"].items(), key=lambda item: -item[1][0])
        tabulate(
            f"{millions} million blocks x 6 variables, raw tables to report, 2 cores: {found['wall']:,.0f} s wall, "
            f"{sum(job[1] for job in found['jobs'].values()):,.0f} CPU s, peak {found['together'] / 1e9:.2f} GB together, "
            f"{found['largest'] / 1e9:.2f} GB the largest job, results {scale_deposit.folder_bytes(model) / 1e9:.1f} GB",
            ("job", "wall s", "CPU s", "peak MB"),
            [(name, *(f"{number:,.0f}" for number in job)) for name, job in jobs[:14]],
        )
        say((model / "resource" / "conclusion.txt").read_text(encoding="utf-8").strip())
        shutil.rmtree(folder)


def bench_path_of_chunks(tmp_path):
    """One variable: blocks, estimate by chunks, merge, grade-tonnage and swaths; each step in a process of its own."""
    rows = []
    for millions in CHUNKED:
        folder = Path(tmp_path, f"chunks{millions}")
        rows += [(f"{millions}", *row) for row in chunk_path.run_path(folder, scale_deposit.COUNTS[millions])]
        shutil.rmtree(folder)
    tabulate("one variable through the path of chunks, two threads", PATH_HEADS, rows)

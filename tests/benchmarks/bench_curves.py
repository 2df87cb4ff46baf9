"""CPU time and peak memory against blocks, samples, neighbours and discretisation, each measured in a fresh process."""

import os
from contextlib import closing

import problem
from clock import tabulate
from worker import start_engine

LONG = os.environ.get("SCANDIA_BENCH_LONG", "") not in ("", "0")  # ten million blocks as well
BLOCKS = (10_000, 100_000, 1_000_000) + (10_000_000,) * LONG
HOLES = ((4, 2), (10, 8), (32, 25), (100, 80))  # of 125 samples: 1,000 to 1,000,000, 50 m apart
NEIGHBOURS = (8, 16, 24, 32, 48, 64)
DISCRETISATION = (1, 2, 3, 4, 6, 8)


def run(folder, job):
    """Cells of a row: blocks, samples of a block, CPU seconds, microseconds per block, peak memory and what it grew by."""
    with closing(start_engine(folder)) as worker:
        answer = worker.ask(job | {"rounds": 1 if job.get("cut", 0) > 1_000_000 else 2})
    cpu, blocks = answer["cpu"], answer["blocks"]
    grown = answer["memory"] - answer["before"]
    cells = (f"{blocks:,}", f"{answer['samples']:.1f}", f"{cpu:.3f}", f"{1e6 * cpu / blocks:.2f}", f"{answer['memory']:,.0f}")
    return (*cells, f"{grown:,.0f}")


def print_curve(folder, name, jobs):
    """Nothing; prints a table with a row for each of the jobs, named by what is varied."""
    heads = (name, "blocks", "samples a block", "CPU s", "us per block", "peak MB", "of it new")
    tabulate(f"against {name}, one thread", heads, [(label, *run(folder, job)) for label, job in jobs.items()])


def bench_blocks(tmp_path):
    """One volume of 30,000 samples cut ever finer; 4 x 4 x 4 points."""
    print_curve(tmp_path, "blocks", {f"{count:.0e}": {"cut": count} for count in BLOCKS})


def bench_samples(tmp_path):
    """Ever more holes of one spacing around 20,000 blocks."""
    jobs = {f"{125 * columns * rows:,}": {"grid": "20k", "drilled": (columns, rows)} for columns, rows in HOLES}
    print_curve(tmp_path, "samples", jobs)


def bench_neighbours(tmp_path):
    """Ever more samples of a block."""
    whole = {"ranges": problem.RADII, "min_samples": problem.FEWEST}
    jobs = {f"{most}": {"grid": "20k", "passes": [whole | {"max_samples": most}]} for most in NEIGHBOURS}
    print_curve(tmp_path, "neighbours", jobs)


def bench_discretisation(tmp_path):
    """Ever more points of a block."""
    print_curve(tmp_path, "discretisation", {f"{n}^3": {"grid": "20k", "points": (n, n, n)} for n in DISCRETISATION})

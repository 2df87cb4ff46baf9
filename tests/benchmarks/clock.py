"""What benchmarks measure and print: CPU and wall seconds, medians, plain tables."""

import time
from contextlib import contextmanager
from statistics import median
from types import SimpleNamespace


@contextmanager
def measured():
    """CPU and wall seconds of a block, in the attributes ``cpu`` and ``wall`` of what it yields."""
    result = SimpleNamespace(cpu=time.process_time(), wall=time.perf_counter())
    yield result
    result.cpu, result.wall = time.process_time() - result.cpu, time.perf_counter() - result.wall


def say(line=""):
    """Nothing; prints a line at once."""
    print(line, flush=True)  # noqa: T201


def tabulate(title, heads, rows):
    """Nothing; prints a plain table, its first column to the left, the others to the right."""
    rows = [[str(cell) for cell in row] for row in rows]
    width = [max(len(row[i]) for row in [list(heads), *rows]) for i in range(len(heads))]
    say(f"\n{title}")
    for row in [list(heads), ["-" * n for n in width], *rows]:
        say("  ".join(cell.ljust(n) if i == 0 else cell.rjust(n) for i, (cell, n) in enumerate(zip(row, width, strict=True))))


def spread(numbers, digits=2):
    """Median of the rounds, and their range in brackets."""
    numbers = list(numbers)
    return f"{median(numbers):,.{digits}f} [{min(numbers):,.{digits}f}-{max(numbers):,.{digits}f}]"

"""What jobs ask a scheduler for: memory and time from the model of the work (`scandia.workload`), more with every attempt.

Locally nothing is bounded by it, unless a run is given `--resources mem_mb=...`. A changed figure makes no rule run again.
"""

import os

from scandia.workload import Work, memory_of, minutes_of

# Where compiled code can lie neither beside the source nor at home, it lies where every node of a cluster sees it.
# The name is that of `scandia.compiled.SHARED`, which would load Numba at every parse.
os.environ.setdefault("SCANDIA_COMPILED", str(Path(".snakemake", "compiled").absolute()))


def size_of_work():
    """Size of the run, as the config and the raw files tell it."""
    tables = sum(Path(file).stat().st_size for file in [*raw_files(), *database_files()]) / 1e6
    if not MODEL:
        return Work(tables=tables)
    blocks = math.prod(MODEL["grid"]["count"])
    return Work(
        tables=tables,
        blocks=blocks,
        chunk=min(blocks, max(MODEL["chunks"]["blocks"], MODEL["grid"]["count"][0])),
        domains=len(MODEL["domains"]["domains"]),
        variables=len(VARIABLES),
        samples=max(one["max_samples"] for one in MODEL["estimation"]["search"]["passes"]),
    )


WORK = size_of_work()


def memory(rule):
    """MB for a job of a rule, as a function of its attempt."""
    return lambda wildcards, attempt: memory_of(rule, WORK, attempt)


def runtime(rule):
    """Minutes for a job of a rule, as a function of its attempt and its threads."""
    return lambda wildcards, attempt, threads: minutes_of(rule, WORK, attempt, threads)

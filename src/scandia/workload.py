"""What a job needs of memory and time, as far as the config and the size of the raw tables tell it."""

from dataclasses import dataclass

# Of every job on a cluster: Python, Snakemake (twice, in the job and in its step), libraries, the samples of a large database.
BASE_MEMORY, BASE_MINUTES = 1000, 5
# A rule that reads and writes a model slab by slab needs no more memory for a larger one than for one of so many values.
WINDOW = 8_000_000
# Measured figures are multiplied by these: memory is killed for a byte too many, and no two clusters are equally fast.
MEMORY_MARGIN, TIME_MARGIN = 1.5, 8.0


@dataclass(frozen=True)
class Work:
    """Size of a run: MB of raw tables; blocks of the grid and of a chunk; domains, variables, most samples of a search."""

    tables: float = 0.0
    blocks: int = 0
    chunk: int = 0
    domains: int = 1
    variables: int = 1
    samples: int = 24


@dataclass(frozen=True)
class Cost:
    """What a rule costs beyond the base of every job, as measured.

    Parameters
    ----------
    of : str
        What it grows with: the raw "tables"; the "grid", or one "chunk" of it, by its values, which are one more than variables
        (for volume, density and class) for each block in each domain; "cells", the blocks in the domains, whatever the variables;
        "slabs", in time the values of the grid, in memory no more than those of a `WINDOW`.
    memory : float
        Bytes for each of them, or for each byte of the raw tables.
    time : float
        Microseconds of one thread for each of them.
    base : int
        MB on top of the base of every job.
    minutes : int
        Minutes on top of the base of every job.
    searching : bool
        Whether the time grows with the search, by the square of its samples beyond 24, too.
    """

    of: str = "tables"
    memory: float = 20.0
    time: float = 1.0
    base: int = 0
    minutes: int = 0
    searching: bool = False


# From the benchmarks of tg, wolfpass and models of one and ten million blocks; rules that are not named cost what `Cost()` says.
COSTS = {
    "compile_kernels": Cost(base=1500),
    "study_variograms": Cost(time=20.0, minutes=15),
    "cross_validate": Cost(time=5.0, minutes=10),
    "plot_data": Cost(minutes=10),
    "try_seed": Cost("grid", 270.0, 20.0, minutes=20),
    "build_blocks": Cost("cells", 35.0, 15.0, base=700),
    "compute_truth": Cost("cells", 200.0, 300.0),
    "estimate_grades": Cost("chunk", 140.0, 3.0, searching=True),
    "merge_chunks": Cost("slabs", 110.0, 1.5),
    "list_weights": Cost("slabs", 80.0, 2.0),
    "study_neighbourhood": Cost("cells", 20.0, 6.0, minutes=10, searching=True),
    "study_case": Cost("cells", 20.0, 6.0, minutes=10, searching=True),
    "classify_blocks": Cost("slabs", 155.0, 2.0),
    "optimise_pit": Cost("cells", 70.0, 20.0, base=700),
    "assemble_blockmodel": Cost("slabs", 145.0, 1.5),
    "tabulate_tonnage": Cost("slabs", 160.0, 1.0),
    "state_resource": Cost("slabs", 150.0, 1.5),
    "validate_model": Cost("slabs", 145.0, 1.5),
    "compare_truth": Cost("grid", 160.0, 3.0),
    "compare_pits": Cost("grid", 270.0, 5.0),
    "compare_geology": Cost("grid", 100.0, 2.0),
    "plot_model": Cost("grid", 3.0, 3.0, base=1700, minutes=10),
    "export_format": Cost("slabs", 65.0, 6.0),
    "write_manifest": Cost("slabs", 145.0, 2.0),
    "reconcile_estimates": Cost("grid", 60.0, 1.0),
    "verify": Cost("slabs", 145.0, 2.0),
    "audit": Cost("grid", 300.0, 400.0, base=2000, minutes=60, searching=True),
    "compare": Cost("grid", 290.0, 4.0),
}


def memory_of(rule, work, attempt=1):
    """Memory of a job, MB, in whole hundreds: twice as much with every further attempt."""
    cost = COSTS.get(rule, Cost())
    amount = _amount(cost.of, work)
    amount = min(amount, WINDOW) if cost.of == "slabs" else amount
    megabytes = BASE_MEMORY + cost.base + MEMORY_MARGIN * cost.memory * amount / 1e6
    return 100 * round(megabytes / 100) * 2 ** (attempt - 1)


def minutes_of(rule, work, attempt=1, threads=1):
    """Time of a job, minutes, a whole number: twice as much with every further attempt."""
    cost = COSTS.get(rule, Cost())
    wide = max(work.samples / 24, 1.0) ** 2 if cost.searching else 1.0
    minutes = TIME_MARGIN * wide * cost.time * _amount(cost.of, work) / 60e6 / threads
    return (BASE_MINUTES + cost.minutes + round(minutes)) * 2 ** (attempt - 1)


def _amount(of, work):
    """Number of what a rule's memory and time grow with: bytes of tables, cells, or values of the grid or of a chunk."""
    if of == "tables":
        return work.tables * 1e6
    cells = (work.chunk if of == "chunk" else work.blocks) * work.domains
    return cells if of == "cells" else cells * (work.variables + 1)

"""What an estimation will take: memory by counting the arrays, time by a small probe."""

import time
from dataclasses import dataclass

import numpy as np

from scandia.kriging.estimation import estimate
from scandia.kriging.layout import PIECE, TILE, block_indices, centres_at, lay_out

PROBE = 512  # targets that are estimated to learn how long one takes
WORD = 8  # bytes
PER_VARIABLE, PER_TARGET = 3, 7 + 2  # columns of numbers: estimate and checks; diagnostics, and codes packed in two words
PER_SAMPLE = 12  # numbers of a sample and of its candidate in each thread


@dataclass(frozen=True)
class Forecast:
    """Targets, samples, expected seconds and bytes of an estimation."""

    targets: int
    samples: int
    seconds: float
    memory: int

    def sentence(self):
        """One line for the log."""
        return (
            f"{self.targets:,} targets from {self.samples:,} samples: about {self.seconds:,.1f} s and "
            f"{self.memory / 2**20:,.0f} MiB of working memory"
        )


def forecast(samples, values, targets, *, threads=1, **options):
    """`Forecast` of `scandia.kriging.estimate` with the same arguments.

    Parameters
    ----------
    samples, values, targets, threads, **options
        As in `scandia.kriging.estimate`. Options with a row for each target (orientations, inside, drift, domains) cannot be
        probed and must be left out.

    Notes
    -----
    The probe is up to 512 targets in runs of eight, spread evenly; what the set-up takes, which does not grow with the targets,
    is told apart by a single target. Memory is the arrays that grow with targets, samples and threads; the work
    itself is done in pieces of bounded size.
    """
    layout = lay_out(targets)
    variables = len(values) if hasattr(values, "keys") else 1
    seconds = 0.0
    if layout.count and len(samples):
        probe, size = _probe(layout)
        block = options.pop("block_size", None)
        took = []
        for targets_of_probe in (probe[:1], probe[:1], probe):  # the first one loads the kernels, the second tells the set-up
            begin = time.perf_counter()
            estimate(samples, values, targets_of_probe, block_size=size or block, **options)
            took.append(time.perf_counter() - begin)
        seconds = took[1] + max(took[2] - took[1], 0.0) * layout.count / len(probe) / threads
    passes = len(options["search"].passes)
    numbers = layout.count * (PER_VARIABLE * variables + PER_TARGET) + len(samples) * (PER_SAMPLE * threads + 4 * passes)
    numbers += min(PIECE, layout.count) * 6
    return Forecast(layout.count, len(samples), seconds, WORD * numbers)


def _probe(layout):
    """Centres ``(k, 3)`` of evenly spread targets, and the size of their blocks; None for points."""
    first = np.linspace(0, max(layout.count - TILE, 0), PROBE // TILE).astype(np.int64)
    chosen = np.unique(np.minimum(first[:, None] + np.arange(TILE), layout.count - 1))
    if layout.grid is None:
        return layout.points[chosen], None
    flat = chosen if layout.mask is None else np.flatnonzero(layout.mask)[chosen]
    return centres_at(layout.grid, *block_indices(layout.grid, flat)), layout.grid.size

"""What an estimation will take: memory by counting the arrays, time by a small probe."""

import time
from dataclasses import dataclass

import numpy as np

from scandia.kriging.columns import empty_columns, fill_columns
from scandia.kriging.layout import PIECE, TILE
from scandia.kriging.request import make_request, some_targets

PROBE = 512  # targets that are estimated to learn how long one takes
WORD = 8  # bytes
CODES = 4 * 2  # bytes of a target's codes
NUMBERS = 7  # columns of a target's diagnostics
PLACED = 6  # numbers of a target in the piece of work: its centre twice, order and tile
TURNED = 9  # numbers of a rotation
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
    """`Forecast` of `scandia.kriging.estimate` with the same arguments."""
    return forecast_request(make_request(samples, values, targets, **options), threads=threads)


def forecast_request(request, *, threads=1):
    """`Forecast` of a `Request`.

    Notes
    -----
    The probe is up to 512 targets in runs of eight, spread evenly; what the set-up takes, which does not grow with the targets,
    is told apart by a single target. Memory is what grows with targets, samples and threads: the results, which are written
    where they stay; what the request holds for each target (orientations, own points, drifts, domains); the samples; and the
    results and rotations of one piece of the work.
    """
    seconds, count = 0.0, request.layout.count
    if count and len(request.points):
        probe, took = _probe(request), []
        for number in (1, 1, None):  # the first one loads the kernels, the second tells the set-up
            some = some_targets(probe, np.arange(probe.layout.count)[:number])
            begin = time.perf_counter()
            fill_columns(some, empty_columns(some.names, some.layout.count, checks=some.checks))
            took.append(time.perf_counter() - begin)
        seconds = took[1] + max(took[2] - took[1], 0.0) * count / probe.layout.count / threads
    return Forecast(count, len(request.points), seconds, _memory(request, threads))


def _memory(request, threads):
    """Bytes of the arrays that an estimation holds."""
    layout, variables = request.layout, len(request.names)
    blocks = layout.count if layout.grid is None else int(np.prod(layout.grid.count))
    columns = variables * (3 if request.checks else 1) + NUMBERS
    results = WORD * columns + CODES
    samples = len(request.points) * (PER_SAMPLE * threads + 4 * len(request.search.passes)) * WORD
    points = 0 if request.inside is None else len(request.offsets)
    turned = 0 if request.orientations is None else TURNED
    piece = results + WORD * (PLACED + turned + (1 if request.own_blocks else 0)) + points
    several = request.of_targets is not None and request.of_targets.ndim > 0
    places = (1 + several) * layout.count * WORD + blocks if several or layout.mask is not None else 0  # where targets stand
    return blocks * results + _held(request) + samples + places + min(PIECE, layout.count) * piece


def _held(request):
    """Bytes of what the request holds for its targets."""
    inside = getattr(request.inside, "packed", request.inside)
    drifts = [at for _, at in (request.drift or {}).values()]
    return sum(
        np.asarray(item).nbytes for item in (inside, request.orientations, request.of_targets, *drifts) if item is not None
    )


def _probe(request):
    """The same request for evenly spread targets."""
    count = request.layout.count
    first = np.linspace(0, max(count - TILE, 0), PROBE // TILE).astype(np.int64)
    return some_targets(request, np.unique(np.minimum(first[:, None] + np.arange(TILE), count - 1)))

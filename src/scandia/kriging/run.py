"""The kernels over all targets: pieces of bounded size one after another, each shared out among threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np

from scandia.errors import InputError
from scandia.geometry.rotation import rotation_matrix
from scandia.kriging._covariance import Model
from scandia.kriging._eight import Plan, Results, Samples, Targets
from scandia.kriging._entries import choose_range, solve_range
from scandia.kriging._search import Buckets
from scandia.kriging.layout import TILE, Layout, pieces
from scandia.kriging.space import make_spaces
from scandia.vocabulary import Reason

TILES = 512  # tiles per share of a thread; the numbers do not depend on it
NOBODY = -1  # group of targets that leave out no sample
NUMBERS = ("variance", "lagrange", "nearest_distance", "mean_distance", "negative_weights")
CODES = ("samples", "holes", "pass", "reason")


@dataclass(frozen=True, eq=False)
class Work:
    """Everything the kernels need, and the properties of all targets of a request, which may be None."""

    layout: Layout  # the targets of this work
    origin: np.ndarray  # (3,) m; positions of samples are against it
    samples: Samples
    buckets: Buckets
    model: Model
    plan: Plan
    group: np.ndarray | None  # (m,)
    orientations: np.ndarray | None  # (m, 3) degrees
    drift: np.ndarray | None  # (m, external drifts)
    inside: object | None  # (m, points)
    chosen: np.ndarray | None  # (t,) which of the m targets the layout holds; None: all


def empty_results(count, variables, *, checks=True, own_blocks=False, weights=0):
    """Results in which no target has an estimate; ``weights`` is the number of samples whose weights are kept."""
    code = np.zeros((len(CODES), count), dtype=np.int16)
    code[CODES.index("reason")] = Reason.TOO_FEW_SAMPLES
    shown = count if weights else 0
    return Results(
        0,
        np.full((variables, count), np.nan),
        *(np.full((variables if checks else 0, count), np.nan) for _ in range(2)),
        np.full((len(NUMBERS), count), np.nan),
        code,
        np.full(count if own_blocks else 0, np.nan),
        np.full((shown, weights), -1, dtype=np.int64),
        np.full((shown, weights), np.nan),
        np.full((shown, weights), np.nan),
    )


def run(work, empty, keep, *, threads=1, progress=None):
    """Nothing; hands the results of one piece of the targets after another to ``keep``, the same bits for any ``threads``.

    ``empty(count)`` gives `Results` for a piece, ``keep(first, targets, results)`` takes them: the number of its first target,
    its `Targets` and what was found. Nothing here grows with the number of targets. ``progress(done, count)`` is called from time
    to time with the number of targets behind us.
    """
    if threads < 1:
        message = f"threads is {threads}; it must be at least 1"
        raise InputError(message)
    done, spaces = 0, SimpleQueue()
    for _ in range(threads):
        spaces.put(make_spaces(work, TILES * TILE))
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for first, centres, order, start in pieces(work.layout, work.buckets.frame[0]):
            targets, results = targets_of(work, first, centres), empty(len(centres))

            def estimate_share(begin, targets=targets, results=results, order=order, start=start):
                end = min(begin + TILES, len(start) - 1)
                space, chosen, eight, sets = mine = spaces.get()
                asked = (work.samples, work.buckets, targets, work.plan, results)
                found = choose_range(order, start, begin, end, *asked, space, chosen)
                solve_range(chosen, found, work.samples, targets, work.model, work.plan, results, eight, sets)
                spaces.put(mine)
                return int(start[end] - start[begin])

            shares = range(0, len(start) - 1, TILES)
            for count in map(estimate_share, shares) if threads == 1 else pool.map(estimate_share, shares):
                done += count
                if progress is not None:
                    progress(done, work.layout.count)
            keep(first, targets, results)


def targets_of(work, first, centres):
    """`Targets` of one piece; orientations become rotations here, so that only a piece's are held."""
    own = slice(first, first + len(centres))
    own = own if work.chosen is None else work.chosen[own]
    return Targets(
        np.ascontiguousarray(centres - work.origin),
        np.full(len(centres), NOBODY) if work.group is None else np.ascontiguousarray(work.group[own], dtype=np.int64),
        np.empty((0, 3, 3)) if work.orientations is None else rotation_matrix(*work.orientations[own].T),
        np.empty((len(centres), 0)) if work.drift is None else np.ascontiguousarray(work.drift[own]),
        np.empty((0, 0), dtype=bool) if work.inside is None else np.ascontiguousarray(work.inside[own], dtype=bool),
    )

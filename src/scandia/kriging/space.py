"""The kernels' working space: what one thread needs to estimate any number of targets, whatever their number."""

import numpy as np

from scandia.kriging._choose import MAX_PER_HOLE, MAX_PER_OCTANT, MAX_SAMPLES, OCTANTS, Choice
from scandia.kriging._eight import Chosen, Eight
from scandia.kriging._lanes import LANES
from scandia.kriging._search import Candidates
from scandia.kriging._tiles import Space, Tile
from scandia.kriging.layout import TILE


def make_space(samples, buckets):
    """`Space` for the choice among these samples by these searches; its size follows the samples, never the targets."""
    limits = buckets.limits
    size, of_hole, of_octant = (max(int(limits[:, column].max()), 1) for column in (MAX_SAMPLES, MAX_PER_HOLE, MAX_PER_OCTANT))
    holes = int(samples.hole.max()) + 1
    return Space(
        _candidates(len(samples.position) + 1),
        Choice(
            _integers(size + 1), _integers(holes), _integers(holes * of_hole), _integers(OCTANTS * of_octant), _integers(OCTANTS)
        ),
        Tile(_integers(TILE), np.zeros(3 * TILE), np.zeros(3), np.eye(3).ravel(), np.ones(len(limits))),
    )


def make_chosen(buckets, count):
    """`Chosen` with room for ``count`` targets."""
    size = int(buckets.limits[:, MAX_SAMPLES].max())
    return Chosen(_integers(count, size), _integers(count), _integers(count), _integers(count))


def make_eight(samples, buckets, model, plan, *, own_blocks):
    """`Eight` for systems of this size and model; ``own_blocks`` where blocks have points or axes of their own."""
    size, rows = int(buckets.limits[:, MAX_SAMPLES].max()), 3 + plan.axes.size + samples.drift.shape[1]
    return _eight(size, rows, model.kind.size, len(plan.offset), own_blocks)


def _integers(*shape):
    return np.zeros(shape, dtype=np.int64)


def _candidates(count):
    return Candidates(*(np.zeros(count) for _ in range(3)), *(_integers(count) for _ in range(6)))


def _eight(size, rows, structures, points, own_blocks):
    width = LANES * size
    return Eight(
        row=_integers(LANES),
        count=_integers(LANES),
        target=_integers(LANES),
        column=_integers(LANES),
        turn=_integers(LANES),
        delta=np.zeros(3 * width),
        along=np.zeros(3 * width),
        at=np.zeros(3 * width),
        mask=np.zeros(width),
        frame=np.zeros(9 * LANES * max(structures, 1)),
        axes=np.zeros(9 * LANES),
        offset=np.zeros(structures * 3 * LANES * points),
        share=np.zeros(LANES * points if own_blocks else 0),
        matrix=np.zeros(LANES * (size * (size + 1) // 2 + rows * size)),
        inverse=np.zeros(width),
        cross=np.zeros(width),
        weights=np.zeros(width),
        value=np.zeros(max(width, 3 * LANES)),
        normal=np.zeros(LANES * rows * rows),
        constraint=np.zeros(LANES * rows),
        multiplier=np.zeros(LANES * rows),
        out=np.zeros(LANES),
    )

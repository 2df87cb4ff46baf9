"""The kernels' working space: what one thread needs to estimate any number of targets, whatever their number."""

import numpy as np

from scandia.kriging._choose import MAX_PER_HOLE, MAX_PER_OCTANT, MAX_SAMPLES, OCTANTS, Choice
from scandia.kriging._eight import Chosen, Eight
from scandia.kriging._lanes import LANES
from scandia.kriging._search import Candidates
from scandia.kriging._sets import MOST, Sets
from scandia.kriging._tiles import Space, Tile
from scandia.kriging.layout import TILE

LINE = 64  # bytes of a cache line


def make_spaces(work, count):
    """`Space`, `Chosen`, `Eight` and `Sets` of one thread that estimates up to ``count`` targets at once, for a `Work`."""
    own_blocks = work.inside is not None or work.orientations is not None
    eight = make_eight(work.samples, work.buckets, work.model, work.plan, own_blocks=own_blocks)
    return make_space(work.samples, work.buckets), make_chosen(work.buckets, count), eight, make_sets(work.buckets, count)


def make_space(samples, buckets):
    """`Space` for the choice among these samples by these searches; its size follows the samples, never the targets."""
    size, of_hole, of_octant = (max(int(buckets.limits[:, at].max()), 1) for at in (MAX_SAMPLES, MAX_PER_HOLE, MAX_PER_OCTANT))
    holes, turns = int(samples.hole.max()) + 1, len(buckets.limits)
    best = _integers(max(of_hole, OCTANTS * of_octant))
    return Space(
        _candidates(len(samples.position) + of_hole + 1),
        Choice(_integers(size + 1), _integers(holes), best, _integers(1), _integers(holes + 1), _integers(holes + 2)),
        Tile(_integers(TILE), np.zeros(3 * TILE), np.zeros(3), np.zeros(3), _integers(1), np.eye(3).ravel(), np.ones(turns)),
    )


def make_chosen(buckets, count):
    """`Chosen` with room for ``count`` targets."""
    size = int(buckets.limits[:, MAX_SAMPLES].max())
    return Chosen(_integers(count, size), _integers(count), _integers(count), _integers(count))


def make_sets(buckets, count):
    """`Sets` of up to ``count`` targets."""
    bins = (int(buckets.limits[:, MAX_SAMPLES].max()) + 1) * (MOST + 1)
    return Sets(
        _integers(1 << count.bit_length()),
        *(_integers(count) for _ in range(3)),
        _integers(bins),
        *(_integers(count) for _ in range(3)),
    )


def make_eight(samples, buckets, model, plan, *, own_blocks):
    """`Eight` for systems of this size and model; ``own_blocks`` where blocks have points or axes of their own."""
    size, rows = int(buckets.limits[:, MAX_SAMPLES].max()), 3 + plan.axes.size + samples.drift.shape[1]
    return _eight(size, rows, model.kind.size, len(plan.offset), own_blocks)


def _integers(*shape):
    return np.zeros(shape, dtype=np.int64)


def _numbers(count):
    """Zeros ``(count,)`` at the edge of a cache line: eight numbers that cross one take twice as long."""
    room = np.zeros(count + LANES)
    first = -room.ctypes.data % LINE // room.itemsize
    return room[first : first + count]


def _candidates(count):
    return Candidates(*(np.zeros(count) for _ in range(3)), *(_integers(count) for _ in range(9)), np.zeros(count))


def _eight(size, rows, structures, points, own_blocks):
    width = LANES * size
    return Eight(
        own=_integers(LANES),
        row=_integers(LANES),
        count=_integers(LANES),
        target=_integers(LANES),
        column=_integers(LANES),
        turn=_integers(LANES),
        local=_numbers(3 * width),
        at=_numbers(3 * width * max(structures, 1)),
        first=_numbers(3 * LANES),
        delta=_numbers(3 * width),
        along=_numbers(3 * width),
        mask=_numbers(width),
        frame=_numbers(9 * LANES * max(structures, 1)),
        axes=_numbers(9 * LANES),
        offset=_numbers(structures * 3 * LANES * points),
        share=_numbers(LANES * points if own_blocks else 0),
        matrix=_numbers(LANES * (size * (size + 1) // 2 + rows * size)),
        inverse=_numbers(width),
        cross=_numbers(width),
        reduced=_numbers(width),
        weights=_numbers(width),
        value=_numbers(max(width, 3 * LANES)),
        normal=_numbers(LANES * rows * rows),
        constraint=_numbers(LANES * rows),
        multiplier=_numbers(LANES * rows),
        good=_numbers(LANES),
        out=_numbers(LANES),
    )

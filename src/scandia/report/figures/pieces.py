"""What pictures take of a model that is larger than memory: sums along its axes piece by piece, and every k-th block of it."""

from math import prod

import numpy as np
import xarray as xr

from scandia.blockmodel.dataset import BLOCKS, grid_of
from scandia.blockmodel.slabs import place_of, slabs

PIECE = 4_000_000  # blocks that are read at once, and the most whose distribution is drawn; a smaller model is one piece


def pieces(blocks, names):
    """Generator of these variables of a model in windows of at most `PIECE` blocks, in flat order and in memory."""
    if step_of(blocks) == 1:
        yield blocks[list(dict.fromkeys(names))].load()
    else:
        yield from slabs(blocks, names, blocks=PIECE)


def across_rows(blocks, names, function):
    """Arrays ``(..., z, y)`` that ``function`` makes of the rows of blocks along x, a list: it takes a window."""
    return _gathered(blocks, names, function, slice(0, 2))


def down_columns(blocks, names, function):
    """Sums ``(..., y, x)`` over z, a list: ``function`` takes a window and gives arrays that are summed over its own layers."""
    return _gathered(blocks, names, function, slice(1, 3))


def _gathered(blocks, names, function, kept):
    """Arrays of the whole model, a list: what ``function`` makes of each window, over these of z, y, x, added up."""
    whole = None
    for window in pieces(blocks, names):
        made = function(window)
        if step_of(blocks) == 1:
            return made
        if whole is None:
            whole = [np.zeros((*one.shape[:-2], *grid_of(blocks).shape[kept]), one.dtype) for one in made]
        place = (..., *place_of(window, blocks)[1:][kept])
        for one, values in zip(whole, made, strict=True):
            one[place] += values
    return whole


def step_of(blocks):
    """Every which block along x, y and z is drawn in distributions: 1 of a model that is one piece."""
    count, step = [blocks.sizes[name] for name in BLOCKS], 1
    while prod(-(-number // step) for number in count) > PIECE:
        step += 1
    return step


def step_words(blocks, what):
    """Sentence on what is drawn of every k-th block only, with a blank before it; empty where all blocks are."""
    step = step_of(blocks)
    return (
        ""
        if step == 1
        else f" {what} of every {step}. block along x, y and z ({prod(blocks.sizes[name] for name in BLOCKS):,} blocks)."
    )


def thinned(blocks, names):
    """Dataset, in memory, of these variables of every `step_of` block along each axis, from the first block of the grid on."""
    step = step_of(blocks)
    if step == 1:
        return blocks
    arrays = {}
    for window in pieces(blocks, names):
        place, ends = place_of(window, blocks)[1:], {}
        for name, run in zip(BLOCKS, place, strict=True):
            ends[name] = slice(-run.start % step, None, step)
        target = {name: slice(-(-run.start // step), -(-run.stop // step)) for name, run in zip(BLOCKS, place, strict=True)}
        for name, array in window.isel(ends).data_vars.items():
            if name not in arrays:
                shape = [-(-blocks.sizes[one] // step) if one in BLOCKS else blocks.sizes[one] for one in array.dims]
                arrays[name] = xr.Variable(array.dims, np.empty(shape, array.dtype), array.attrs)
            arrays[name].values[tuple(target.get(one, slice(None)) for one in array.dims)] = array.values
    return xr.Dataset(arrays, {name: blocks[name] for name in blocks.coords if not set(BLOCKS) & set(blocks[name].dims)})

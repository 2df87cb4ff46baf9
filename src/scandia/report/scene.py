"""The data of the 3-D view: blocks, holes, composites and pit in few bytes, in mine-grid metres about the middle."""

import base64

import matplotlib
import numpy as np
from matplotlib.colors import to_hex

from scandia.blockmodel.dataset import BLOCKS, grid_of
from scandia.report.figures.marks import local_stations, segments
from scandia.report.figures.pieces import PIECE, pieces, step_of
from scandia.report.style import CLASS_COLOURS, CLASS_LABELS, GRADE_COLOURS, domain_colours, grade_limits
from scandia.vocabulary import CLASS, DOMAIN, FRACTION, FROM, HOLE, LOCAL, PIT, TO, TONNAGE

MOST_BLOCKS = 40_000  # drawn; a larger model is drawn in blocks of 2 x 2 x 2, 3 x 3 x 3 and so on
MOST_LINES = 20_000  # composites; of more, every second, third and so on is drawn
LEAST = 0.25  # share of a block in the domains from which it is drawn
LEVELS = 65_534  # steps between the lowest and the highest grade; 65,535 is missing


def scene(blocks, stations, composites, variables, *, labels, place):
    """Plain mapping for `templates/scene.js`: arrays as base64 of little-endian numbers, positions relative to ``centre``.

    Parameters
    ----------
    blocks : Dataset
        With dims (z, y, x), ``fraction`` by domain, ``tonnage``, ``class``, the variables and, where there is one, ``pit``.
    stations, composites : DataFrame
    variables : dict of str to (str, str)
        Estimated variable to its label and unit, the leading one first.
    labels : dict of str to str
        Domain to its name in print.
    place : float
        Mine-grid y of the section that is shown first, m.
    """
    grid = grid_of(blocks)
    count, size, fields, factor = shown_blocks(blocks, list(variables))
    middle = np.asarray(grid.origin) + 0.5 * np.asarray(grid.size) * np.asarray(grid.count)
    ends, kept = _composite_ends(composites, stations, grid.mine_grid)
    angle = np.deg2rad(grid.mine_grid.azimuth)
    grades = [_grade(words, fields[name], kept[name].to_numpy(dtype=float)) for name, words in variables.items()]
    return {
        "grid": {"count": list(count), "size": list(size), "origin": (np.asarray(grid.origin) - middle).tolist()},
        "factor": factor,
        "centre": middle.tolist(),
        "radius": float(0.5 * np.linalg.norm(np.asarray(size) * count)),
        "azimuth": grid.mine_grid.azimuth,
        "north": [-float(np.sin(angle)), float(np.cos(angle))],
        "section": {"place": float(place - middle[1]), "half": 1.5 * size[1]},
        "ramp": [to_hex(matplotlib.colormaps[GRADE_COLOURS](share)) for share in np.linspace(0, 1, 9)],
        "variables": [grade for grade, _ in grades],
        "classes": _legend(CLASS_LABELS, CLASS_COLOURS, fields[CLASS]),
        "domains": _domains(blocks, labels, fields[DOMAIN]),
        "blocks": {
            "cells": packed(fields["cell"], "<u4"),
            "classes": packed(fields[CLASS], "u1"),
            "domains": packed(fields[DOMAIN], "u1"),
        },
        "holes": _holes(stations, grid.mine_grid, middle),
        "composites": {"ends": packed(ends - middle, "<f4"), "values": [values for _, values in grades]},
        "pit": packed(np.packbits(fields[PIT], bitorder="little"), "u1") if PIT in fields else None,
    }


def shown_blocks(blocks, variables):
    """Count and size along x, y, z of the drawn grid, its fields, and how many blocks of the model one of it is along each axis.

    ``cell`` is the flat number (x fastest) of each drawn block, and the variables, class and domain number (place in ``domain``)
    stand beside it; ``pit`` is of all blocks. A drawn block has the mean of its blocks weighted by tonnage, and the class and
    domain with most of its tonnes.
    """
    grid = grid_of(blocks)
    factor = _first_factor(blocks)
    while True:
        fields = _coarse(blocks, variables, factor)
        if fields["cell"].size <= MOST_BLOCKS:
            count = tuple(-(-number // factor) for number in grid.count)
            return count, tuple(factor * length for length in grid.size), fields, factor
        factor += 1


def packed(values, kind):
    """Base64 of an array's little-endian bytes."""
    return base64.b64encode(np.ascontiguousarray(values, dtype=kind).tobytes()).decode()


def _first_factor(blocks):
    """Factor from which on the model is coarsened: 1, or of one of many pieces as many as its filled blocks want at least."""
    if step_of(blocks) == 1:
        return 1
    filled = sum(float(window[FRACTION].sum()) for window in pieces(blocks, [FRACTION]))
    return max(1, int((filled / MOST_BLOCKS) ** (1 / 3)))


def _coarse(blocks, variables, factor):
    """Fields of the drawn blocks of the whole model, from runs of layers that are cut where drawn blocks are."""
    columns, rows, layers = grid_of(blocks).count
    run = factor * max(1, PIECE // (columns * rows * factor))
    wanted = blocks[[name for name in (FRACTION, TONNAGE, CLASS, PIT, *variables) if name in blocks]]
    found, before = [], 0
    for first in range(0, layers, run):
        fields = _coarse_layers(wanted.isel(z=slice(first, first + run)).load(), variables, factor)
        fields["cell"] = fields["cell"] + before
        before += -(-min(run, layers - first) // factor) * -(-rows // factor) * -(-columns // factor)
        found.append(fields)
    return {name: np.concatenate([fields[name] for fields in found]) for name in found[0]}


def _coarse_layers(blocks, variables, factor):
    fraction = blocks[FRACTION].transpose(DOMAIN, *BLOCKS).fillna(0.0).to_numpy()
    tonnage = blocks[TONNAGE].transpose(*BLOCKS).fillna(0.0).to_numpy()
    total = _added(fraction.sum(axis=0), factor) / factor**3
    grades = {}
    for name in variables:
        values = blocks[name].transpose(*BLOCKS).to_numpy()
        weight = np.where(np.isfinite(values), tonnage, 0.0)
        metal, tonnes = _added(np.where(weight > 0, weight * values, 0.0), factor), _added(weight, factor)
        grades[name] = np.divide(metal, tonnes, out=np.full(metal.shape, np.nan), where=tonnes > 0)
    drawn = (total >= LEAST) & np.any([np.isfinite(values) for values in grades.values()], axis=0)
    classes = blocks[CLASS].transpose(*BLOCKS).to_numpy()
    by_class = np.stack([_added(np.where(classes == code, tonnage, 0.0), factor) for code in CLASS_LABELS])
    by_domain = np.stack([_added(share, factor) for share in fraction])
    fields = {name: values[drawn] for name, values in grades.items()}
    fields |= {"cell": np.flatnonzero(drawn), CLASS: by_class.argmax(axis=0)[drawn], DOMAIN: by_domain.argmax(axis=0)[drawn]}
    if PIT in blocks:
        inside = _added(blocks[PIT].transpose(*BLOCKS).to_numpy() > 0, factor)
        fields[PIT] = (2 * inside >= _added(np.ones(grid_of(blocks).shape), factor)).ravel()
    return fields


def _added(values, factor):
    """Sums over cubes of ``factor`` blocks, the last ones filled up with nothing."""
    padded = np.pad(np.asarray(values, dtype=float), [(0, -length % factor) for length in values.shape])
    z, y, x = (length // factor for length in padded.shape)
    return padded.reshape(z, factor, y, factor, x, factor).sum(axis=(1, 3, 5))


def _grade(words, blocks, composites):
    """Mapping of a variable with its packed block values, and the packed values of the composites, on one scale."""
    known = np.concatenate([values[np.isfinite(values)] for values in (blocks, composites)])
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    high = high if high > low else low + 1.0
    label, unit = words
    head = {"label": label, "unit": unit, "low": low, "high": high, "limits": list(grade_limits(blocks))}
    return head | {"blocks": _levels(blocks, low, high)}, _levels(composites, low, high)


def _levels(values, low, high):
    share = np.where(np.isfinite(values), (values - low) / (high - low) * LEVELS, LEVELS + 1)
    return packed(np.rint(share), "<u2")


def _legend(names, colours, used):
    present = set(np.unique(used).tolist())
    return [{"label": names[code], "colour": colours[code], "used": int(code) in present} for code in sorted(names)]


def _domains(blocks, labels, used):
    names = [str(name) for name in blocks[DOMAIN].values]
    colours = domain_colours(names, labels)
    present = set(np.unique(used).tolist())
    return [
        {"label": labels.get(name, name), "colour": colours[name], "used": number in present} for number, name in enumerate(names)
    ]


def _holes(stations, mine_grid, middle):
    names, starts, points = [], [], []
    for hole, trace in local_stations(stations, mine_grid).groupby(HOLE, sort=True):
        names.append(str(hole))
        starts.append(sum(map(len, points)))
        points.append(trace[list(LOCAL)].to_numpy(dtype=float) - middle)
    return {"names": names, "starts": starts, "points": packed(np.concatenate([*points, np.empty((0, 3))]), "<f4")}


def _composite_ends(composites, stations, mine_grid):
    """Local end points ``(n, 2, 3)`` of the drawn composites, and these composites."""
    step = max(1, -(-len(composites) // MOST_LINES))
    kept = composites.iloc[::step]
    if {FROM, TO} <= set(kept):
        return segments(kept, stations, mine_grid), kept
    middles = kept[list(LOCAL)].to_numpy(dtype=float)
    metre = np.array([0.0, 0.0, 1.0])
    return np.stack([middles - metre, middles + metre], axis=1), kept

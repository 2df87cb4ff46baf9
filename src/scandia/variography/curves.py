"""The curves that a fit is held against: lags with enough pairs, and the directions their pairs run along."""

import numpy as np

from scandia.variography.leastsquares import Curve
from scandia.variography.settings import AXES, DOWNHOLE
from scandia.vocabulary import HOLE, LOCAL


def curves_of(experimental, known, axes, minimum_pairs):
    """Curves of the directions that have a lag with enough pairs, in the order of the table."""
    curves = []
    for name in (DOWNHOLE, *AXES):
        rows = experimental[(experimental["direction"] == name) & (experimental["pairs"] >= minimum_pairs)].sort_values("lag")
        if rows.empty:
            continue
        directions, shares = _hole_directions(known, axes) if name == DOWNHOLE else (np.eye(3)[[AXES.index(name)]], np.ones(1))
        arrays = (rows[column].to_numpy(dtype=float) for column in ("distance", "gamma", "pairs", "hole_pairs"))
        curves.append(Curve(name, *arrays, directions, shares))
    return curves


def _hole_directions(known, axes):
    """Directions ``(d, 3)`` of the holes in the frame of the axes and the shares of the composites that lie along them."""
    vectors, counts = [], []
    for _, hole in known.groupby(HOLE, sort=True):
        ends = hole[list(LOCAL)].to_numpy(dtype=float)[[0, -1]]
        if len(hole) > 1 and np.any(ends[0] != ends[1]):
            vectors.append(axes @ (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0]))
            counts.append(len(hole))
    return np.array(vectors), np.array(counts) / np.sum(counts)

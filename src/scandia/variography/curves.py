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
    """Directions ``(d, 3)`` of the holes, whose composites stand together, in the frame of the axes, and shares of composites."""
    places, labels = known[list(LOCAL)].to_numpy(dtype=float), known[HOLE].to_numpy()
    first = np.flatnonzero(np.r_[True, labels[1:] != labels[:-1]]) if len(labels) else np.empty(0, dtype=int)
    last = np.r_[first[1:], len(labels)] - 1
    vectors, counts = places[last] - places[first], last - first + 1
    moved = np.any(vectors != 0.0, axis=1)
    vectors, counts = vectors[moved] @ np.asarray(axes).T, counts[moved]
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), counts / np.sum(counts)

"""What the compiled kernels need: checked samples in canonical order, the model as flat arrays, and buckets for each pass."""

import numpy as np
from scipy.spatial import cKDTree

from scandia.errors import InputError
from scandia.geometry.anisotropy import isotropic_frame
from scandia.kriging._blocks import COINCIDENT, Samples
from scandia.kriging._covariance import KINDS, Model
from scandia.kriging._search import MOST_SAMPLES, SHIFT, Buckets
from scandia.variography.covariance import block_covariance

EDGES = (0.5, 0.35, 0.25, 0.175, 0.125)  # of a cell, as shares of the search radius
CROWD = 4.0  # samples per occupied cell that are few enough
MOST_CELLS = 4_000_000  # per pass: the buckets never outgrow about 32 MB


def checked_points(points, name):
    """Points as floats ``(n, 3)``, or an InputError that says what is wrong with them."""
    points = np.asarray(points, dtype=float)
    if points.ndim != 2 or points.shape[1] != 3:
        message = f"{name} have shape {points.shape}; they must be (n, 3): x, y, z in metres. Hint: 2-D data take one constant z"
        raise InputError(message)
    bad = np.flatnonzero(~np.isfinite(points).all(axis=1))
    if bad.size:
        first = f"{bad.size} of {len(points)} have a missing coordinate, first number {bad[0]}: {points[bad[0]]}"
        message = f"{name}: {first}. Hint: leave such rows out before"
        raise InputError(message)
    return points


def checked_values(values, count):
    """Values ``(n, variables)`` and their names; an array alone is named ``value``."""
    named = dict(values) if hasattr(values, "keys") else {"value": values}
    if not named:
        message = "values is an empty dict; it must name at least one variable"
        raise InputError(message)
    for name, column in named.items():
        named[name] = column = np.asarray(column, dtype=float)
        if column.shape != (count,):
            message = f"values of '{name}' have shape {column.shape}; there are {count} samples, so it must be ({count},)"
            raise InputError(message)
        bad = np.flatnonzero(~np.isfinite(column))
        if bad.size:
            message = (
                f"'{name}': {bad.size} of {count} values are missing or not finite, first sample number {bad[0]}. "
                "Hint: leave such samples out before; variables with different gaps need their own call"
            )
            raise InputError(message)
    return np.column_stack(list(named.values())), tuple(named)


def require_distinct(points):
    """Nothing; raises an InputError that lists the first pairs of samples at one place."""
    if len(points) < 2:
        return
    distance, other = cKDTree(points).query(points, k=2, distance_upper_bound=COINCIDENT)
    partner = np.where(other[:, 0] == np.arange(len(points)), other[:, 1], other[:, 0])
    twins = np.flatnonzero(np.isfinite(distance[:, 1]) & (partner > np.arange(len(points))))
    if twins.size:
        pairs = "; ".join(f"{i} and {partner[i]} at {tuple(float(c) for c in points[i])}" for i in twins[:3])
        message = (
            f"{twins.size} pairs of samples lie at one place (nearer than {COINCIDENT} m), which makes the system singular: "
            f"{pairs}. Hint: keep or average one of each pair before"
        )
        raise InputError(message)


def canonical_order(points, holes):
    """Order ``(n,)`` of the samples by hole, then x, y, z; and the hole numbers ``(n,)`` in that order."""
    if holes is None:
        codes = np.zeros(len(points), dtype=np.int64)
    else:
        names = np.asarray(holes).astype(str)
        if names.shape != (len(points),):
            message = f"holes have shape {names.shape}; there are {len(points)} samples, so it must be ({len(points)},)"
            raise InputError(message)
        codes = np.unique(names, return_inverse=True)[1].astype(np.int64)
    order = np.lexsort((points[:, 2], points[:, 1], points[:, 0], codes))
    return order, codes[order]


def arrange_samples(position, hole, group, value, model):
    """Sample arrays of the kernels, from arrays in canonical order and positions against the common origin."""
    scaled = np.einsum("sij,nj->sni", model.frame, position)
    arrays = (position, hole, group, value, scaled)
    return Samples(*(np.ascontiguousarray(array) for array in arrays))


def arrange_model(variogram, offsets, method, mean):
    """Model for the kernels; a single discretisation point means point support, with the nugget in the block's variance."""
    if not variogram.sill > 0:
        message = f"the variogram's sill is {variogram.sill}; it must be above 0 for kriging weights to exist"
        raise InputError(message)
    structures = variogram.structures
    frame = np.array([isotropic_frame(s.azimuth, s.dip, s.rake, s.ranges) for s in structures]).reshape(-1, 3, 3)
    return Model(
        nugget=float(variogram.nugget),
        sill=float(variogram.sill),
        kind=np.array([KINDS[s.kind] for s in structures], dtype=np.int64),
        contribution=np.array([s.contribution for s in structures], dtype=float),
        frame=frame,
        offset=np.ascontiguousarray(np.einsum("sij,pj->spi", frame, offsets)),
        block=float(variogram.sill) if len(offsets) == 1 else block_covariance(variogram, offsets),
        simple=method == "simple",
        mean=np.asarray(mean, dtype=float),
    )


def arrange_buckets(search, position):
    """Buckets of every pass of a search over positions ``(n, 3)``."""
    if len(position) > MOST_SAMPLES:
        message = f"{len(position)} samples are more than the {MOST_SAMPLES} that the search can number"
        raise InputError(message)
    frames = [isotropic_frame(search.azimuth, search.dip, search.rake, item.ranges) for item in search.passes]
    cells = [_bucket_one_pass(position @ frame.T) for frame in frames]
    stencils = [_stencil(cell["edge"]) for cell in cells]
    limits = [(item.min_samples, item.max_samples, item.max_per_hole, item.min_holes) for item in search.passes]
    return Buckets(
        frame=np.array(frames),
        limits=np.array(limits, dtype=np.int64),
        edge=np.array([cell["edge"] for cell in cells]),
        lower=np.array([cell["lower"] for cell in cells]),
        count=np.array([cell["count"] for cell in cells], dtype=np.int64),
        first=_firsts([len(cell["start"]) for cell in cells])[:-1],
        start=np.concatenate([cell["start"] for cell in cells]),
        member=np.array([cell["member"] for cell in cells], dtype=np.int64),
        place=np.array([cell["place"] for cell in cells]),
        stencil=np.concatenate([stencil[0] for stencil in stencils]),
        bound=np.concatenate([stencil[1] for stencil in stencils]),
        stencil_first=_firsts([len(stencil[0]) for stencil in stencils]),
    )


def _firsts(lengths):
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def _bucket_one_pass(place):
    lower = place.min(axis=0)
    for edge in EDGES:
        edge = max(edge, _smallest_edge(np.ptp(place, axis=0)))
        cell = np.floor((place - lower) / edge).astype(np.int64)
        count = cell.max(axis=0) + 1
        number = (cell[:, 2] * count[1] + cell[:, 1]) * count[0] + cell[:, 0]
        if len(place) / len(np.unique(number)) <= CROWD:
            break
    member = np.argsort(number, kind="stable")
    start = np.searchsorted(number[member], np.arange(np.prod(count) + 1))
    return {"edge": edge, "lower": lower, "count": count, "start": start, "member": member, "place": place[member]}


def _smallest_edge(extent):
    """Smallest edge that keeps the number of cells below `MOST_CELLS`."""
    edge = EDGES[-1]
    while np.prod(np.floor(extent / edge) + 1.0) > MOST_CELLS:
        edge *= 1.25
    return edge


def _stencil(edge):
    """Cells around a cell ``(steps, 3)``, nearest first, and the smallest rounded distance ``(steps,)`` of their samples."""
    reach = int(np.ceil(1.0 / edge)) + 1
    axis = np.arange(-reach, reach + 1)
    steps = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1).reshape(-1, 3)
    gap = np.maximum(np.abs(steps) - 1, 0)
    square = np.sum(gap * gap, axis=1) * edge * edge
    inside = np.flatnonzero(square <= 1.0 + 1e-6)
    order = inside[np.lexsort((np.sum(steps[inside] ** 2, axis=1), square[inside]))]
    # one step less, because cell and distance are each rounded
    return steps[order], (square[order].view(np.int64) >> SHIFT) - 1

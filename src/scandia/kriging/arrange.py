"""What the compiled kernels need beside the samples: model, plan of the estimation and buckets of each pass, as flat arrays."""

import math

import numpy as np
from scipy.special import gamma

from scandia.errors import InputError
from scandia.geometry.anisotropy import isotropic_frame
from scandia.geometry.rotation import rotation_matrix
from scandia.kriging import _covariance as codes
from scandia.kriging._covariance import Model
from scandia.kriging._search import MOST_SAMPLES, Buckets
from scandia.variography.covariance import block_covariance, block_gamma, matern_scale

KINDS = {
    "spherical": codes.SPHERICAL,
    "exponential": codes.EXPONENTIAL,
    "gaussian": codes.GAUSSIAN,
    "cubic": codes.CUBIC,
    "matern": codes.MATERN,
    "power": codes.POWER,
    "linear": codes.POWER,
}
LIMITS = ("min_samples", "max_samples", "max_per_hole", "min_holes", "max_per_octant", "min_octants")
NEAREST = (1, 1, 0, 1, 0, 0)  # limits of a search for the nearest sample alone
EDGES = (0.5, 0.35, 0.25, 0.175, 0.125, 0.0875, 0.0625)  # of a cell, as shares of the search radius
CROWD = 16.0  # samples per occupied cell that are few enough: a row of cells costs as much as testing a few samples
MOST_CELLS = 4_000_000  # per pass: the buckets never outgrow about 32 MB
NODES, STEP = 160, 0.2  # of the trapezoidal rule for Bessel's function: its error is about exp(-pi^2 / STEP)


def arrange_model(variogram, diameter):
    """Model for the kernels.

    Parameters
    ----------
    variogram : Variogram
        Nugget and structures.
    diameter : float
        Largest distance between two samples of one system, m: an unbounded structure gets a covariance ``level - gamma`` with
        ``1 + 1 / (2 - exponent)`` times its semivariance there as level, which keeps systems positive definite (twice is enough
        for the linear one, none is for exponent 2). The level drops out of every result, because the weights sum to one; but one
        far above all semivariances would cost their digits.
    """
    structures = variogram.structures
    tables = [_table(structure) for structure in structures]
    width = max([table.shape[1] for _, table in tables], default=0)
    parameter = np.array([(_first_parameter(s), _second_parameter(s, diameter)) for s in structures]).reshape(-1, 2)
    level = [1.0 if kind != codes.POWER else parameter[s, 1] for s, (kind, _) in enumerate(tables)]
    sill = variogram.nugget + sum(s.contribution * share for s, share in zip(structures, level, strict=True))
    if not 0.0 < sill < math.inf:
        message = f"the variogram's sill is {sill}; it must be above 0 and finite for kriging weights to exist"
        raise InputError(message)
    return Model(
        nugget=float(variogram.nugget),
        sill=float(sill),
        kind=np.array([kind for kind, _ in tables], dtype=np.int64),
        contribution=np.array([s.contribution for s in structures], dtype=float),
        parameter=parameter,
        table=np.array([np.pad(table, ((0, 0), (width - table.shape[1], 0))) for _, table in tables]).reshape(
            len(structures), 2, width
        ),
        frame=np.array([isotropic_frame(s.azimuth, s.dip, s.rake, s.ranges) for s in structures]).reshape(-1, 3, 3),
    )


def _first_parameter(structure):
    if structure.kind == "matern":
        return structure.smoothness
    return structure.exponent if structure.kind == "power" else 1.0


def _second_parameter(structure, diameter):
    if structure.kind == "matern":
        return matern_scale(structure.smoothness)
    if structure.kind in ("power", "linear"):
        exponent = _first_parameter(structure)
        return (1.0 + 1.0 / (2.0 - exponent)) * (diameter / min(structure.ranges)) ** exponent
    return 0.0


def _table(structure):
    """Code of a structure's shape, and the two rows of numbers that its kernel needs."""
    code = KINDS[structure.kind]
    if code != codes.MATERN:
        return code, np.zeros((2, 0))
    smoothness = structure.smoothness
    order = smoothness - 0.5
    if order == int(order):
        order = int(order)
        share = math.factorial(order) / math.factorial(2 * order)
        terms = [
            share * math.factorial(order + i) / math.factorial(i) / math.factorial(order - i) * 2.0 ** (order - i)
            for i in range(order + 1)
        ]
        return codes.HALF_INTEGER_MATERN, np.array([terms, terms])
    nodes = STEP * np.arange(NODES)
    weights = STEP * np.cosh(smoothness * nodes) * 2.0 ** (1.0 - smoothness) / gamma(smoothness)
    weights[0] *= 0.5
    return code, np.array([np.cosh(nodes), weights])


def block_covariance_of(variogram, offsets):
    """Mean covariance within a block; the sill for point support; NaN where the variogram has no sill."""
    if not variogram.bounded:
        return math.nan
    return float(variogram.sill) if len(offsets) == 1 else block_covariance(variogram, offsets)


def block_level(variogram, model, offsets):
    """What stands for the mean covariance within a block where the variogram has no sill: the level less the block's gamma."""
    return model.sill if len(offsets) == 1 else model.sill - model.nugget - block_gamma(variogram, offsets)


def pass_axes(search):
    """Rotations ``(passes, 3, 3)`` and radii ``(passes, 3)``, m, of the passes of a search."""
    return np.array([rotation_matrix(*search.angles(item)) for item in search.passes]), np.array(
        [item.ranges for item in search.passes]
    )


def arrange_buckets(search, position, *, turning):
    """Buckets of every pass over positions ``(n, 3)``; where ellipsoids are ``turning``, in a ball of their major radius."""
    if len(position) > MOST_SAMPLES:
        message = f"{len(position)} samples are more than the {MOST_SAMPLES} that the search can number"
        raise InputError(message)
    axes, radii = pass_axes(search)
    shapes = np.eye(3) / radii[:, :, None] if turning else axes / radii[:, :, None]
    frames = np.eye(3) / radii.max(axis=1)[:, None, None] if turning else shapes
    cells = [_bucket_one_pass(frame @ position.T) for frame in frames]
    return Buckets(
        frame=frames,
        limits=np.array([*([getattr(item, name) for name in LIMITS] for item in search.passes), NEAREST], dtype=np.int64),
        alike=np.array([_order_alike(shape, shapes[-1]) for shape in shapes], dtype=np.int64),
        edge=np.array([cell["edge"] for cell in cells]),
        lower=np.array([cell["lower"] for cell in cells]),
        count=np.array([cell["count"] for cell in cells], dtype=np.int64),
        first=np.concatenate([[0], np.cumsum([len(cell["start"]) for cell in cells])]).astype(np.int64)[:-1],
        start=np.concatenate([cell["start"] for cell in cells]),
        member=np.array([cell["member"] for cell in cells], dtype=np.int64),
        place=np.array([cell["place"] for cell in cells]),
    )


def _order_alike(frame, last):
    """Whether two ellipsoids are of one shape and the second is not smaller, so that they order samples alike."""
    one, other = frame.T @ frame, last.T @ last
    share = np.trace(other) / np.trace(one)
    return bool(share <= 1.0 + 1e-12 and np.allclose(other, share * one, rtol=0.0, atol=1e-12 * np.trace(other)))


def _bucket_one_pass(place):
    """Cells of one pass over positions ``(3, n)`` in its frame: the coarsest that are not crowded."""
    lower, extent = place.min(axis=1), np.ptp(place, axis=1)
    for edge in EDGES:
        edge = max(edge, _smallest_edge(extent))
        cell = [((at - low) / edge).astype(np.int64) for at, low in zip(place, lower, strict=True)]  # not negative: cut is floor
        count = np.array([along.max() + 1 for along in cell])
        number = (cell[2] * count[1] + cell[1]) * count[0] + cell[0]
        held = np.bincount(number, minlength=np.prod(count))
        if place.shape[1] <= CROWD * np.count_nonzero(held):
            break
    member = np.argsort(number, kind="stable")
    start = np.concatenate([[0], np.cumsum(held)])
    return {"edge": edge, "lower": lower, "count": count, "start": start, "member": member, "place": place[:, member]}


def _smallest_edge(extent):
    """Smallest edge that keeps the number of cells below `MOST_CELLS`."""
    edge = EDGES[-1]
    while np.prod(np.floor(extent / edge) + 1.0) > MOST_CELLS:
        edge *= 1.25
    return edge

"""The work as the kernels take it: plan, samples in canonical order, buckets, model and the targets' own properties."""

import numpy as np

from scandia.errors import InputError
from scandia.geometry.rotation import rotation_matrix
from scandia.kriging import prepare
from scandia.kriging._choose import MAX_PER_HOLE
from scandia.kriging._eight import Plan, Samples
from scandia.kriging.arrange import arrange_buckets, arrange_model, block_covariance_of, block_level, pass_axes
from scandia.kriging.options import UNKRIGED
from scandia.kriging.run import Work
from scandia.variography.model import Variogram

NOTHING = Variogram(nugget=1.0, structures=())  # of methods that solve no system


def make_plan(search, variogram, offsets, names, points, settings):
    """`Plan` of the estimation for the kernels."""
    method, mean, high = settings["method"], settings["mean"], settings["high_grade"] or {}
    axis, radii = pass_axes(search)
    kriged = method not in UNKRIGED
    varies = np.flatnonzero(np.ptp(points, axis=0) > 0.0) if len(points) else np.zeros(0, dtype=np.int64)
    return Plan(
        offset=np.ascontiguousarray(offsets),
        block=block_covariance_of(variogram, offsets) if kriged else np.nan,
        kriged=kriged,
        unbiased=method != "simple",
        axes=varies.astype(np.int64) if method == "linear_drift" else np.zeros(0, dtype=np.int64),
        mean=np.array([0.0 if mean is None else mean[name] if hasattr(mean, "keys") else mean for name in names], dtype=float),
        only_positive=settings["negative_weights"] == "zero_and_rescale",
        exponent=float(settings["power"]),
        ranges=np.array([s.ranges for s in variogram.structures] if kriged else [], dtype=float).reshape(-1, 3),
        radii=radii.astype(float),
        axis=axis,
        high=np.array([high[name].ranges if name in high else (np.inf,) * 3 for name in names], dtype=float),
    )


def arrange_work(layout, points, table, codes, names, plan, options, settings, stays, groups=(None, None)):
    """`Work` for the kernels: samples in canonical order against one origin, buckets, model and the targets' own properties.

    ``groups`` are numbers of samples and targets: a target leaves out the samples of its own group.
    """
    order = prepare.canonical_order(points, codes)
    origin = points.min(axis=0)
    position = np.ascontiguousarray(points[order] - origin)
    high, drift = settings["high_grade"] or {}, options["drift"] or {}
    value = np.ascontiguousarray(table[order])
    clamp = [name for name in names if name in high and high[name].action == "clamp"]
    drop = [name for name in names if name in high and high[name].action == "drop"]
    ceiling = np.array([high[name].threshold if name in clamp else np.inf for name in names])
    columns = [np.asarray(at_samples, dtype=float)[stays][order] for at_samples, _ in drift.values()]
    own = np.full(len(points), -2) if groups[0] is None else groups[0][order]
    samples = Samples(
        position,
        codes[order],
        own.astype(np.int64),
        value,
        np.minimum(value, ceiling) if clamp else np.empty((0, 0)),
        value[:, 0] > high[drop[0]].threshold if drop else np.zeros(0, dtype=bool),
        np.column_stack(columns) if columns else np.empty((len(points), 0)),
    )
    turning = options["orientations"] is not None
    diameter = min(2.0 * plan.radii.max(), float(np.linalg.norm(np.ptp(points, axis=0))) or 1.0)
    model = arrange_model(settings["variogram"] if plan.kriged else NOTHING, diameter)
    if plan.kriged and not settings["variogram"].bounded:
        plan = plan._replace(block=block_level(settings["variogram"], model, plan.offset))
    inside = options["inside"]
    return Work(
        layout,
        origin,
        samples,
        _without_idle_limits(arrange_buckets(settings["search"], position, turning=turning), codes),
        model,
        plan,
        None if groups[1] is None else groups[1].astype(np.int64),
        rotations(options["orientations"]) if turning else None,
        np.column_stack([np.asarray(at, dtype=float) for _, at in drift.values()]) if drift else None,
        None if inside is None else np.asarray(inside, dtype=bool),
    )


def _without_idle_limits(buckets, codes):
    """Buckets in which a pass that allows a hole all its samples has no limit per hole: working space follows the limits."""
    limits = buckets.limits
    limits[limits[:, MAX_PER_HOLE] >= np.bincount(codes).max(), MAX_PER_HOLE] = 0
    return buckets


def rotations(orientations):
    """Rotation matrices ``(m, 3, 3)`` of azimuths, dips and rakes ``(m, 3)``, degrees."""
    angles = np.asarray(orientations, dtype=float)
    if not np.isfinite(angles).all():
        message = "orientations have missing angles. Hint: give every target an azimuth, a dip and a rake"
        raise InputError(message)
    return rotation_matrix(*angles.T)

"""The work as the kernels take it: plan, samples in canonical order, buckets, model and the targets' own properties."""

import numpy as np

from scandia.kriging._choose import MAX_PER_HOLE
from scandia.kriging._eight import COINCIDENT, Plan, Samples
from scandia.kriging.arrange import arrange_buckets, arrange_model, block_covariance_of, block_level, pass_axes
from scandia.kriging.neighbourhood import layout_of
from scandia.kriging.run import Work
from scandia.variography.model import Variogram

NOTHING = Variogram(nugget=1.0, structures=())  # of methods that solve no system


def make_plan(request, points):
    """`Plan` of the estimation from samples at ``points`` ``(k, 3)`` for the kernels."""
    search, variogram, method, mean, names = request.search, request.variogram, request.method, request.mean, request.names
    high, kriged, offsets = request.high_grade or {}, request.kriged, request.offsets
    axis, radii = pass_axes(search)
    extent = np.ptp(points, axis=0) if len(points) else np.zeros(3)
    varies = np.flatnonzero(extent > COINCIDENT)  # less is rounding of a turned plane
    return Plan(
        offset=np.ascontiguousarray(offsets),
        block=block_covariance_of(variogram, offsets) if kriged else np.nan,
        kriged=kriged,
        unbiased=method != "simple",
        axes=varies.astype(np.int64) if method == "linear_drift" else np.zeros(0, dtype=np.int64),
        spread=float(min(radii.max(), np.linalg.norm(extent))) or 1.0,
        mean=np.array([0.0 if mean is None else mean[name] if hasattr(mean, "keys") else mean for name in names], dtype=float),
        only_positive=request.negative_weights == "zero_and_rescale",
        exponent=float(request.power),
        ranges=np.array([s.ranges for s in variogram.structures] if kriged else [], dtype=float).reshape(-1, 3),
        radii=radii.astype(float),
        axis=axis,
        high=np.array([high[name].ranges if name in high else (np.inf,) * 3 for name in names], dtype=float),
    )


def arrange_work(request, part, plan):
    """`Work` for the kernels on one `Neighbourhood`: samples against one origin, buckets, model and the targets' properties."""
    points, codes, names = request.points[part.rows], part.codes, request.names
    origin = points.min(axis=0)
    position = np.ascontiguousarray(points - origin)
    high, drift = request.high_grade or {}, request.drift or {}
    value = np.ascontiguousarray(part.values)
    clamp = [name for name in names if name in high and high[name].action == "clamp"]
    drop = [name for name in names if name in high and high[name].action == "drop"]
    ceiling = np.array([high[name].threshold if name in clamp else np.inf for name in names])
    drifts = [np.asarray(at_samples, dtype=float)[part.rows] for at_samples, _ in drift.values()]
    spreads = np.array([np.ptp(column) or 1.0 for column in drifts])
    own = np.full(len(points), -2) if request.left_out is None else request.left_out[0][part.rows]
    samples = Samples(
        position,
        codes,
        own.astype(np.int64),
        value,
        np.minimum(value, ceiling) if clamp else np.empty((0, 0)),
        value[:, 0] > high[drop[0]].threshold if drop else np.zeros(0, dtype=bool),
        np.column_stack(drifts) / spreads if drifts else np.empty((len(points), 0)),
    )
    turning = request.orientations is not None
    diameter = min(2.0 * plan.radii.max(), float(np.linalg.norm(np.ptp(points, axis=0))) or 1.0)
    model = arrange_model(request.variogram if plan.kriged else NOTHING, diameter)
    if plan.kriged and not request.variogram.bounded:
        plan = plan._replace(block=block_level(request.variogram, model, plan.offset))
    return Work(
        layout_of(request, part),
        origin,
        samples,
        _without_idle_limits(arrange_buckets(request.search, position, turning=turning), codes),
        model,
        plan,
        None if request.left_out is None else request.left_out[1],
        np.asarray(request.orientations, dtype=float) if turning else None,
        np.column_stack([np.asarray(at, dtype=float) for _, at in drift.values()]) / spreads if drift else None,
        request.inside,
        part.targets,
    )


def _without_idle_limits(buckets, codes):
    """Buckets in which a pass that allows a hole all its samples has no limit per hole: working space follows the limits."""
    limits = buckets.limits.copy()
    limits[limits[:, MAX_PER_HOLE] >= np.bincount(codes).max(), MAX_PER_HOLE] = 0
    return buckets._replace(limits=limits)

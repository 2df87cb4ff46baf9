"""Checks of what is asked of the engine: every combination that cannot be is refused in words."""

import numpy as np

from scandia.errors import InputError
from scandia.geometry.discretisation import regular_offsets
from scandia.kriging import prepare
from scandia.kriging._eight import COINCIDENT
from scandia.vocabulary import DIAGNOSTICS, METHODS

UNKRIGED = ("inverse_distance", "nearest")
NEGATIVE = ("keep", "zero_and_rescale")
MOST_POWER = 16.0  # of the inverse distance: beyond it weights leave the range of numbers, and all is the nearest neighbour


def check_numbers(request):
    """Nothing; raises an InputError that names a number which is none, or not one that can be used."""
    search, mean, names = request.search, request.mean, request.names
    structures = () if request.variogram is None else request.variogram.structures
    shapes = [(f"structure {k}", (s.azimuth, s.dip, s.rake)) for k, s in enumerate(structures, start=1)]
    shapes += [(f"pass {k}", search.angles(item)) for k, item in enumerate(search.passes, start=1)]
    shapes += [
        (f"the restriction of '{name}'", (item.threshold, *item.ranges)) for name, item in (request.high_grade or {}).items()
    ]
    if hasattr(mean, "keys"):
        missing = [name for name in names if name not in mean]
        if missing:
            message = f"mean names {sorted(mean)}, but not the variable '{missing[0]}'"
            raise InputError(message)
        shapes += [("mean", [mean[name] for name in names])]
    elif mean is not None:
        shapes += [("mean", [mean])]
    for owner, numbers in shapes:
        if not np.isfinite(np.asarray(numbers, dtype=float)).all():
            message = f"{owner} has {tuple(map(float, numbers))}; its numbers must be finite"
            raise InputError(message)
    distance = request.duplicate_distance
    if not COINCIDENT <= distance <= prepare.FARTHEST:
        message = f"duplicate_distance is {distance}; it must be at least {COINCIDENT:g} m, below which samples are at one place"
        raise InputError(message)
    radii = [radius for item in search.passes for radius in item.ranges]
    if not all(COINCIDENT <= radius <= prepare.FARTHEST for radius in radii):
        message = f"the search has the radii {radii}; each must be from {COINCIDENT:g} to {prepare.FARTHEST:g} m"
        raise InputError(message)
    if not 0.0 < request.power <= MOST_POWER:
        message = f"power is {request.power}; it must be above 0 and at most {MOST_POWER:g}"
        raise InputError(message)


def check_request(request):
    """Nothing; raises an InputError that names what cannot be of a `scandia.kriging.request.Request`."""
    search, method, drift, mean = request.search, request.method, request.drift, request.mean
    variogram, high, names = request.variogram, request.high_grade or {}, request.names
    limited = any(item.max_per_hole > 0 or item.min_holes > 1 for item in search.passes)
    taken = [name for name in names if name in DIAGNOSTICS]
    unknown = [name for name in high if name not in names]
    faults = [
        (taken, f"a variable is named {taken[:1]}, the name of a diagnostic. Hint: rename it"),
        (method not in METHODS, f"method is {method!r}; it must be one of {tuple(METHODS)}"),
        (
            (method == "simple") != (mean is not None),
            f"method is {method!r} and mean is {mean}; simple kriging needs the known mean, the other methods take none",
        ),
        (
            (method == "external_drift") != (drift is not None),
            f"method is {method!r} and drift is {'not ' * (drift is None)}given; external drift needs it, no other method does",
        ),
        (variogram is None and method not in UNKRIGED, f"method is {method!r}, but there is no variogram"),
        (
            method == "simple" and variogram is not None and not variogram.bounded,
            "simple kriging needs a covariance, but the variogram has an unbounded structure. Hint: use ordinary kriging",
        ),
        (not search.passes, "the search has no pass; it must have at least one"),
        (
            request.holes is None and limited,
            "the search limits samples per hole or asks for several holes, but holes is None. Hint: give each sample's hole",
        ),
        (
            request.negative_weights not in NEGATIVE,
            f"negative_weights is {request.negative_weights!r}; it must be one of {NEGATIVE}",
        ),
        (
            request.negative_weights != "keep" and method in ("simple", "linear_drift", "external_drift"),
            f"negative weights cannot be rescaled with method {method!r}: their sum is not all that they must keep",
        ),
        (
            request.duplicates not in ("error", "merge"),
            f"duplicates is {request.duplicates!r}; it must be 'error' or 'merge'",
        ),
        (unknown, f"high_grade names {unknown}, which are not among the variables {names}"),
        (
            len(names) > 1 and any(item.action == "drop" for item in high.values()),
            "a variable whose high grades are dropped has weights of its own. Hint: estimate it in a call of its own, or clamp",
        ),
    ]
    for wrong, message in faults:
        if wrong:
            raise InputError(message)
    check_numbers(request)
    _check_shapes(request)


def block_offsets(grid, discretisation, block_size):
    """Discretisation points ``(points, 3)`` of the blocks of a Grid, or of blocks of ``block_size`` around points, m."""
    if any(int(number) != number or number < 1 for number in discretisation):
        message = f"discretisation is {discretisation}; it must be three whole numbers of 1 or more"
        raise InputError(message)
    if grid is None and block_size is None and tuple(discretisation) != (1, 1, 1):
        message = f"discretisation is {discretisation} but points have no size. Hint: give block_size, or a Grid as targets"
        raise InputError(message)
    size = grid.size if grid is not None else (0.0, 0.0, 0.0) if block_size is None else tuple(block_size)
    if not all(0.0 <= length < np.inf for length in size):
        message = f"block_size is {size}; it must be three lengths, m"
        raise InputError(message)
    return regular_offsets(size, discretisation)


def _check_shapes(request):
    targets, count = request.layout.count, len(request.points)
    points = len(request.offsets)
    for name, shape in {"orientations": (targets, 3), "inside": (targets, points)}.items():
        given = getattr(request, name)
        if given is not None and np.shape(given) != shape:
            message = f"{name} has shape {np.shape(given)}; it must be {shape}: one row for each target"
            raise InputError(message)
    if request.orientations is not None and not np.isfinite(np.asarray(request.orientations, dtype=float)).all():
        message = "orientations have missing angles. Hint: give every target an azimuth, a dip and a rake"
        raise InputError(message)
    for name, (at_samples, at_targets) in (request.drift or {}).items():
        for column, length, owners in ((at_samples, count, "samples"), (at_targets, targets, "targets")):
            column = prepare.checked_column(column, length, f"drift '{name}' of the {owners}", owners)
            if not np.isfinite(column).all():
                message = f"drift '{name}' of the {owners} has missing values, first number {int(np.argmin(np.isfinite(column)))}"
                raise InputError(message)

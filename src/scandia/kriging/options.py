"""Checks of what is asked of the engine: every combination that cannot be is refused in words."""

import numpy as np

from scandia.errors import InputError
from scandia.geometry.discretisation import regular_offsets
from scandia.kriging import prepare
from scandia.kriging._eight import COINCIDENT
from scandia.vocabulary import DIAGNOSTICS

METHODS = ("ordinary", "simple", "linear_drift", "external_drift", "inverse_distance", "nearest")
UNKRIGED = ("inverse_distance", "nearest")
NEGATIVE = ("keep", "zero_and_rescale")
MOST_POWER = 16.0  # of the inverse distance: beyond it weights leave the range of numbers, and all is the nearest neighbour


def options_of_one(
    name,
    holes,
    *,
    search,
    variogram,
    method,
    mean,
    high_grade,
    negative_weights,
    orientations=None,
    discretisation=(1, 1, 1),
    threads=1,
):
    """Options and settings, as `check_options` takes them, of work on one variable whose duplicates are an error."""
    options = {"holes": holes, "orientations": orientations, "inside": None, "drift": None}
    settings = {"search": search, "variogram": variogram, "method": method, "mean": mean, "threads": threads}
    settings |= {"discretisation": discretisation, "negative_weights": negative_weights, "duplicates": "error", "power": 2.0}
    return options, settings | {"high_grade": None if high_grade is None else {name: high_grade}}


def check_numbers(names, settings):
    """Nothing; raises an InputError that names a number which is none, or not one that can be used."""
    search, variogram, mean = settings["search"], settings["variogram"], settings["mean"]
    structures = () if variogram is None else variogram.structures
    shapes = [(f"structure {k}", (s.azimuth, s.dip, s.rake)) for k, s in enumerate(structures, start=1)]
    shapes += [(f"pass {k}", search.angles(item)) for k, item in enumerate(search.passes, start=1)]
    shapes += [
        (f"the restriction of '{name}'", (item.threshold, *item.ranges)) for name, item in (settings["high_grade"] or {}).items()
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
    distance = settings.get("duplicate_distance", COINCIDENT)
    if not COINCIDENT <= distance <= prepare.FARTHEST:
        message = f"duplicate_distance is {distance}; it must be at least {COINCIDENT:g} m, below which samples are at one place"
        raise InputError(message)
    radii = [radius for item in search.passes for radius in item.ranges]
    if not all(COINCIDENT <= radius <= prepare.FARTHEST for radius in radii):
        message = f"the search has the radii {radii}; each must be from {COINCIDENT:g} to {prepare.FARTHEST:g} m"
        raise InputError(message)
    if not 0.0 < settings["power"] <= MOST_POWER:
        message = f"power is {settings['power']}; it must be above 0 and at most {MOST_POWER:g}"
        raise InputError(message)


def check_options(names, count, targets, options, settings):
    """Nothing; raises an InputError that names what cannot be."""
    search, method, drift, mean = settings["search"], settings["method"], options["drift"], settings["mean"]
    variogram, high = settings["variogram"], settings["high_grade"] or {}
    limited = any(item.max_per_hole > 0 or item.min_holes > 1 for item in search.passes)
    taken = [name for name in names if name in DIAGNOSTICS]
    unknown = [name for name in high if name not in names]
    faults = [
        (taken, f"a variable is named {taken[:1]}, the name of a diagnostic. Hint: rename it"),
        (method not in METHODS, f"method is {method!r}; it must be one of {METHODS}"),
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
            options["holes"] is None and limited,
            "the search limits samples per hole or asks for several holes, but holes is None. Hint: give each sample's hole",
        ),
        (
            settings["negative_weights"] not in NEGATIVE,
            f"negative_weights is {settings['negative_weights']!r}; it must be one of {NEGATIVE}",
        ),
        (
            settings["negative_weights"] != "keep" and method in ("simple", "linear_drift", "external_drift"),
            f"negative weights cannot be rescaled with method {method!r}: their sum is not all that they must keep",
        ),
        (
            settings["duplicates"] not in ("error", "merge"),
            f"duplicates is {settings['duplicates']!r}; it must be 'error' or 'merge'",
        ),
        (unknown, f"high_grade names {unknown}, which are not among the variables {names}"),
        (
            len(names) > 1 and any(item.action == "drop" for item in high.values()),
            "a variable whose high grades are dropped has weights of its own. Hint: estimate it in a call of its own, or clamp",
        ),
        (settings["threads"] < 1, f"threads is {settings['threads']}; it must be at least 1"),
    ]
    for wrong, message in faults:
        if wrong:
            raise InputError(message)
    check_numbers(names, settings)
    _check_shapes(count, targets, options, settings)


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


def _check_shapes(count, targets, options, settings):
    points = int(np.prod(settings["discretisation"]))
    shapes = {"orientations": (targets, 3), "inside": (targets, points)}
    for name, shape in shapes.items():
        given = options[name]
        if given is not None and np.shape(given) != shape:
            message = f"{name} has shape {np.shape(given)}; it must be {shape}: one row for each target"
            raise InputError(message)
    for name, (at_samples, at_targets) in (options["drift"] or {}).items():
        for column, length, owners in ((at_samples, count, "samples"), (at_targets, targets, "targets")):
            column = prepare.checked_column(column, length, f"drift '{name}' of the {owners}", owners)
            if not np.isfinite(column).all():
                message = f"drift '{name}' of the {owners} has missing values, first number {int(np.argmin(np.isfinite(column)))}"
                raise InputError(message)

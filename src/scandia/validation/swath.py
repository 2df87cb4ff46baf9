"""Swaths: means of the model and of the composites in slices along the mine-grid axes and any other direction."""

from math import fsum

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import grid_of
from scandia.blockmodel.slabs import slabs
from scandia.exact import exact_sums, merge, merged, ratio
from scandia.geometry.minegrid import local_azimuth
from scandia.validation.means import (
    ALL,
    ESTIMATORS,
    domain_volumes,
    estimate_names,
    estimated_mask,
    pooled_weights,
    products,
    weighted_mean,
)

AXES = ("x", "y", "z")
COLUMNS = ["domain", "variable", "axis", "slice", "centre", *ESTIMATORS, "declustered", "tonnage", "parts", "composites"]


def swaths(composites, parts, variables, settings):
    """One row per estimated domain (and all), variable, axis and slice that holds parts or composites.

    Parameters
    ----------
    composites : DataFrame
        Declustered composites: domain, length, weight, x, y, z and the variables.
    parts : Dataset
        Estimated block parts.
    variables : sequence of str
        Estimated analytes.
    settings : Validation
        ``swaths``: slice widths along x, y, z, m; ``directions``: further directions by name.

    Returns
    -------
    DataFrame
        domain, variable, axis (x, y, z or the name of a direction), slice (integer), centre (m along it), estimate,
        nearest, inverse_distance (volume-weighted over the same parts), declustered (composites by declustering weight x length),
        tonnage (t), parts and composites (numbers).

    Notes
    -----
    Slices are centred on multiples of the width, so that with fences every 50 m and a width of 50 m the slice of Section 450N
    runs from 425 to 475. Blocks and composites belong to the slice of their centre. In "all", each domain's composites weigh as
    much as its estimated volume, as in the global bias. Along a direction the coordinate is ``u . (x, y, z)`` in the mine grid,
    with u the unit vector of its azimuth and dip.
    """
    rows, axes = [], swath_axes(settings, grid_of(parts).mine_grid)
    for variable in variables:
        found = _gather(parts, variable, axes)
        volumes = domain_volumes({name: merged(by_axis[AXES[0]].values()) for name, by_axis in found.items()})
        weighted = pooled_weights(composites, variable, volumes)
        for domain in [*volumes, ALL]:
            samples = weighted if domain == ALL else weighted[weighted["domain"] == domain]
            for axis, (vector, width) in axes.items():
                inside = [own[axis] for own in found.values()] if domain == ALL else [found[domain][axis]]
                for row in _slices(inside, samples, variable, vector, width):
                    rows.append({"domain": domain, "variable": variable, "axis": axis, **row})
    return pd.DataFrame(rows, columns=COLUMNS)


def swath_axes(settings, mine_grid):
    """Name of each axis of swaths to its unit vector in the mine grid, array (3,), and the width of its slices, m; dict."""
    axes = {name: (np.eye(3)[k], width) for k, (name, width) in enumerate(zip(AXES, settings.swaths, strict=True))}
    for name, direction in settings.directions.items():
        azimuth, dip = np.radians([local_azimuth(mine_grid, direction.azimuth), direction.dip])
        vector = np.array([np.sin(azimuth) * np.cos(dip), np.cos(azimuth) * np.cos(dip), np.sin(dip)])
        axes[name] = (vector, direction.width)
    return axes


def swath_departures(table, least):
    """Mean difference of the slices from their declustered composites, a share of the mean, by domain, variable and axis.

    Parameters
    ----------
    table : DataFrame
        From `swaths`.
    least : int
        Slices with fewer composites say nothing and are left out.

    Returns
    -------
    DataFrame
        domain, variable, axis, slices (that count), departure: ``sum(t |estimate - declustered|) / sum(t estimate)`` over them,
        with t their tonnage; NaN where none counts.
    """
    rows = []
    for (domain, variable, axis), every in table.groupby(["domain", "variable", "axis"], sort=False):
        known = every[(every["composites"] >= least) & (every["tonnage"] > 0) & every["declustered"].notna()]
        mass = fsum(known["tonnage"] * known["estimate"])
        apart = fsum(known["tonnage"] * (known["estimate"] - known["declustered"]).abs())
        rows.append((domain, variable, axis, len(known), apart / mass if mass > 0 else float("nan")))
    return pd.DataFrame(rows, columns=["domain", "variable", "axis", "slices", "departure"])


def slice_numbers(coordinates, width):
    """Integer slice of each coordinate: slice i is centred on i x width and holds its lower face, not its upper."""
    # rounded, so that a centre on a face falls to the same side whatever the last bit of its coordinate
    return np.floor(np.round(np.asarray(coordinates, dtype=float) / width + 0.5, 9)).astype(int)


def _gather(parts, variable, axes):
    """Domain to axis to slice to the sums of its estimated parts, dicts."""
    found = {str(name): {axis: {} for axis in axes} for name in parts["domain"].values}
    for slab in slabs(parts, ["fraction", "tonnage", *estimate_names(parts, variable)]):
        mask = estimated_mask(slab, variable)
        for place, by_axis in enumerate(found.values()):
            where = mask[place]
            if not where.any():
                continue
            values = {name: slab[name].values[place][where] for name in ("fraction", "tonnage")}
            grades = {name: slab[variable + suffix].values[place][where] for name, suffix in ESTIMATORS.items()}
            values |= {name: products(grade, values["fraction"]) for name, grade in grades.items()}
            places = zip(("z", "y", "x"), np.nonzero(where), strict=True)
            centres = {axis: slab[axis].values[number] for axis, number in places}
            for axis, (vector, width) in axes.items():
                for number, sums in _sums(values, slice_numbers(_along(centres, vector), width)):
                    merge(by_axis[axis].setdefault(number, {}), sums)
    return found


def _sums(values, numbers):
    """Slice and the sums of its parts in a slab, a generator."""
    first = numbers.min()
    counts = np.bincount(numbers - first)
    sums = {name: exact_sums(array, numbers - first, len(counts)) for name, array in values.items()}
    for place in np.flatnonzero(counts).tolist():
        own = {name: several[place] for name, several in sums.items()}
        yield int(first) + place, {"parts": int(counts[place]), "volume": own.pop("fraction"), **own}


def _along(columns, vector):
    """Coordinate of each place along a unit vector, m; that of an axis of the mine grid exactly."""
    if np.count_nonzero(vector) == 1 and vector.sum() == 1.0:
        return np.asarray(columns[AXES[int(np.argmax(vector))]], dtype=float)
    return sum(np.asarray(columns[axis], dtype=float) * share for axis, share in zip(AXES, vector, strict=True))


def _slices(inside, samples, variable, vector, width):
    """Rows of the slices along one axis, of blocks (a list of dicts of slice to sums) and composites."""
    drilled = dict(iter(samples.groupby(slice_numbers(_along(samples, vector), width))))
    for number in sorted({*drilled, *(slice_number for own in inside for slice_number in own)}):
        block = merged(own[number] for own in inside if number in own)
        sample = drilled.get(number, samples.iloc[:0])
        yield {
            "slice": int(number),
            "centre": int(number) * width,
            **{name: ratio(block, name, "volume") for name in ESTIMATORS},
            "declustered": weighted_mean(sample[variable], sample["pooled"]),
            "tonnage": float(block.get("tonnage", 0.0)),
            "parts": block.get("parts", 0),
            "composites": len(sample),
        }

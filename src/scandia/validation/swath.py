"""Swaths: means of the model and of the composites in slices along the mine-grid axes and any other direction."""

from math import fsum

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import grid_of
from scandia.geometry.minegrid import local_azimuth
from scandia.validation.means import ALL, ESTIMATORS, domain_volumes, estimated_mask, pooled_weights, weighted_mean

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
        mask = estimated_mask(parts, variable)
        blocks = _blocks(parts, mask, variable)
        volumes = domain_volumes(parts, mask)
        weighted = pooled_weights(composites, variable, volumes)
        for domain in [*volumes, ALL]:
            inside = blocks if domain == ALL else blocks[blocks["domain"] == domain]
            samples = weighted if domain == ALL else weighted[weighted["domain"] == domain]
            for axis, (vector, width) in axes.items():
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


def _blocks(parts, mask, variable):
    domain, *places = np.nonzero(mask)
    table = {"domain": parts["domain"].values[domain].astype(str)}
    table |= {axis: parts[axis].values[place] for axis, place in zip(("z", "y", "x"), places, strict=True)}
    table |= {name: parts[variable + suffix].values[mask] for name, suffix in ESTIMATORS.items()}
    return pd.DataFrame(table | {name: parts[name].values[mask] for name in ("fraction", "tonnage")})


def _along(frame, vector):
    """Coordinate of each row along a unit vector, m; that of an axis of the mine grid exactly."""
    if np.count_nonzero(vector) == 1 and vector.sum() == 1.0:
        return frame[AXES[int(np.argmax(vector))]].to_numpy(dtype=float)
    return frame[list(AXES)].to_numpy(dtype=float) @ vector


def _slices(blocks, samples, variable, vector, width):
    block_slices, sample_slices = (slice_numbers(_along(frame, vector), width) for frame in (blocks, samples))
    by_block, by_sample = blocks.groupby(block_slices), samples.groupby(sample_slices)
    empty_block, empty_sample = blocks.iloc[:0], samples.iloc[:0]
    inside, drilled = dict(iter(by_block)), dict(iter(by_sample))
    for number in sorted({*inside, *drilled}):
        block, sample = inside.get(number, empty_block), drilled.get(number, empty_sample)
        yield {
            "slice": int(number),
            "centre": number * width,
            **{name: weighted_mean(block[name], block["fraction"]) for name in ESTIMATORS},
            "declustered": weighted_mean(sample[variable], sample["pooled"]),
            "tonnage": fsum(block["tonnage"]),
            "parts": len(block),
            "composites": len(sample),
        }

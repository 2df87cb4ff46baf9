"""Swaths: means of the model and of the composites in slices along the mine-grid axes."""

from math import fsum

import numpy as np
import pandas as pd

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
        ``swaths``: slice widths along x, y, z, m.

    Returns
    -------
    DataFrame
        domain, variable, axis, slice (integer), centre (m), estimate, nearest, inverse_distance (volume-weighted over the same
        parts), declustered (composites by declustering weight x length), tonnage (t), parts and composites (numbers).

    Notes
    -----
    Slices are centred on multiples of the width, so that with fences every 50 m and a width of 50 m the slice of Section 450N
    runs from 425 to 475. Blocks and composites belong to the slice of their centre. In "all", each domain's composites weigh as
    much as its estimated volume, as in the global bias.
    """
    rows = []
    for variable in variables:
        mask = estimated_mask(parts, variable)
        blocks = _blocks(parts, mask, variable)
        volumes = domain_volumes(parts, mask)
        weighted = pooled_weights(composites, variable, volumes)
        for domain in [*volumes, ALL]:
            inside = blocks if domain == ALL else blocks[blocks["domain"] == domain]
            samples = weighted if domain == ALL else weighted[weighted["domain"] == domain]
            for axis, width in zip(AXES, settings.swaths, strict=True):
                for row in _slices(inside, samples, variable, axis, width):
                    rows.append({"domain": domain, "variable": variable, "axis": axis, **row})
    return pd.DataFrame(rows, columns=COLUMNS)


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


def _slices(blocks, samples, variable, axis, width):
    block_slices, sample_slices = slice_numbers(blocks[axis], width), slice_numbers(samples[axis], width)
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

"""Density as a straight line on one analyte, domain by domain, and the blocks that take it."""

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import PARTS, attributes, grid_of
from scandia.blockmodel.density import OUTLIER, PLAUSIBLE, code_densities
from scandia.blockmodel.slabs import place_of, slabs
from scandia.drillholes.sample_density import with_grades
from scandia.errors import InputError
from scandia.vocabulary import DENSITY, DOMAIN, FRACTION, TONNAGE

COLUMNS = (
    "domain", "analyte", "pairs", "intercept", "slope", "slope_low", "slope_high", "t", "p", "r_squared", "residual_deviation",
    "grade_mean", "grade_squares", "grade_minimum", "grade_maximum", "used",
)  # fmt: skip

REGRESSED = (DENSITY, TONNAGE)  # what `with_regressed_density` gives anew


def describe_density(density, lithology, assay, domains, settings):
    """Every measurement coded, with the grade of its sample where a regression is asked for; and the table of the lines.

    Parameters
    ----------
    density, lithology : pandas.DataFrame
        As in `density.code_densities`.
    assay : pandas.DataFrame or None
        hole, from, to and the analyte of the regression; not needed without one.
    domains : Domains
    settings : DensitySettings

    Returns
    -------
    values : pandas.DataFrame
        The columns of `code_densities`, and the analyte.
    lines : pandas.DataFrame
        From `regress_density`; without rows where no regression is asked for.
    """
    coded = code_densities(density, lithology, domains, settings)
    if settings.regression is None:
        return coded, pd.DataFrame(columns=list(COLUMNS))
    values = with_grades(coded, assay, [settings.regression.analyte])
    return values, regress_density(values, domains, settings)


def regress_density(values, domains, settings):
    """Table of the lines, least squares: one row per domain in the order of codes.

    Parameters
    ----------
    values : pandas.DataFrame
        Coded measurements with the grade of their sample.
    domains : Domains
    settings : DensitySettings
        With a regression.

    Returns
    -------
    pandas.DataFrame
        domain, analyte, pairs, intercept (t/m3), slope (t/m3 per unit of the analyte) with its confidence limits and p value,
        r_squared, residual_deviation (t/m3, n - 2), mean, sum of squared deviations, and range of the grades, and used: 1 where
        blocks take their density from it. Without enough pairs, or where the grades do not vary, the line is NaN.
    """
    chosen, rows = settings.regression, []
    counted = (values[PLAUSIBLE] == 1) & ((values[OUTLIER] == 0) | (settings.outliers == "keep"))
    pairs = values[counted & values[chosen.analyte].notna()]
    for name in sorted(domains.domains, key=lambda name: domains.domains[name].code):
        mine = pairs[pairs[DOMAIN] == name]
        grade, density = mine[chosen.analyte].to_numpy(float), mine[DENSITY].to_numpy(float)
        row = dict.fromkeys(COLUMNS, np.nan) | {"domain": name, "analyte": chosen.analyte, "pairs": len(mine), "used": 0}
        if len(mine) >= chosen.minimum_pairs and np.ptp(grade) > 0:
            row |= _line(grade, settings.factor * density, chosen)
        rows.append(row)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def with_regressed_density(parts, table):
    """Parts whose density and tonnage follow the lines that are used, at the grade of each part.

    A grade beyond the range that a line was fitted to counts as the end of that range: a line is not drawn on. Parts without an
    estimate, and domains without a line in use, keep the density that they have.

    Parameters
    ----------
    parts : xarray.Dataset
        fraction, density, and the estimate of the analyte.
    table : pandas.DataFrame
        From `regress_density`.

    Raises
    ------
    InputError
        The analyte of a line was not estimated.
    """
    used = table[table["used"] == 1].to_dict("records")
    for row in used:
        if row["analyte"] not in parts:
            message = f"model.density.regression.analyte is {row['analyte']!r}, which is not estimated"
            raise InputError(message)
    made = {name: np.empty(parts[FRACTION].shape) for name in REGRESSED}
    for slab in slabs(parts, [FRACTION, DENSITY, *(row["analyte"] for row in used)]):
        for name, values in zip(made, _regressed(slab, used), strict=True):
            made[name][place_of(slab, parts)] = values
    return attributes(parts.assign({name: (PARTS, values) for name, values in made.items()}), {})


def _regressed(parts, lines):
    """Density and tonnage of the parts of a slab, two arrays."""
    density, names = parts[DENSITY].values.copy(), parts[DOMAIN].values.tolist()
    for row in lines:
        place = names.index(row[DOMAIN])
        grade = parts[row["analyte"]].values[place]
        line = row["intercept"] + row["slope"] * np.clip(grade, row["grade_minimum"], row["grade_maximum"])
        density[place] = np.where(np.isfinite(line) & np.isfinite(density[place]), line, density[place])
    fraction = parts[FRACTION].values
    return density, np.where(fraction > 0, fraction * grid_of(parts).volume * density, 0.0)


def _line(grade, density, chosen):
    from scipy import stats  # half a second that no deposit without a regression pays

    found = stats.linregress(grade, density)
    t = stats.t.ppf(0.5 + chosen.confidence / 2.0, len(grade) - 2)
    residual = density - found.intercept - found.slope * grade
    return {
        "intercept": found.intercept,
        "slope": found.slope,
        "slope_low": found.slope - t * found.stderr,
        "slope_high": found.slope + t * found.stderr,
        "t": t,
        "p": found.pvalue,
        "r_squared": found.rvalue**2,
        "residual_deviation": np.sqrt(residual @ residual / (len(grade) - 2)),
        "grade_mean": grade.mean(),
        "grade_squares": ((grade - grade.mean()) ** 2).sum(),
        "grade_minimum": grade.min(),
        "grade_maximum": grade.max(),
        "used": int(chosen.apply),
    }

"""The printed table of significant intercepts, in the layout of a press release, with true widths and its rules in words."""

import numpy as np
import pandas as pd

from scandia import vocabulary
from scandia.drillholes.desurvey import locate
from scandia.drillholes.intercept_settings import InterceptColumn
from scandia.drillholes.rare_earths import parts_of
from scandia.geometry.rotation import rotation_matrix
from scandia.units import convert_grade

TRUE_WIDTH, CORE_ANGLE = "true_width", "core_angle"
NOTHING = "–"


def intercept_analytes(rules, variables):
    """Analytes whose means the table needs: that of the cut-off, the estimated ones, and those of the printed columns."""
    named = [name for column in rules.columns for name in (column.analyte, column.share_of) if name is not None]
    return list(dict.fromkeys([rules.analyte, *variables, *named]))


def with_true_widths(table, stations, plane):
    """The table with ``true_width`` (m) and ``core_angle`` (degrees between core and plane) after ``length``.

    The true width is the distance of the two ends, on the desurveyed hole, along the normal of the plane: an estimate, as good as
    the plane.

    Parameters
    ----------
    table : DataFrame
        hole, from, to, length.
    stations : DataFrame
        Desurveyed stations.
    plane : tuple of float
        Azimuth (strike, right-hand rule) and dip, degrees.
    """
    out, width, angle = table.copy(), np.empty(len(table)), np.empty(len(table))
    if len(table):
        holes = table[vocabulary.HOLE].to_numpy()
        ends = [locate(stations, holes, table[name].to_numpy(dtype=float)) for name in (vocabulary.FROM, vocabulary.TO)]
        chord = ends[1] - ends[0]
        across = np.abs(chord @ rotation_matrix(plane[0], plane[1], 0.0)[2])
        width, angle = across, np.degrees(np.arcsin(np.clip(across / np.linalg.norm(chord, axis=1), 0.0, 1.0)))
    place = list(out.columns).index(vocabulary.LENGTH) + 1
    out.insert(place, TRUE_WIDTH, width)
    out.insert(place + 1, CORE_ANGLE, angle)
    return out


def print_intercepts(table, rules, analytes):
    """Text table: hole (or "Including"), from, to, interval, true width where known, and the printed columns.

    Parameters
    ----------
    table : DataFrame
        From `significant_intercepts`, with true widths or without.
    rules : Intercepts
    analytes : dict of str to Analyte
    """
    main = table[vocabulary.HOLE].where(table["including"] == 0, "Including")
    columns = {"Hole #": main.astype(str)}
    for name, heading in ((vocabulary.FROM, "From (m)"), (vocabulary.TO, "To (m)"), (vocabulary.LENGTH, "Interval (m)")):
        columns[heading] = _text(table[name], 2)
    if TRUE_WIDTH in table:
        columns["True width (m)"] = _text(table[TRUE_WIDTH], 2)
    for column in rules.columns or (InterceptColumn(analyte=rules.analyte),):
        columns[_heading(column, analytes)] = _text(_values(table, column, analytes), column.decimals)
    return pd.DataFrame(columns)


def rule_sentences(rules, analytes):
    """The rules in sentences, as they stand under the table.

    Parameters
    ----------
    rules : Intercepts
    analytes : dict of str to Analyte
    """
    one = analytes[rules.analyte]
    unit = f" {one.unit}"
    inner = " and ".join(f"{cutoff:g}{unit}" for cutoff in rules.including_cutoffs)
    poor = f" of at least {rules.minimum_dilution_grade:g}{unit}" if rules.minimum_dilution_grade else ""
    weigh = (
        "core length"
        if rules.weighting == "length"
        else (f"core length and density ({rules.assumed_density:g} t/m³ where none was measured)")
    )
    yield f"Cut-off {rules.cutoff:g}{unit} {one.label}: the mean of an interval and the samples at its ends reach it."
    if inner:
        yield f"Including rows by the same rules at {inner}."
    yield (
        f"At least {rules.minimum_length:g} m long; internal dilution{poor} of at most {rules.maximum_dilution:g} m in a row; of "
        "all sets of intervals that do not overlap, the longest in total."
    )
    yield "No top cut." if rules.top_cut is None else f"Top cut: grades above {rules.top_cut:g}{unit} count as this."
    yield f"Means are weighted by {weigh}; what was not assayed counts as zero grade."
    yield {
        "none": "Intervals are core lengths; true widths are not known.",
        "domains": "True widths are estimated across the plane of the domains.",
        "plane": ""
        if rules.plane is None
        else (f"True widths are estimated across a plane striking {rules.plane.azimuth:g}°, dipping {rules.plane.dip:g}°."),
    }[rules.true_width]
    for column in rules.columns:
        if column.share_of is not None:
            parts = parts_of(column.analyte, analytes)
            of = f" (of {', '.join(analytes[part].species for part in parts)})" if parts else ""
            whole = analytes[column.share_of].label
            yield f"{column.label or analytes[column.analyte].label}{of}: mean as a percentage of the mean {whole}."


def _heading(column, analytes):
    one = analytes[column.analyte]
    label = column.label or one.label
    return f"{label} ({'%' if column.share_of is not None else column.unit or one.unit})"


def _values(table, column, analytes):
    """Means in the species and unit of a column, or as a percentage of another mean."""
    one, values = analytes[column.analyte], table[column.analyte].to_numpy(dtype=float)
    if column.share_of is None:
        species, unit = column.species or one.species, column.unit or one.unit
        return convert_grade(values, from_species=one.species, from_unit=one.unit, to_species=species, to_unit=unit)
    whole = analytes[column.share_of]
    part = convert_grade(values, from_species="", from_unit=one.unit, to_species="", to_unit=whole.unit)
    total = table[column.share_of].to_numpy(dtype=float)
    return 100.0 * np.divide(part, total, out=np.full(len(part), np.nan), where=total > 0)


def _text(values, decimals):
    return [NOTHING if not np.isfinite(value) else f"{value:.{decimals}f}" for value in np.asarray(values, dtype=float)]

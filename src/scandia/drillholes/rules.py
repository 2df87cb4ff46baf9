"""The registry of checks: name, severity, message and hint of every rule a finding can come from."""

from dataclasses import dataclass

import pandas as pd

from scandia.drillholes.rules_reading import READING


@dataclass(frozen=True)
class Rule:
    """One check: what it is about, how grave a fault is, what is said and how it is mended."""

    about: str
    severity: str
    message: str
    hint: str


E, W, N = "error", "warning", "note"
_EXPORT = "correct the row in the source database and export again"
_MISSING_TOKEN = "correct it, or list the text among the missing texts of the table or analyte"

RULES = {
    # Files
    "file_missing": Rule("file", E, "there is no such file", "check drillholes.root and the table's file name: {path}"),
    "file_empty": Rule(
        "file", E, "the file has no header line", "export the table again, with its column names in the first line"
    ),
    "file_unreadable": Rule("file", E, "the file is no text table: {reason}", "check encoding and separator of the table"),
    "table_without_rows": Rule(
        "file", E, "the table has a header but no rows", "export it again, or leave the table out of the config"
    ),
    "column_missing": Rule("file", E, "there is no column of this name", "{near}columns there: {columns}"),
    "column_duplicated": Rule("file", E, "several columns have this name", "rename all but one of them in the file"),
    "column_unmapped": Rule("file", E, "the config names no column for '{name}'", "add '{name}' to the columns of this table"),
    "ground_unusable": Rule(
        "file", E, "the ground cannot be used: {reason}", "give easting, northing and elevation of every node of a regular grid"
    ),
    "readings_unusable": Rule(
        "file",
        E,
        "the structural readings cannot be used: {reason}",
        "give azimuth, dip, rake and easting, northing, elevation (or x, y, z) of every reading",
    ),
    "line_ragged": Rule("file", E, "the line has {cells} cells, the header has {header}", "quote texts that hold the separator"),
    "row_empty": Rule("file", N, "the row is empty and is left out", "delete empty lines when exporting"),
    "rows_unsorted": Rule("file", N, "rows are not in order of hole and depth; they are sorted", "nothing to do"),
    # Cells
    "missing_key": Rule("cell", E, "hole or depth is missing", _EXPORT),
    "missing_value": Rule("cell", E, "a value that cannot be missing is missing", _EXPORT),
    "text_in_number": Rule("cell", E, "text where a number belongs", _MISSING_TOKEN + ", or set the table's decimal mark"),
    # Collars and holes
    "duplicate_collar": Rule("collar", E, "the hole stands in the collar table already, in row {other}", _EXPORT),
    "near_duplicate_collar": Rule(
        "collar",
        W,
        "the collar is {distance} m from that of hole {other}",
        "check for one hole under two names; wedges are normal",
    ),
    "depth_not_positive": Rule("collar", E, "the depth of the hole is not above 0", _EXPORT),
    "depth_not_given": Rule(
        "collar",
        W,
        "no depth of the holes is given; the deepest record of each hole is taken",
        "map the end-of-hole depth if known",
    ),
    "collar_off_topography": Rule(
        "collar",
        W,
        "the collar is {difference} m above the ground at {ground} m",
        "check the elevation, the datum and the surface",
    ),
    "collar_outside_topography": Rule(
        "collar", W, "the collar lies outside the ground surface", "check its coordinates and the surface"
    ),
    "collar_without_assays": Rule("collar", W, "the hole has no assays", "nothing to do if it was not sampled"),
    "hole_without_collar": Rule(
        "collar", E, "{count} rows of a hole that the collar table does not have", "{near}add its collar"
    ),
    "hole_without_survey": Rule(
        "collar", E, "the hole has no survey", "add one, or set survey_missing: collar where the collar table has azimuth and dip"
    ),
    # Surveys
    "survey_from_collar": Rule(
        "survey",
        W,
        "the hole has no survey; it is drilled straight along the collar's azimuth and dip",
        "add its survey if there is one",
    ),
    "survey_single_record": Rule("survey", W, "the hole has one survey record; it is straight", "add its survey if there is one"),
    "survey_first_not_at_zero": Rule(
        "survey", W, "the first record is not at depth 0; the hole is straight above it", "add the direction at the collar"
    ),
    "survey_duplicate_depth": Rule("survey", E, "the depth is surveyed already, in row {other}", "keep one of the two records"),
    "survey_beyond_depth": Rule(
        "survey", W, "the record lies below the end of the hole at {depth} m", "check the depth of the hole"
    ),
    "azimuth_range": Rule("survey", E, "the azimuth is not within 0 and 360 degrees", _EXPORT),
    "dip_range": Rule("survey", E, "the dip is not within -90 and 90 degrees", _EXPORT),
    "dip_sign": Rule(
        "survey",
        E,
        "{up} of {count} holes start upwards if dips are {given}",
        "set drillholes.dip_sign to {other} if they go down",
    ),
    "dip_up": Rule("survey", W, "the hole points up here", "check the sign of the dip"),
    "dogleg": Rule("survey", W, "the direction turns by {turn} degrees per 30 m from the record above", "check azimuth and dip"),
    # Intervals
    "depth_negative": Rule("interval", E, "the depth is negative", _EXPORT),
    "interval_upside_down": Rule("interval", E, "the interval starts below its end at {end} m", _EXPORT),
    "interval_zero_length": Rule("interval", E, "the interval has no length", _EXPORT),
    "interval_overlap": Rule("interval", E, "the interval starts above the end at {end} m of row {other}", _EXPORT),
    "duplicate_interval": Rule(
        "interval", E, "the interval stands in the table already, in row {other}", "keep one of the two rows"
    ),
    "interval_gap": Rule("interval", N, "no record for {length} m above the interval", "lost core, or not sampled?"),
    "gap_at_collar": Rule("interval", N, "no record for the first {length} m of the hole", "overburden, or not sampled?"),
    "gap_at_end": Rule("interval", N, "no record for the last {length} m of the hole", "not sampled, or results pending?"),
    "code_never_logged": Rule(
        "interval",
        E,
        "{key} names this code, and no interval is logged so",
        "{near}write it as it is logged, or take it out of {key}; logged are {logged}",
    ),
    "beyond_hole_depth": Rule(
        "interval", E, "the interval ends below the end of the hole at {depth} m", "check which depth is right"
    ),
    # Values
    "value_negative": Rule("value", E, "the value is negative", _MISSING_TOKEN),
    "value_out_of_bounds": Rule(
        "value",
        E,
        "the value is not within {minimum} and {maximum} {unit}",
        "check unit and value; or widen the plausible bounds",
    ),
    "unit_suspect": Rule(
        "value",
        E,
        "the median {median} of {count} positive values is not within {minimum} and {maximum} {unit}",
        "check the column's unit (the values are off by a factor of {factor}) and the plausible bounds",
    ),
    "unit_untypical": Rule(
        "value",
        E,
        "as {declared} the median is {median} {unit} {species}, not between the typical {low} and {high}",
        "check column_unit and column_species (the median is off by a factor of {factor} or more), and `typical`",
    ),
    "values_missing": Rule("value", N, "{count} of {total} values are missing ({texts})", "they stay missing; nothing to do"),
    "values_below_detection": Rule(
        "value", N, "{count} of {total} values are below detection and become {policy}", "set the analyte's below_detection"
    ),
    "duplicate_sample": Rule(
        "value", W, "the sample number stands in the table already, in row {other}", "sample numbers are keys"
    ),
    "type_unknown": Rule("value", E, "the type of control sample is unknown", "allowed are {allowed}"),
}
RULES |= {name: Rule(*words) for name, words in READING.items()}


def rules_table():
    """All rules as a table for the manual: rule, about, severity, message, hint."""
    rows = [(name, rule.about, rule.severity, rule.message, rule.hint) for name, rule in RULES.items()]
    return pd.DataFrame(rows, columns=["rule", "about", "severity", "message", "hint"])

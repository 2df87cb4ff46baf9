"""Rules of reading the tables, beside those of `rules`: about, severity, message and hint of each."""

READING = {
    "formula_cell": (
        "cell",
        "error",
        "the cell holds a formula, and none is evaluated",
        "replace formulas by their values (in Excel: copy, paste special, values) and export again",
    ),
    "hole_taken_as_straight": (
        "survey",
        "warning",
        "the hole has no survey; by permission it is straight at azimuth {azimuth} and dip {dip}: {reason}",
        "add its survey if there is one",
    ),
    "straight_not_needed": (
        "survey",
        "error",
        "drillholes.straight permits this hole, which {fact}",
        "take it out of drillholes.straight.holes",
    ),
    "length_not_positive": ("interval", "error", "the length is not above 0", "correct the row in the source and export again"),
    "same_place": (
        "interval",
        "warning",
        "the sample is at the place of that in row {other}",
        "kriging needs different places: see model.estimation.duplicates",
    ),
    "correction_unusable": ("correction", "error", "the correction cannot be used: {reason}", "see docs/database.md for its columns"),
    "correction_unmatched": (
        "correction",
        "error",
        "no row of {table} is hole {hole} from {top}",
        "check table, hole and from of the correction",
    ),
    "correction_ambiguous": (
        "correction",
        "error",
        "{count} rows of {table} are hole {hole} from {top}, lines {rows}",
        "correct the source, or leave rows out by column 'row' with their line number as old value",
    ),
    "correction_outdated": (
        "correction",
        "error",
        "the cell holds {there}, not the old value {old}, in line {line} of {table}",
        "the source has changed: check whether the correction is still needed",
    ),
    "values_above_detection": (
        "value",
        "warning",
        "{count} of {total} values are above the upper limit of detection and become {policy}",
        "have them assayed by a method for high grades, or set the analyte's above_detection",
    ),
}

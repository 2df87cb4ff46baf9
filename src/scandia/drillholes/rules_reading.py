"""Rules of reading the tables: formulas, permissions, corrections, limits of detection, located samples."""

from scandia.drillholes.rule import EXPORT, NEVER, E, Rule, W

READING_RULES = {
    "formula_cell": Rule(
        "cell",
        E,
        "the cell holds a formula, and none is evaluated",
        "replace formulas by their values (in Excel: copy, paste special, values) and export again",
        "The value that a formula showed last may be old, and a formula from elsewhere may do more than calculate.",
        NEVER,
    ),
    "hole_taken_as_straight": Rule(
        "survey",
        W,
        "the hole has no survey; by permission of {who} it is straight at azimuth {azimuth} and dip {dip}: {reason}",
        "add its survey if there is one",
        "Where the hole runs is assumed, and with it where its samples are.",
    ),
    "straight_not_needed": Rule(
        "survey",
        E,
        "drillholes.straight permits this hole, which {fact}",
        "take it out of drillholes.straight",
        "A permission that fits no hole is a slip of the name, or older than the survey that has come since.",
        NEVER,
    ),
    "length_not_positive": Rule(
        "interval", E, "the length is not above 0", EXPORT, "Without a length a sample weighs nothing in a composite."
    ),
    "same_place": Rule(
        "interval",
        W,
        "the sample is at the place of that in row {other}",
        "kriging needs different places: see model.estimation.duplicates",
        "Two samples at one place make the kriging system singular.",
    ),
    "correction_unusable": Rule(
        "file",
        E,
        "the correction cannot be used: {reason}",
        "docs/database.md says what stands in its columns",
        "A correction that does nothing is taken for done.",
        NEVER,
    ),
    "correction_unmatched": Rule(
        "file",
        E,
        "no row of {table} is hole {hole} from {top}",
        "check table, hole and from of the correction",
        "A correction that fits no row is a slip, or the source has changed.",
        NEVER,
    ),
    "correction_ambiguous": Rule(
        "file",
        E,
        "{count} rows of {table} are hole {hole} from {top}, lines {rows}",
        "correct the source, or leave a row out by column 'row' with its line number as old value",
        "Which of several rows is meant cannot be told.",
        NEVER,
    ),
    "correction_outdated": Rule(
        "file",
        E,
        "the cell holds {there}, not the old value {old}, in line {line} of {table}",
        "the source has changed: check whether the correction is still needed",
        "A correction of what is no longer there would undo what was put right at the source.",
        NEVER,
    ),
    "values_above_detection": Rule(
        "value",
        W,
        "{count} of {total} values are above the upper limit of detection and become {policy}",
        "have them assayed by a method for high grades, or set the analyte's above_detection",
        "The highest grades are unknown, and the mean is too low by as much.",
    ),
}

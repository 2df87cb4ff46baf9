"""Checks of tables of intervals: order, length, overlaps, gaps, and the codes that are logged."""

from scandia.drillholes.rule import EXCLUDED, EXPORT, E, N, Rule, W

_GAP = "Ground without a record is missing, not barren; which kind it is decides how it is composited."

INTERVAL_RULES = {
    "depth_negative": Rule(
        "interval", E, "the depth is negative", EXPORT, "Depths are measured down the hole from the collar.", EXCLUDED
    ),
    "interval_upside_down": Rule(
        "interval",
        E,
        "the interval starts below its end at {end} m",
        EXPORT,
        "Its length is negative, so it would take metal away.",
        EXCLUDED,
    ),
    "interval_zero_length": Rule(
        "interval",
        E,
        "the interval has no length",
        EXPORT,
        "It weighs nothing; control samples and points of measurement come in this way.",
        EXCLUDED,
    ),
    "interval_overlap": Rule(
        "interval",
        E,
        "the interval starts above the end at {end} m of row {other}",
        EXPORT,
        "The same metres would count twice, with two grades.",
        EXCLUDED,
    ),
    "duplicate_interval": Rule(
        "interval",
        E,
        "the interval stands in the table already, in row {other}",
        "keep one of the two rows",
        "The same metres would count twice; re-assays and duplicates come in this way.",
        EXCLUDED,
    ),
    "interval_gap": Rule("interval", N, "no record for {length} m above the interval: {kind}", "{mend}", _GAP),
    "gap_at_collar": Rule("interval", N, "no record for the first {length} m of the hole: {kind}", "{mend}", _GAP),
    "gap_at_end": Rule("interval", N, "no record for the last {length} m of the hole: {kind}", "{mend}", _GAP),
    "beyond_hole_depth": Rule(
        "interval",
        E,
        "the interval ends below the end of the hole at {depth} m",
        "check which depth is right",
        "Either the hole is deeper than the collar table says, or the record belongs to another hole or is in feet.",
    ),
    "table_depths_scaled": Rule(
        "interval",
        E,
        "half of the holes end {factor} times as deep here as in the collar table",
        "declare the unit of this table: the depths look like {unit}",
        "A table in feet beside one in metres stretches every hole by 3.28.",
    ),
    "code_never_logged": Rule(
        "interval",
        E,
        "{key} names this code, and no interval is logged so",
        "{near}write it as it is logged, or take it out of {key}; logged are {logged}",
        "A misspelt code leaves a domain without its rocks.",
    ),
    "code_missing": Rule(
        "interval",
        W,
        "{count} logged intervals have no code",
        "log them, or list their code",
        "They belong to no domain, and cut contacts where there may be none.",
    ),
    "code_alike": Rule(
        "interval",
        W,
        "the code differs from {other} only by case, blanks or signs; {count} rows are logged so",
        "use one code for one rock",
        "Two spellings of one rock become two rocks, and one of them stands in no domain.",
    ),
}

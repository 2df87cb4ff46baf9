"""Intervals that are lost, doubled, moved or of no length."""

import numpy as np

from corruptions.catalogue import INTERVALS, found_by, hole, inserted, of_hole, place, plus, set_cells, times, without


@found_by("interval_gap", "gap_at_collar", "gap_at_end")
def delete_an_interval(database, generator):
    table = generator.choice(["assay", "lithology"])
    if table == "lithology":  # a hole of one interval would lose its whole log
        counts = database.raw["lithology"]["hole"].value_counts()
        rows = np.flatnonzero(database.raw["lithology"]["hole"].map(counts).to_numpy() > 1)
    else:
        rows = np.arange(len(database.raw[table]))
    return without(database, table, np.arange(len(database.raw[table])) == generator.choice(rows))


@found_by("duplicate_interval")
def duplicate_an_interval(database, generator):
    table = generator.choice(INTERVALS)
    return inserted(database, table, database.raw[table].iloc[[place(database, table, generator)]])


@found_by("interval_upside_down")
def turn_an_interval_upside_down(database, generator):
    table = generator.choice(INTERVALS)
    at = place(database, table, generator)
    top, end = (database.raw[table][name].iloc[at] for name in ("from", "to"))
    return set_cells(set_cells(database, table, "from", at, lambda _: end), table, "to", at, lambda _: top)


@found_by("interval_zero_length")
def make_an_interval_of_no_length(database, generator):
    table = generator.choice(INTERVALS)
    at = place(database, table, generator)
    top = database.raw[table]["from"].iloc[at]
    return set_cells(database, table, "to", at, lambda _: top)


@found_by("interval_overlap", "depth_negative")
def start_an_interval_too_high(database, generator):
    table = generator.choice(["assay", "lithology"])
    return set_cells(database, table, "from", place(database, table, generator), plus(-generator.uniform(0.1, 0.9)))


@found_by("interval_gap", "gap_at_collar")
def start_an_interval_too_low(database, generator):
    table = generator.choice(["assay", "lithology"])
    return set_cells(database, table, "from", place(database, table, generator), plus(generator.uniform(0.1, 0.9)))


@found_by("interval_overlap", "beyond_hole_depth")
def end_an_interval_too_low(database, generator):
    table = generator.choice(["assay", "lithology"])
    return set_cells(database, table, "to", place(database, table, generator), plus(generator.uniform(0.1, 0.9)))


@found_by("beyond_hole_depth", "interval_gap", "interval_overlap")
def shift_the_intervals_of_a_hole(database, generator):
    table, step = generator.choice(["assay", "lithology"]), generator.uniform(0.5, 30)
    for column in ("from", "to"):
        database = set_cells(database, table, column, of_hole(database, table, hole_of_first(database, table)), plus(step))
    return database


def hole_of_first(database, table):
    """The hole of the first row of a table."""
    return database.raw[table]["hole"].iloc[0]


@found_by("depth_negative")
def make_a_depth_negative(database, generator):
    table = generator.choice(INTERVALS)
    at = place(database, table, generator)
    return set_cells(database, table, "from", at, lambda text: f"{-float(text) - 1:g}")


@found_by("table_depths_scaled")
def write_a_table_in_feet(database, generator):
    table = generator.choice(["assay", "lithology"])
    for column in ("from", "to"):
        database = set_cells(database, table, column, np.arange(len(database.raw[table])), times(1 / 0.3048))
    return database


@found_by("beyond_hole_depth")
def write_a_hole_in_feet(database, generator):
    table, name = generator.choice(["assay", "lithology"]), hole(database, generator)
    for column in ("from", "to"):
        database = set_cells(database, table, column, of_hole(database, table, name), times(1 / 0.3048))
    return database


@found_by("duplicate_interval", "beyond_hole_depth", "interval_overlap")
def give_a_sample_to_another_hole(database, generator):
    at = place(database, "assay", generator)
    names = database.raw["collar"]["hole"]
    other = generator.choice(names[names != database.raw["assay"]["hole"].iloc[at]].to_numpy(dtype=object))
    return set_cells(database, "assay", "hole", at, lambda _: other)


@found_by("code_alike")
def write_a_code_in_another_case(database, generator):
    return set_cells(database, "lithology", "lithology", place(database, "lithology", generator), lambda text: text.lower() + " ")


@found_by("code_missing")
def blank_a_code(database, generator):
    return set_cells(database, "lithology", "lithology", place(database, "lithology", generator), lambda _: None)


@found_by("code_never_logged")
def rename_the_code_of_a_domain(database, generator):
    where = (database.raw["lithology"]["lithology"] == "ORE").to_numpy()
    return set_cells(database, "lithology", "lithology", where, lambda _: "OREB")

"""Names and keys of holes that are wrong."""

import pandas as pd

from corruptions.catalogue import INTERVALS, found_by, hole, inserted, of_hole, place, set_cells, times, without


@found_by("hole_without_collar")
def delete_a_collar(database, generator):
    return without(database, "collar", of_hole(database, "collar", hole(database, generator)))


@found_by("duplicate_collar")
def duplicate_a_collar(database, generator):
    at = place(database, "collar", generator)
    return inserted(database, "collar", database.raw["collar"].iloc[[at]])


@found_by("duplicate_collar")
def duplicate_a_collar_at_another_place(database, generator):
    row = database.raw["collar"].iloc[[place(database, "collar", generator)]].copy()
    return inserted(database, "collar", row.assign(easting=pd.array([times(1.00001)(row["easting"].iloc[0])], dtype="str")))


@found_by("same_hole_twice", "near_duplicate_collar")
def enter_a_hole_under_a_second_name(database, generator):
    name = hole(database, generator)
    for table in ("collar", "survey", "assay", "lithology"):
        rows = database.raw[table][of_hole(database, table, name)].assign(hole="TWIN-1")
        database = inserted(database, table, rows.astype({"hole": "str"}))
    return database


@found_by("hole_without_collar")
def rename_a_hole_in_one_table(database, generator):
    table, name = generator.choice(["survey", *INTERVALS]), hole(database, generator)
    return set_cells(database, table, "hole", of_hole(database, table, name), lambda text: text.replace("DH", "DDH"))


@found_by("hole_without_collar")
def write_a_hole_in_lower_case_in_one_table(database, generator):
    table, name = generator.choice(["survey", *INTERVALS]), hole(database, generator)
    return set_cells(database, table, "hole", of_hole(database, table, name), str.lower)


@found_by("hole_without_collar")
def rename_a_hole_in_the_collar_table(database, generator):
    return set_cells(database, "collar", "hole", place(database, "collar", generator), lambda text: text + "A")


@found_by("hole_without_collar")
def rename_one_row_of_a_hole(database, generator):
    table = generator.choice(["survey", *INTERVALS])
    return set_cells(database, table, "hole", place(database, table, generator), lambda text: text[:-1] + "X")


@found_by("missing_key")
def blank_a_hole(database, generator):
    table = generator.choice(["collar", "survey", *INTERVALS])
    return set_cells(database, table, "hole", place(database, table, generator), lambda text: None)


@found_by("missing_key")
def blank_a_depth(database, generator):
    table = generator.choice(["survey", *INTERVALS])
    column = "depth" if table == "survey" else generator.choice(["from", "to"])
    return set_cells(database, table, column, place(database, table, generator), lambda text: None)


@found_by("collar_without_assays", "collar_without_lithology")
def lose_the_records_of_a_hole(database, generator):
    table = generator.choice(["assay", "lithology"])
    return without(database, table, of_hole(database, table, hole(database, generator)))

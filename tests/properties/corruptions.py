"""Corruptions of a clean database, each a small named function, with the checks that are meant for it.

Each takes a `Database` and a random generator and returns the corrupted one. A corruption that is `harmless` must leave every
number as it was. What no program could tell from a true value (a grade of 150 that was 151, a collar 20 m off on flat ground) is
not in the catalogue.
"""

import numpy as np
import pandas as pd
from databases import GRADES

CORRUPTIONS = {}
HARMLESS = {}
INTERVALS = ("assay", "lithology", "density")
JUNK = (
    *("n.a.", "1,5", "=1+1", "<script>alert(1)</script>", "'; drop table assay; --", "1e999", "nan", "inf", "0x10", "1 000"),
    *("--", "#REF!", "½", "٣", "5m", "1.2.3", "-", "None", "10 ppm", "\\x00", "{braces}", "100%"),
)


def found_by(*rules):
    """Register a corruption under the checks that are meant for it; one of them must find it."""

    def register(function):
        CORRUPTIONS[function.__name__] = (function, rules)
        return function

    return register


def harmless(function):
    """Register a corruption that changes no number."""
    HARMLESS[function.__name__] = function
    return function


def place(database, name, generator):
    """A random row of a table."""
    return int(generator.integers(len(database.raw[name])))


def hole(database, generator):
    """A random hole."""
    return generator.choice(database.raw["collar"]["hole"].to_numpy(dtype=object))


def set_cells(database, name, column, where, change):
    """The database with cells of one column changed by a function of the text; None makes them missing."""
    frame = database.raw[name].copy()
    texts = frame[column].to_numpy(dtype=object).copy()
    where = np.atleast_1d(where)
    where = np.flatnonzero(where) if where.dtype == bool else where
    for item in where:
        texts[item] = change(texts[item])
    frame[column] = pd.array(texts, dtype="str")
    return database.changed(name, frame)


def times(factor, digits=10):
    """A function that multiplies the number of a text."""
    return lambda text: f"{float(text) * factor:.{digits}g}"


def plus(step):
    """A function that adds to the number of a text."""
    return lambda text: f"{float(text) + step:.10g}"


def of_hole(database, name, hole_name):
    """Which rows of a table are of a hole."""
    return (database.raw[name]["hole"] == hole_name).to_numpy()


def without(database, name, where):
    """The database without some rows of a table."""
    return database.changed(name, database.raw[name][~where])


def inserted(database, name, rows):
    """The database with rows appended to a table."""
    return database.changed(name, pd.concat([database.raw[name], rows], ignore_index=True))


# Keys


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


# Collars


@found_by("collar_swapped")
def swap_easting_and_northing(database, generator):
    frame, at = database.raw["collar"].copy(), place(database, "collar", generator)
    east, north = frame["easting"].iloc[at], frame["northing"].iloc[at]
    database = set_cells(database, "collar", "easting", at, lambda _: north)
    return set_cells(database, "collar", "northing", at, lambda _: east)


@found_by("collar_swapped")
def swap_the_columns_of_all_collars(database, generator):
    frame = database.raw["collar"]
    return database.changed("collar", frame.rename(columns={"easting": "northing", "northing": "easting"}))


@found_by("collar_scaled")
def write_a_collar_in_feet_or_kilometres(database, generator):
    at, factor = place(database, "collar", generator), generator.choice([1 / 0.3048, 0.001, 1000.0])
    for column in ("easting", "northing"):
        database = set_cells(database, "collar", column, at, times(factor, 12))
    return database


@found_by("collar_scaled")
def write_all_collars_in_feet(database, generator):
    for column in ("easting", "northing"):
        database = set_cells(database, "collar", column, np.arange(len(database.raw["collar"])), times(1 / 0.3048, 12))
    return database


@found_by("collar_scaled")
def lose_the_sign_of_a_coordinate(database, generator):
    return set_cells(
        database, "collar", generator.choice(["easting", "northing"]), place(database, "collar", generator), times(-1)
    )


@found_by("collar_outside_topography")
def take_a_collar_kilometres_away(database, generator):
    step = generator.choice([-1, 1]) * generator.uniform(3_000, 90_000)
    return set_cells(
        database, "collar", generator.choice(["easting", "northing"]), place(database, "collar", generator), plus(step)
    )


@found_by("elevation_scaled")
def write_an_elevation_in_feet(database, generator):
    return set_cells(database, "collar", "elevation", place(database, "collar", generator), times(1 / 0.3048))


@found_by("elevation_scaled")
def lose_the_sign_of_an_elevation(database, generator):
    return set_cells(database, "collar", "elevation", place(database, "collar", generator), times(-1))


@found_by("collar_off_topography")
def raise_or_lower_a_collar(database, generator):
    step = generator.choice([-1, 1]) * generator.uniform(6, 200)
    return set_cells(database, "collar", "elevation", place(database, "collar", generator), plus(step))


@found_by("elevation_constant", "collar_off_topography")
def flatten_all_collars(database, generator):
    return set_cells(database, "collar", "elevation", np.arange(len(database.raw["collar"])), lambda _: "0")


@found_by("missing_value")
def blank_a_coordinate_or_depth_of_a_collar(database, generator):
    column = generator.choice(["easting", "northing", "elevation", "depth"])
    return set_cells(database, "collar", column, place(database, "collar", generator), lambda _: None)


@found_by("depth_not_positive")
def make_a_hole_depth_zero_or_negative(database, generator):
    return set_cells(database, "collar", "depth", place(database, "collar", generator), times(generator.choice([0.0, -1.0])))


@found_by("beyond_hole_depth")
def make_a_hole_shallower(database, generator):
    return set_cells(
        database, "collar", "depth", place(database, "collar", generator), times(generator.choice([0.3048, 0.1, 0.9]))
    )


@found_by("gap_at_end")
def make_a_hole_deeper(database, generator):
    return set_cells(
        database, "collar", "depth", place(database, "collar", generator), times(generator.choice([3.2808, 10.0, 1.1]))
    )


@found_by("hole_depth_suspect")
def write_a_hole_depth_in_feet(database, generator):
    return set_cells(database, "collar", "depth", place(database, "collar", generator), times(1 / 0.3048))


# Text and missing


@found_by("text_in_number")
def write_junk_into_a_number(database, generator):
    table = generator.choice(["collar", "survey", *INTERVALS])
    numbers = {
        "collar": ("easting", "northing", "elevation", "depth"),
        "survey": ("depth", "azimuth", "dip"),
        "assay": ("from", "to", *GRADES),
        "lithology": ("from", "to"),
        "density": ("from", "to", "density"),
    }
    junk, column = generator.choice(JUNK), generator.choice(numbers[table])
    return set_cells(database, table, column, place(database, table, generator), lambda _: junk)


@found_by("text_in_number")
def write_a_grade_with_a_decimal_comma(database, generator):
    return set_cells(
        database,
        "assay",
        generator.choice(GRADES),
        place(database, "assay", generator),
        lambda text: f"{float(text):.2f}".replace(".", ","),
    )


@found_by("values_missing")
def blank_a_grade(database, generator):
    return set_cells(database, "assay", generator.choice(GRADES), place(database, "assay", generator), lambda _: None)


@found_by("values_missing")
def blank_a_density(database, generator):
    return set_cells(database, "density", "density", place(database, "density", generator), lambda _: None)


@found_by("column_missing")
def lose_a_column(database, generator):
    table = generator.choice(["collar", "survey", *INTERVALS])
    columns = [name for name in database.raw[table] if name not in ("row", "sample", "depth" if table == "collar" else "")]
    return database.changed(table, database.raw[table].drop(columns=generator.choice(columns)))


# Surveys


@found_by("hole_without_survey")
def lose_the_survey_of_a_hole(database, generator):
    return without(database, "survey", of_hole(database, "survey", hole(database, generator)))


@found_by("survey_first_not_at_zero")
def lose_the_first_record(database, generator):
    rows = np.flatnonzero(of_hole(database, "survey", hole(database, generator)))
    return without(database, "survey", np.arange(len(database.raw["survey"])) == rows[0])


@found_by("survey_spacing")
def lose_a_record_between(database, generator):
    rows = np.flatnonzero(of_hole(database, "survey", hole(database, generator)))
    return without(database, "survey", np.arange(len(database.raw["survey"])) == rows[1])


@found_by("survey_extrapolated")
def lose_the_last_record(database, generator):
    rows = np.flatnonzero(of_hole(database, "survey", hole(database, generator)))
    return without(database, "survey", np.arange(len(database.raw["survey"])) == rows[-1])


@found_by("survey_single_record")
def keep_one_record_of_a_hole(database, generator):
    rows = np.flatnonzero(of_hole(database, "survey", hole(database, generator)))
    return without(database, "survey", np.isin(np.arange(len(database.raw["survey"])), rows[1:]))


@found_by("survey_duplicate_depth")
def duplicate_a_record(database, generator):
    return inserted(database, "survey", database.raw["survey"].iloc[[place(database, "survey", generator)]])


@found_by("survey_duplicate_depth")
def survey_a_depth_twice_with_another_direction(database, generator):
    row = database.raw["survey"].iloc[[place(database, "survey", generator)]]
    return inserted(database, "survey", row.assign(dip=pd.array([plus(3)(row["dip"].iloc[0])], dtype="str")))


@found_by("dip_range", "azimuth_range")
def swap_azimuth_and_dip(database, generator):
    frame = database.raw["survey"]
    return database.changed("survey", frame.rename(columns={"azimuth": "dip", "dip": "azimuth"}))


@found_by("azimuth_range", "dip_range")
def swap_azimuth_and_dip_of_one_record(database, generator):
    at = place(database, "survey", generator)
    azimuth, dip = (database.raw["survey"][name].iloc[at] for name in ("azimuth", "dip"))
    return set_cells(set_cells(database, "survey", "azimuth", at, lambda _: dip), "survey", "dip", at, lambda _: azimuth)


@found_by("azimuth_range")
def wrap_an_azimuth(database, generator):
    return set_cells(database, "survey", "azimuth", place(database, "survey", generator), plus(generator.choice([-360.0, 360.5])))


@found_by("azimuth_reversed", "dogleg")
def reverse_an_azimuth(database, generator):
    return set_cells(
        database, "survey", "azimuth", place(database, "survey", generator), lambda text: f"{(float(text) + 180) % 360:.2f}"
    )


@found_by("dip_up", "dip_sign")
def lose_the_sign_of_a_dip(database, generator):
    return set_cells(database, "survey", "dip", place(database, "survey", generator), times(-1))


@found_by("dip_up")
def lose_the_sign_of_the_dips_of_a_hole(database, generator):
    return set_cells(database, "survey", "dip", of_hole(database, "survey", hole(database, generator)), times(-1))


@found_by("dip_sign")
def turn_the_sign_of_all_dips(database, generator):
    return set_cells(database, "survey", "dip", np.arange(len(database.raw["survey"])), times(-1))


@found_by("dip_range")
def lose_the_decimal_point_of_a_dip(database, generator):
    return set_cells(database, "survey", "dip", place(database, "survey", generator), times(10))


@found_by("missing_value")
def blank_a_direction(database, generator):
    return set_cells(
        database, "survey", generator.choice(["azimuth", "dip"]), place(database, "survey", generator), lambda _: None
    )


@found_by("survey_beyond_depth")
def take_a_record_below_the_hole(database, generator):
    rows = np.flatnonzero(of_hole(database, "survey", hole(database, generator)))
    return set_cells(database, "survey", "depth", rows[-1], plus(100))


@found_by("depth_negative")
def make_a_survey_depth_negative(database, generator):
    rows = np.flatnonzero(database.raw["survey"]["depth"] != "0")
    return set_cells(database, "survey", "depth", generator.choice(rows), times(-1))


@found_by("survey_beyond_depth")
def write_the_survey_of_a_hole_in_feet(database, generator):
    return set_cells(database, "survey", "depth", of_hole(database, "survey", hole(database, generator)), times(1 / 0.3048))


@found_by("survey_repeated")
def copy_the_survey_of_another_hole(database, generator):
    names = database.raw["collar"]["hole"].to_numpy(dtype=object)
    one, other = generator.choice(names, 2, replace=False)
    rows = database.raw["survey"][of_hole(database, "survey", other)].assign(hole=one).astype({"hole": "str"})
    return inserted(without(database, "survey", of_hole(database, "survey", one)), "survey", rows)


# Intervals


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


# Values


@found_by("value_negative")
def make_a_value_negative(database, generator):
    return set_cells(database, "assay", generator.choice(GRADES), place(database, "assay", generator), times(-1))


@found_by("value_negative")
def write_a_negative_flag(database, generator):
    flag = generator.choice(["-99", "-5", "-0.01", "-999.25", "-1"])
    return set_cells(database, "assay", generator.choice(GRADES), place(database, "assay", generator), lambda _: flag)


@found_by("value_out_of_bounds", "value_extreme")
def slip_a_decimal_point_far(database, generator):
    factor = generator.choice([1e4, 1e-4, 1e3, 1e-3])
    return set_cells(database, "assay", generator.choice(GRADES), place(database, "assay", generator), times(factor))


@found_by("unit_untypical", "unit_suspect")
def write_a_column_in_another_unit(database, generator):
    factor = generator.choice([1e4, 1e-4, 1e3, 1e-3])
    return set_cells(database, "assay", generator.choice(GRADES), np.arange(len(database.raw["assay"])), times(factor))


@found_by("unit_slip", "value_out_of_bounds")
def write_a_hole_in_another_unit(database, generator):
    where = of_hole(database, "assay", hole(database, generator))
    return set_cells(database, "assay", generator.choice(GRADES), where, times(generator.choice([1e4, 1e-4, 1e3, 1e-3])))


@found_by("species_suspect", "unit_untypical")
def take_a_column_of_element_for_oxide(database, generator):
    return set_cells(database, "assay", "NiO_pct", np.arange(len(database.raw["assay"])), times(1 / 1.27259))


@found_by("element_oxide_mismatch")
def take_element_for_oxide_in_some_rows(database, generator):
    rows = generator.choice(len(database.raw["assay"]), int(generator.integers(1, 20)), replace=False)
    return set_cells(database, "assay", "NiO_pct", rows, times(1 / 1.27259))


@found_by("sum_above_whole")
def fill_a_sample_beyond_the_whole(database, generator):
    at = place(database, "assay", generator)
    database = set_cells(database, "assay", "Fe_pct", at, lambda _: f"{generator.uniform(59, 60):.2f}")
    database = set_cells(database, "assay", "S_pct", at, lambda _: f"{generator.uniform(39, 40):.2f}")
    return (
        set_cells(database, "assay", "NiO_pct", at, lambda _: "4.95")
        if generator.random() < 0.5
        else set_cells(database, "assay", "Cu_ppm", at, lambda _: "49900")
    )


@found_by("values_constant")
def fill_a_column_down(database, generator):
    column = generator.choice(GRADES)
    first = database.raw["assay"][column].iloc[0]
    return set_cells(database, "assay", column, np.arange(len(database.raw["assay"])), lambda _: first)


@found_by("values_repeated")
def cap_the_values_of_a_column(database, generator):
    column = generator.choice(["Fe_pct", "Cu_ppm", "S_pct"])
    values = database.raw["assay"][column].astype(float).to_numpy()
    limit = np.quantile(values, 0.85)
    return set_cells(database, "assay", column, values > limit, lambda _: f"{limit:.6g}")


@found_by("values_at_half_limit")
def replace_low_values_by_half_a_limit(database, generator):
    column = generator.choice(["Fe_pct", "Cu_ppm", "S_pct"])
    values = database.raw["assay"][column].astype(float).to_numpy()
    limit = np.quantile(values, generator.uniform(0.1, 0.4))
    return set_cells(database, "assay", column, values < limit, lambda _: f"{limit / 2:.4g}")


@found_by("values_zero")
def replace_values_by_zero(database, generator):
    rows = generator.choice(len(database.raw["assay"]), int(generator.integers(1, 40)), replace=False)
    return set_cells(database, "assay", generator.choice(GRADES), rows, lambda _: "0")


@found_by("values_below_detection")
def put_a_limit_of_detection(database, generator):
    return set_cells(database, "assay", generator.choice(GRADES), place(database, "assay", generator), lambda text: f"<{text}")


@found_by("grades_repeated")
def copy_the_grades_of_another_row(database, generator):
    frame = database.raw["assay"].copy()
    one, other = generator.choice(len(frame), 2, replace=False)
    for column in GRADES:
        text = frame[column].iloc[other]
        database = set_cells(database, "assay", column, one, lambda _, text=text: text)
    return database


@found_by("duplicate_sample")
def give_a_sample_number_twice(database, generator):
    one, other = generator.choice(len(database.raw["assay"]), 2, replace=False)
    text = database.raw["assay"]["sample"].iloc[other]
    return set_cells(database, "assay", "sample", one, lambda _: text)


@found_by("control_among_assays")
def leave_a_control_sample_among_the_assays(database, generator):
    text = generator.choice(database.raw["qc"]["sample"].to_numpy(dtype=object))
    return set_cells(database, "assay", "sample", place(database, "assay", generator), lambda _: text)


@found_by("control_name_among_assays")
def name_a_sample_like_a_standard(database, generator):
    text = generator.choice(["OREAS 45e", "BLANK-12", "STD_3", "blk 7", "CRM-1", "DUP 4"])
    return set_cells(database, "assay", "sample", place(database, "assay", generator), lambda _: text)


@found_by("value_out_of_bounds")
def write_a_density_in_another_unit(database, generator):
    return set_cells(
        database,
        "density",
        "density",
        place(database, "density", generator),
        times(generator.choice([1000.0, 62.43, 0.001, 0.0])),
    )


@found_by("type_unknown")
def misspell_the_type_of_a_control_sample(database, generator):
    return set_cells(database, "qc", "type", place(database, "qc", generator), lambda text: text.upper())


@found_by("reference_unknown")
def misspell_the_material_of_a_standard(database, generator):
    standards = np.flatnonzero(database.raw["qc"]["type"] == "standard")
    return set_cells(database, "qc", "reference", generator.choice(standards), lambda text: f"{text}x")


# Harmless


@harmless
def reorder_the_rows_of_a_table(database, generator):
    table = generator.choice(list(database.raw))
    return database.changed(table, database.raw[table].iloc[generator.permutation(len(database.raw[table]))])


@harmless
def reorder_the_columns_of_a_table(database, generator):
    table = generator.choice(list(database.raw))
    frame = database.raw[table]
    return database.changed(table, frame[generator.permutation(frame.columns.to_numpy())])


@harmless
def add_a_column_nobody_asked_for(database, generator):
    table = generator.choice(list(database.raw))
    return database.changed(table, database.raw[table].assign(remark=pd.array([None] * len(database.raw[table]), dtype="str")))


@harmless
def add_empty_rows(database, generator):
    table = generator.choice(list(database.raw))
    frame = database.raw[table]
    empty = pd.DataFrame({name: pd.array([None] * 3, dtype="str") for name in frame if name != "row"})
    return inserted(database, table, empty)


@harmless
def write_numbers_in_another_form(database, generator):
    forms = (
        lambda text: f"+{text}",
        lambda text: f"{text}e0",
        lambda text: f"000{text}",
        lambda text: f"{text}000" if "." in text else f"{text}.0",
    )
    form = forms[int(generator.integers(len(forms)))]
    at = place(database, "assay", generator)
    database = set_cells(database, "assay", generator.choice(["from", "to", *GRADES]), at, form)
    return set_cells(database, "collar", "easting", place(database, "collar", generator), form)

"""Surveys that are lost, turned, swapped or copied."""

import numpy as np
import pandas as pd

from corruptions.catalogue import found_by, hole, inserted, of_hole, place, plus, set_cells, times, without


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

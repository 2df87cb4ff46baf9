"""Collars in the wrong place, unit or depth."""

import numpy as np

from corruptions.catalogue import found_by, place, plus, set_cells, times


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

"""Values in another unit, cut, filled down or of another sample."""

import numpy as np
from databases import GRADES

from corruptions.catalogue import found_by, hole, of_hole, place, set_cells, times


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

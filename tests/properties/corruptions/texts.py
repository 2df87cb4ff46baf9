"""Junk, decimal commas and gaps where numbers belong."""

from databases import GRADES

from corruptions.catalogue import INTERVALS, JUNK, found_by, place, set_cells


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

"""Changes of the tables that must leave every number as it was."""

import pandas as pd
from databases import GRADES

from corruptions.catalogue import harmless, inserted, place, set_cells


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

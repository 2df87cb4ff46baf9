"""The catalogue of corruptions, and what they are made of."""

import numpy as np
import pandas as pd

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

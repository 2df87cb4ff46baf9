"""The columns of every table by their vocabulary names: what each must have, and what it may have."""

from dataclasses import dataclass

from scandia.vocabulary import (
    AZIMUTH,
    CAMPAIGN,
    DENSITY,
    DEPTH,
    DIP,
    EASTING,
    ELEVATION,
    FROM,
    HOLE,
    LENGTH,
    LITHOLOGY,
    NORTHING,
    SAMPLE,
    TO,
    WORLD,
)


@dataclass(frozen=True)
class Layout:
    """Columns of one table: keys and required ones must have a value in every row, optional ones may be left out."""

    keys: tuple[str, ...] = ()  # numbers that with the hole make the key
    required: tuple[str, ...] = ()  # numbers that must have a value
    numbers: tuple[str, ...] = ()  # numbers that may be missing
    texts: tuple[str, ...] = ()  # texts whose column must be there; cells may be missing
    optional: tuple[str, ...] = ()  # texts and numbers whose column may be left out
    has_hole: bool = True

    @property
    def mandatory(self):
        """Names that the config must map to a column."""
        return ((HOLE,) if self.has_hole else ()) + self.keys + self.required + self.numbers + self.texts


LAYOUTS = {
    "collar": Layout(required=(EASTING, NORTHING, ELEVATION), optional=(DEPTH, CAMPAIGN, AZIMUTH, DIP)),
    "survey": Layout(keys=(DEPTH,), required=(AZIMUTH, DIP)),
    "assay": Layout(keys=(FROM, TO), optional=(SAMPLE, "batch", "laboratory")),
    "lithology": Layout(keys=(FROM, TO), texts=(LITHOLOGY,)),
    "density": Layout(keys=(FROM, TO), numbers=(DENSITY,), optional=("method",)),
    "qc": Layout(
        texts=(SAMPLE, "type", "reference", "parent", "batch"), optional=("date", "sequence", "laboratory"), has_hole=False
    ),
}
NUMBERS = (*WORLD, DEPTH, FROM, TO, LENGTH, AZIMUTH, DIP, DENSITY, "sequence")  # names whose cells are numbers in every table
LOCATED_NAMES = (*WORLD, LENGTH, HOLE, FROM, TO, SAMPLE, LITHOLOGY)
INTERCEPT_NAMES = (HOLE, FROM, TO, LENGTH, "including", "sc_ppm", "sc2o3_ppm", "treo_y_percent", "magnet_reo_percent")
CLAIM_NAMES = (
    *("claim", "check", HOLE, FROM, TO, "column", "operands"),
    *("value", "unit", "tolerance", "note", "source"),
)


RAW_TABLES = ("collar", "survey", "assay", "lithology", "density")  # keys of the config; others: further assays, controls


def names_of(kind, *, in_intervals=False):
    """Vocabulary names that a table of a kind of `LAYOUTS` may map; a survey in intervals has from and to for its depth."""
    layout = LAYOUTS[kind]
    names = (*layout.mandatory, *layout.optional)
    return tuple(part for name in names for part in ((FROM, TO) if in_intervals and name == DEPTH else (name,)))

"""The config section that says what the raw tables are."""

from typing import Literal

from scandia.drillholes.settings_checks import DEPTH_TOLERANCE, Checks, Desurvey
from scandia.errors import SettingError
from scandia.settings import setting, settings

__all__ = ["DEPTH_TOLERANCE", "Analyte", "Checks", "Desurvey", "Drillholes", "Intercepts", "Published", "Table"]


@settings
class Table:
    """One delimited text file and how to read it; nothing is guessed."""

    file: str = setting("File name below `drillholes.root`.")
    columns: dict[str, str] = setting("Vocabulary name to column name in the file.")
    separator: str = setting("Field separator.", default=",")
    decimal: Literal[".", ","] = setting("Decimal mark.", default=".")
    encoding: str = setting("Text encoding.", default="utf-8-sig")
    comment: str | None = setting("Lines that start with this text are skipped.", default="#")
    missing: tuple[str, ...] = setting("Texts that mean 'no value' in every column of this table.", default=("",))


@settings
class Drillholes:
    """The drillhole tables of a deposit."""

    root: str = setting("Folder of the tables, relative to the folder snakemake runs in.")
    collar: Table = setting("Collar table: hole, easting, northing, elevation, depth (end of hole); campaign if known.")
    survey: Table | None = setting("Survey table: hole, depth, azimuth, dip.", default=None)
    assay: Table | None = setting("Assay table: hole, from, to; sample if known; analytes name their own columns.", default=None)
    lithology: Table | None = setting("Logged intervals: hole, from, to, lithology.", default=None)
    density: Table | None = setting("Density measurements: hole, from, to, density (t/m3).", default=None)
    dip_sign: Literal["negative_down", "positive_down"] = setting("Which sign of the survey's dip points down the hole.")
    survey_missing: Literal["error", "collar"] = setting(
        "A hole without survey is an error, or is drilled straight along azimuth and dip of the collar table.", default="error"
    )
    checks: Checks = setting("Limits of the checks.", factory=Checks)
    desurvey: Desurvey = setting("How positions along the holes are computed.", factory=Desurvey)


@settings
class Analyte:
    """One grade: what the laboratory reported, and what flows on."""

    label: str = setting("Name in tables and pictures, such as Sc₂O₃.")
    unit: Literal["ppb", "ppm", "g/t", "%"] = setting("Unit that flows on.")
    species: str = setting("Element, oxide or sum that flows on, such as Sc2O3.")
    column: str | None = setting("Column of the assay table.", default=None)
    column_unit: Literal["ppb", "ppm", "g/t", "%"] | None = setting("Unit of that column.", default=None)
    column_species: str | None = setting("Element or oxide of that column, such as Sc.", default=None)
    sum_of: tuple[str, ...] = setting("Analytes that add up to this one, in place of a column.", default=())
    below_detection: float | Literal["missing"] = setting(
        "Value of a `<limit` text as a fraction of the limit, or missing.", default=0.5, ge=0, le=1
    )
    missing: tuple[str, ...] = setting("Texts of this column that mean 'no value', such as NS or -0.02.", default=())
    minimum: float = setting("Smallest plausible value of the column, in its unit.", default=0.0)
    maximum: float = setting("Largest plausible value of the column, in its unit.", default=1e6, gt=0)
    typical: tuple[float, float] | None = setting(
        "Plausible range of the median of the positive values, in the unit that flows on; outside, a unit must be wrong.",
        default=None,
    )

    def __post_init__(self):
        if (self.column is None) == (not self.sum_of):
            message = f"analyte {self.label}: give either a column or sum_of, not {'neither' if self.column is None else 'both'}"
            raise SettingError(message)
        if self.column is not None and (self.column_unit is None or self.column_species is None):
            message = f"analyte {self.label}: column {self.column} needs column_unit and column_species"
            raise SettingError(message)


@settings
class Intercepts:
    """Rules of the table of significant intercepts."""

    analyte: str = setting("Analyte of the cut-off.")
    cutoff: float = setting("Cut-off of an intercept, in the analyte's unit.", gt=0)
    including_cutoff: float | None = setting("Second cut-off of the 'including' rows.", default=None, gt=0)
    minimum_length: float = setting("Shortest intercept, m.", default=2.0, gt=0)
    maximum_dilution: float = setting("Longest run below the cut-off inside an intercept, m.", default=5.0, ge=0)


@settings
class Published:
    """Published tables that are checked against each other and against the drillholes."""

    intercepts: Table = setting("Intercepts: hole, from, to, length, including (0 or 1), Sc and Sc2O3 in ppm, TREO+Y in %.")
    claims: Table = setting("Claims of the text: claim, value, unit, source, check.")
    source: str = setting("What was published, where and when.")

"""The config sections that say where a raw table is, how it is written, and in which units and conventions."""

import re
from dataclasses import replace
from typing import Literal

from scandia.settings import DATE_MEANING, check_decision, refuse, setting, settings
from scandia.units import METRES

SQL = ("sqlite", "postgresql")
CONNECT_TIMEOUT = 30  # s
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@settings
class Table:
    """One raw table: where it is, how it is written, and in which units and conventions; nothing is guessed."""

    file: str = setting("File below `root`; for a table of PostgreSQL the name that messages give it.")
    columns: dict[str, str] = setting("Vocabulary name to column name in the file.")
    root: str | None = setting("Folder of this file, where it is not `drillholes.root`.", default=None)
    format: Literal["text", "geoeas", "excel", "parquet", "sqlite", "postgresql"] = setting(
        "Delimited text, Geo-EAS (GSLIB), an Excel workbook (.xlsx, .xlsm), Parquet, a SQLite file, or a PostgreSQL database.",
        default="text",
    )
    sheet: str | None = setting("Sheet of a workbook; required there.", default=None)
    relation: str | None = setting(
        "Table or view of a database, with its schema if any: assays, or geology.assays.", default=None
    )
    query: str | None = setting("One SELECT in place of `relation`.", default=None)
    database: str = setting(
        "Name of the environment variable that holds the address of the PostgreSQL database; never the address.",
        default="SCANDIA_DATABASE",
    )
    separator: str = setting("Field separator.", default=",")
    decimal: Literal[".", ","] = setting("Decimal mark.", default=".")
    thousands: Literal[",", ".", " ", "'", "\u00a0", "\u202f"] | None = setting("Mark between thousands.", default=None)
    encoding: str = setting(
        "Text encoding, such as utf-8, cp1252, latin-1 or utf-16; utf-8-sig is UTF-8 with or without byte-order mark.",
        default="utf-8-sig",
    )
    header_row: int | None = setting(
        "Line or row of the column names; null takes the first that is not blank.", default=None, ge=1, le=1_000_000
    )
    skip_rows: int = setting(
        "Lines or rows below the column names that are no data, such as units.", default=0, ge=0, le=1_000_000
    )
    comment: str | None = setting(
        "Lines or rows that start with this text, such as '#', are skipped and counted; null skips none.", default=None
    )
    missing: tuple[str, ...] = setting("Texts that mean 'no value' in every column of this table.", default=("",))
    column_missing: dict[str, tuple[str, ...]] = setting(
        "Column name to texts that mean 'no value' in it alone, as {DIP: ['-99', '-5']}; a number however it is written.",
        factory=dict,
    )
    sparse: bool = setting(
        "Rows with nothing but their keys are no records: a survey or a density that stands in the assay table.", default=False
    )
    depth_unit: Literal["m", "ft", "us_ft"] = setting("Unit of depths: metres, international feet, US survey feet.", default="m")
    coordinate_unit: Literal["m", "ft", "us_ft"] = setting("Unit of easting, northing and elevation.", default="m")
    azimuth_reference: Literal["grid", "true", "magnetic"] = setting("North that azimuths are counted from.", default="grid")
    declination: float | None = setting("Magnetic north east of true north, degrees.", default=None, ge=-180, le=180)
    convergence: float | None = setting("Grid north east of true north, degrees.", default=None, ge=-180, le=180)
    dip_sign: Literal["negative_down", "positive_down"] | None = setting(
        "Sign of this table's dip, where it is not `drillholes.dip_sign`.", default=None
    )
    station: Literal["from", "middle", "to"] | None = setting(
        "Depth at which the direction of a survey in intervals (from, to) holds; null for a survey in points (depth).",
        default=None,
    )

    def __post_init__(self):
        refuse(_faults(self), f"table {self.file}: ")

    @property
    def label(self):
        """Name of the table in messages: its file, and its sheet or relation."""
        part = self.sheet or self.relation
        return f"{self.file} [{part}]" if part else self.file

    def as_read(self):
        """The same table once it has been read: only its name, columns, conventions and number marks still matter."""
        return replace(self, file=self.label, format="text", sheet=None, relation=None, query=None)

    @property
    def depth_factor(self):
        """Metres in one unit of depth."""
        return METRES[self.depth_unit]

    @property
    def coordinate_factor(self):
        """Metres in one unit of the coordinates."""
        return METRES[self.coordinate_unit]

    @property
    def azimuth_shift(self):
        """Degrees that turn this table's azimuths into those from grid north."""
        if self.azimuth_reference == "grid":
            return 0.0
        magnetic = self.declination if self.azimuth_reference == "magnetic" else 0.0
        return magnetic - self.convergence


def _faults(table):
    """Pairs of whether something is wrong, and what."""
    sql, north = table.format in SQL, table.azimuth_reference
    yield (
        len(table.separator) != 1 or table.separator in '"\n\r\0',
        f"the separator is {table.separator!r}; it must be one character, such as ',' or ';' or a tab, and no quotation mark or "
        "end of line",
    )
    yield table.thousands == table.decimal, f"decimal and thousands mark are both {table.decimal!r}"
    yield (table.format == "excel") != (table.sheet is not None), "an Excel workbook needs `sheet`, and nothing else takes one"
    given = [text for text in (table.relation, table.query) if text is not None]
    yield len(given) != int(sql), "SQL needs one of `relation` and `query`, and nothing else takes them"
    # The value is not repeated: it may be an address with a password.
    yield (
        _VARIABLE.fullmatch(table.database) is None,
        "`database` is not the name of an environment variable, such as SCANDIA_DATABASE",
    )
    yield north != "grid" and table.convergence is None, f"azimuths from {north} north need `convergence` (0 if it is none)"
    yield north == "magnetic" and table.declination is None, "azimuths from magnetic north need `declination`"
    yield (
        north == "grid" and (table.convergence or table.declination),
        "azimuths from grid north take no declination or convergence",
    )


@settings
class Straight:
    """Permission to take holes without survey as straight; every such hole is a warning that repeats it."""

    holes: tuple[str, ...] | Literal["all"] = setting("Holes by name, or all that have no survey and stand in no other entry.")
    azimuth: float | None = setting(
        "Azimuth, as the collar table counts azimuths, degrees; without it and dip the hole's own in the collar table.",
        default=None,
        ge=0,
        le=360,
    )
    dip: float | None = setting("Dip, in the sign of the collar table, degrees.", default=None, ge=-90, le=90)
    reason: str = setting("Why this may be taken.")
    who: str = setting("Name of the person who decided.")
    date: str | None = setting(DATE_MEANING, default=None)

    def __post_init__(self):
        refuse([((self.azimuth is None) != (self.dip is None), "give azimuth and dip, or neither")], "Straight.")
        check_decision(self, "reason", "who")


@settings
class Corrections:
    """A table of corrections: table, hole, from, column, old, new, reason, who; in UTF-8, with commas."""

    file: str = setting("File below `root`.")
    root: str | None = setting("Folder of the file, where it is not `drillholes.root`.", default=None)


@settings
class Located:
    """The other doors: samples that are desurveyed already, or ready composites; the flow begins with them."""

    kind: Literal["samples", "composites"] = setting("Samples are composited in their holes; composites are taken as they are.")
    table: Table = setting(
        "easting, northing; elevation, length, hole, from, to, sample, lithology where known; analytes name their own columns."
    )
    elevation: float | None = setting("Elevation of all, where the table has none: data in a plane, m.", default=None)
    length: float | None = setting("Length of all, where the table has neither from and to nor a length, m.", default=None, gt=0)
    lithology: str | None = setting("Logged code of all, where the table has none.", default=None)

    def __post_init__(self):
        refuse(_located_faults(self, self.table.columns), "drillholes.located: ")


def _located_faults(located, columns):
    """Pairs of whether something is wrong, and what."""
    interval = {"from", "to"} <= set(columns)
    for name, value in (("elevation", located.elevation), ("lithology", located.lithology)):
        yield (name in columns) == (value is not None), f"give `{name}` as a column or as one value, not both and not neither"
    yield (
        (interval or "length" in columns) == (located.length is not None),
        "give from and to, or a length, as columns or one value",
    )
    yield located.kind == "samples" and not (interval and "hole" in columns), "samples need hole, from and to; composites do not"
    yield interval and "hole" not in columns, "from and to need hole"

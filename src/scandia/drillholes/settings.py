"""The config section that says what the raw tables are."""

from typing import Literal

from scandia.drillholes.layouts import RAW_TABLES
from scandia.drillholes.rare_earths import SUMS
from scandia.drillholes.settings_checks import DEPTH_TOLERANCE, Checks, Desurvey
from scandia.drillholes.sources import CONNECT_TIMEOUT, SQL, Corrections, Located, Straight, Table
from scandia.errors import SettingError
from scandia.settings import FILE_NAME_WORDS, is_file_name, refuse, setting, settings

__all__ = ["DEPTH_TOLERANCE", "Analyte", "Checks", "Desurvey", "Drillholes", "Published", "Table"]


@settings
class Drillholes:
    """The drillhole tables of a deposit."""

    root: str = setting("Folder of the tables, relative to the folder snakemake runs in.")
    collar: Table | None = setting(
        "Collar table: hole, easting, northing, elevation, depth (end of hole); campaign, azimuth and dip if known.", default=None
    )
    survey: Table | None = setting("Survey table: hole, depth (or from and to with `station`), azimuth, dip.", default=None)
    assay: Table | None = setting(
        "Assay table: hole, from, to; sample, batch and laboratory if known; analytes name their own columns.", default=None
    )
    assays: dict[str, Table] = setting(
        "Further assay tables by a name that analytes give as `table`: split at all breaks and put beside the first.",
        factory=dict,
    )
    lithology: Table | None = setting("Logged intervals: hole, from, to, lithology.", default=None)
    lithology_of_all: str | None = setting(
        "Code of all rock from the collar to the end of every hole, in place of a lithology table where nothing was logged.",
        default=None,
    )
    density: Table | None = setting("Density measurements: hole, from, to, density (t/m3); method if known.", default=None)
    located: Located | None = setting("Desurveyed samples or ready composites, in place of all tables above.", default=None)
    corrections: Corrections | None = setting("Corrections that are applied to the raw tables, and listed.", default=None)
    dip_sign: Literal["negative_down", "positive_down"] | None = setting(
        "Which sign of a dip points down the hole; required, but for `located`.", default=None
    )
    straight: tuple[Straight, ...] = setting(
        "Permissions for holes without survey, which are errors otherwise: along a direction, or along that of their collars.",
        default=(),
    )
    connect_timeout: int = setting(
        "Seconds that connecting to a PostgreSQL database may take.", default=CONNECT_TIMEOUT, ge=2, le=3600
    )
    checks: Checks = setting("Limits of the checks.", factory=Checks)
    desurvey: Desurvey = setting("How positions along the holes are computed.", factory=Desurvey)

    def __post_init__(self):
        refuse(_drillhole_faults(self), "Drillholes.")


def _drillhole_faults(drillholes):
    """Pairs of whether something is wrong, and what."""
    raw = [name for name in RAW_TABLES if getattr(drillholes, name) is not None]
    located = drillholes.located is not None
    yield not located and drillholes.collar is None, "collar: a collar table is required (or `located` samples in place of all)"
    yield (
        located and (raw or drillholes.assays),
        f"located: takes the place of the other tables, but {', '.join(raw)} stands there",
    )
    yield not located and drillholes.dip_sign is None, "dip_sign: this key is required and missing"
    yield drillholes.assays and drillholes.assay is None, "assays: further assay tables need the first one, `assay`"
    wrong = [name for name in drillholes.assays if not is_file_name(name)]
    yield wrong, f"assays: {wrong[:1]} cannot name a table; it names a file, so {FILE_NAME_WORDS}"
    # Whatever their case, for there are file systems that do not tell one from the other.
    folded = [name.casefold() for name in drillholes.assays]
    yield len(set(folded)) < len(folded), "assays: two names differ in capitals only"
    taken = set(folded) & {*RAW_TABLES, "qc", "located"}
    yield taken, f"assays: {', '.join(sorted(taken))} is the name of another table"
    logged = drillholes.lithology is not None or located
    of_all = drillholes.lithology_of_all is not None
    yield of_all and logged, "lithology_of_all: stands in place of a lithology table; give one of the two"
    yield from _straight_faults(drillholes)
    survey = drillholes.survey
    station = survey is not None and survey.station is not None
    yield survey is not None and station == ("depth" in survey.columns), "survey: map depth, or from and to and say `station`"


def _straight_faults(drillholes):
    """Pairs of whether something is wrong with the permissions of holes without survey, and what."""
    named = [hole for permission in drillholes.straight if permission.holes != "all" for hole in permission.holes]
    twice = next((hole for hole in named if named.count(hole) > 1), None)
    yield twice is not None, f"straight: names hole {twice!r} twice; each hole is permitted once"
    yield sum(permission.holes == "all" for permission in drillholes.straight) > 1, "straight: two entries are for all holes"
    own = any(permission.azimuth is None for permission in drillholes.straight)
    columns = {} if drillholes.collar is None else drillholes.collar.columns
    missing = [name for name in ("azimuth", "dip") if name not in columns]
    unmapped = " and no ".join(missing)
    words = f"straight: an entry without azimuth and dip takes those of the collar, and collar.columns maps no {unmapped}"
    yield own and bool(missing), words


@settings
class Analyte:
    """One grade: what the laboratory reported, and what flows on."""

    label: str = setting("Name in tables and pictures, such as Sc₂O₃.")
    unit: Literal["ppb", "ppm", "g/t", "%"] = setting("Unit that flows on.")
    species: str = setting("Element, oxide or sum that flows on, such as Sc2O3.")
    column: str | None = setting("Column of the assay table.", default=None)
    table: str | None = setting("Name of the further assay table that has the column (`drillholes.assays`).", default=None)
    column_unit: Literal["ppb", "ppm", "g/t", "kg/t", "%", "oz/t", "oz/st"] | None = setting(
        "Unit of that column; oz/t and oz/st are troy ounces per tonne and per short ton.", default=None
    )
    column_species: str | None = setting("Element or oxide of that column, such as Sc.", default=None)
    sum_of: tuple[str, ...] = setting(
        "Analytes that add up to this one, in place of a column. Without either, the species TREO (oxides of La to Lu), TREO+Y "
        "(these and of Y) and MREO (magnet oxides: of Nd, Pr, Dy and Tb) take the analytes that are those oxides.",
        default=(),
    )
    below_detection: float | Literal["missing"] = setting(
        "Value of a `<limit` text as a fraction of the limit, 0 to 1, or missing.", default=0.5
    )
    above_detection: float | Literal["missing", "error"] = setting(
        "Value of a `>limit` text as a multiple of the limit, 1 or more, or missing; an error until it is chosen.",
        default="error",
    )
    limit_codes: dict[str, float] = setting(
        "Texts or numbers that mean 'below this limit', in the column's unit: {'0.005': 0.01, '-5': 5, BDL: 0.01}.",
        factory=dict,
    )
    missing: tuple[str, ...] = setting("Texts of this column that mean 'no value', such as NS or -0.02.", default=())
    minimum: float = setting("Smallest plausible value of the column, in its unit.", default=0.0)
    maximum: float = setting("Largest plausible value of the column, in its unit.", default=1e6, gt=0)
    typical: tuple[float, float] | None = setting(
        "Plausible range of the median of the positive values, in the unit that flows on; outside, a unit must be wrong.",
        default=None,
    )

    def __post_init__(self):
        if (self.column is None) == (not self.sum_of) and not (self.column is None and self.species in SUMS):
            message = f"analyte {self.label}: give either a column or sum_of, not {'neither' if self.column is None else 'both'}"
            raise SettingError(message)
        # Checked here: bounds in the schema would be held against the words, too.
        for key, low, high in (("below_detection", 0.0, 1.0), ("above_detection", 1.0, float("inf"))):
            share = getattr(self, key)
            if not isinstance(share, str) and not low <= share <= high:
                message = f"Analyte.{key} is {share}; it must be {low:g} to {high:g}, or a word"
                raise SettingError(message)
        if self.column is not None and (self.column_unit is None or self.column_species is None):
            message = f"analyte {self.label}: column {self.column} needs column_unit and column_species"
            raise SettingError(message)


@settings
class Published:
    """Published tables that are checked against each other and against the drillholes."""

    intercepts: Table = setting("Intercepts: hole, from, to, length, including (0 or 1), Sc and Sc2O3 in ppm, TREO+Y in %.")
    claims: Table = setting("Claims of the text: claim, value, unit, source, check.")
    source: str = setting("What was published, where and when.")

    def __post_init__(self):
        for name in ("intercepts", "claims"):
            form = getattr(self, name).format
            refuse([(form in SQL, f"format is {form!r}; published tables are read from files")], f"{name}.")

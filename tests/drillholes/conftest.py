"""A small clean database as CSV text, and one call that reads and validates it with some files replaced."""

from types import SimpleNamespace

import pytest

from scandia.drillholes.findings import concat
from scandia.drillholes.settings import Analyte, Checks, Drillholes, Table
from scandia.drillholes.settings_checks import Ignored
from scandia.drillholes.shaping import shape
from scandia.drillholes.validation import validate
from scandia.io.tables import read_raw

COLUMNS = {
    "collar": {"hole": "BHID", "easting": "X", "northing": "Y", "elevation": "Z", "depth": "EOH"},
    "survey": {"hole": "BHID", "depth": "AT", "azimuth": "AZ", "dip": "DIP"},
    "assay": {"hole": "BHID", "from": "FROM", "to": "TO", "sample": "SAMPLE"},
    "lithology": {"hole": "BHID", "from": "FROM", "to": "TO", "lithology": "ROCK"},
    "density": {"hole": "BHID", "from": "FROM", "to": "TO", "density": "SG"},
}
CLEAN = {
    "collar": "BHID,X,Y,Z,EOH\nA,1000,2000,300,10\nB,1050,2000,305,10\n",
    "survey": "BHID,AT,AZ,DIP\nA,0,90,-60\nA,10,91,-60\nB,0,90,-50\nB,10,90,-50\n",
    "assay": "BHID,FROM,TO,SAMPLE,Sc\nA,0,5,S1,100\nA,5,10,S2,150\nB,0,5,S3,<0.5\nB,5,10,S4,200\n",
    "lithology": "BHID,FROM,TO,ROCK\nA,0,10,FS\nB,0,10,SY\n",
    "density": "BHID,FROM,TO,SG\nA,1,1.1,3.1\nB,2,2.1,3.2\n",
}
SCANDIUM = Analyte(
    label="Sc₂O₃", unit="g/t", species="Sc2O3", column="Sc", column_unit="ppm", column_species="Sc", maximum=1000.0
)


@pytest.fixture
def database(tmp_path):
    """A function: replaced files as text, missing files as None → tables, findings, rows, and the errors' rules."""
    return _database(tmp_path)


@pytest.fixture(scope="session")
def shared_database(tmp_path_factory):
    """The same function for property tests, which share one folder and rewrite it."""
    return _database(tmp_path_factory.mktemp("database"))


@pytest.fixture(scope="session")
def clean():
    """The texts of the clean database by table."""
    return CLEAN


def _database(tmp_path):
    def run(
        *,
        analytes=None,
        surface=None,
        columns=None,
        missing=("",),
        dip_sign="negative_down",
        straight=(),
        codes=None,
        ignored=None,
        lost_core=(),
        **files,
    ):
        given = {**CLEAN, **files}
        named = {**COLUMNS, **(columns or {})}
        tables = {
            name: Table(file=f"{name}.csv", columns=named[name], missing=missing) if given[name] is not None else None
            for name in CLEAN
        }
        why = {name: Ignored(reason=item.reason, who=item.who) for name, item in (ignored or {}).items()}
        checks = Checks(ignored=why, lost_core=lost_core)
        settings = Drillholes(root=str(tmp_path), dip_sign=dip_sign, straight=straight, checks=checks, **tables)
        analytes = {"Sc2O3": SCANDIUM} if analytes is None else analytes
        raw, reading = {}, []
        for name, text in given.items():
            if text is None:
                continue
            (tmp_path / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
            extra = tuple(analyte.column for analyte in analytes.values() if analyte.column) if name == "assay" else ()
            raw[name], found = read_raw(tmp_path / f"{name}.csv", tables[name], f"{name}.csv", extra=extra)
            reading.append(found)
        raw, shaped, found = shape(raw, settings)
        reading = concat([*reading, found])
        clean, findings, rows = validate(raw, shaped, analytes, surface=surface, codes=codes, reading=reading)
        by_severity = {severity: list(part["rule"]) for severity, part in findings.groupby("severity")}
        return SimpleNamespace(
            tables=clean,
            findings=findings,
            rows=rows.set_index("table"),
            errors=by_severity.get("error", []),
            warnings=by_severity.get("warning", []),
            notes=by_severity.get("note", []),
            raw=raw,
            settings=settings,
            analytes=analytes,
        )

    return run

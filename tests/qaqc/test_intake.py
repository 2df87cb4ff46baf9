"""Control samples from their file through the checks of the database to the verdict."""

import pytest

from scandia.drillholes.assays import check_all
from scandia.drillholes.settings import Analyte, Drillholes, Table
from scandia.io.deposit import take_in
from scandia.qaqc.settings import Certified, QualityControl
from scandia.qaqc.verdict import judge, overall

SC = {"sc": Analyte(label="Sc", unit="ppm", species="Sc", column="Sc", column_unit="ppm", column_species="Sc")}
QC = ("sample", "type", "reference", "parent", "batch")
SETTINGS = QualityControl(
    table=Table(file="qc.csv", columns={name: name for name in QC}),
    standards={"A": {"sc": Certified(value=100.0, deviation=4.0)}},
    analytes=("sc",),
    detection_limits={"sc": 0.5},
)
STANDARD = "Q1,standard,A,,B1,101\n"
PAIRS = "".join(f"U{i},umpire_duplicate,,S{i},B1,{{0[{i}]}}\n" for i in range(6))
CORE = [100.0 + 7 * i for i in range(6)]


@pytest.fixture
def flow(tmp_path):
    """Makes checked tables of lines of the table of control samples."""
    (tmp_path / "collar.csv").write_text("Hole,E,N,Z,EOH\nA,0,0,0,6\n")
    (tmp_path / "survey.csv").write_text("Hole,At,Az,Dip\nA,0,0,-90\n")
    core = "".join(f"A,{i},{i + 1},S{i},B1,{value}\n" for i, value in enumerate(CORE))
    (tmp_path / "assay.csv").write_text("hole,from,to,sample,batch,Sc\n" + core)
    place = {"easting": "E", "northing": "N", "elevation": "Z", "depth": "EOH"}
    drillholes = Drillholes(
        root=str(tmp_path),
        dip_sign="negative_down",
        collar=Table(file="collar.csv", columns={"hole": "Hole", **place}),
        survey=Table(file="survey.csv", columns={"hole": "Hole", "depth": "At", "azimuth": "Az", "dip": "Dip"}),
        assay=Table(file="assay.csv", columns={name: name for name in ("hole", "from", "to", "sample", "batch")}),
    )

    def run(lines, settings=SETTINGS):
        (tmp_path / "qc.csv").write_text(",".join([*QC, "Sc"]) + "\n" + lines)
        taken = take_in(drillholes, SC, settings)
        return check_all(taken.raw, drillholes, SC, quality_control=taken.quality_control, reading=taken.findings)[0]

    return run


def judged(checked):
    return judge(checked.tables["qc"], checked.tables["assay"], SETTINGS, SC)


def errors(checked):
    found = checked.findings[checked.findings["severity"] == "error"]
    return found[["file", "row", "rule", "column", "value"]].values.tolist()


def test_an_umpire_row_goes_from_its_file_to_the_verdict(flow):
    checked = flow(STANDARD + PAIRS.format(CORE))
    assert errors(checked) == []
    tables = judged(checked)
    verdict = tables["verdict"].set_index("check")
    assert verdict.loc["umpire_duplicate", ["judged", "verdict"]].tolist() == [1, "pass"]
    assert tables["insertion"].set_index("type").loc["umpire_duplicate", "count"] == 6
    assert overall(tables) == "pass"


def test_a_biased_umpire_laboratory_fails_the_whole_by_its_bias_alone(flow):
    """Every pair is within 0.10 (half of 8 % is about 0.04), yet all of them lie 8 % high: more than the limit of bias of 5 %."""
    tables = judged(flow(STANDARD + PAIRS.format([1.08 * value for value in CORE])))
    verdict = tables["verdict"].set_index("check")["verdict"]
    assert verdict["umpire_duplicate"] == verdict["batches"] == "pass"
    assert verdict["umpire_bias"] == "fail"
    assert overall(tables) == "fail"

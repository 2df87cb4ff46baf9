"""Quality control of assays merged from several tables: each table's samples are judged by their own batch."""

import pandas as pd
import pytest

from scandia.drillholes.assays import check_all
from scandia.drillholes.settings import Analyte, Drillholes, Table
from scandia.io.deposit import take_in
from scandia.qaqc.core import tables_of
from scandia.qaqc.hold_out import hold_out
from scandia.qaqc.settings import Certified, QualityControl
from scandia.qaqc.verdict import judge

QC = ("sample", "type", "reference", "parent", "batch")
FAILS_IN_ICP = (
    "Q1,standard,A,,F1,1,\nQ2,standard,B,,P1,,100\nQ3,standard,B,,P2,,500\nQ4,pulp_duplicate,,S2,F1,2,\nQ5,blank,W,,P1,,0\n"
)
FAILS_IN_FIRE = "Q1,standard,A,,F1,9,\nQ2,standard,B,,P1,,100\nQ3,standard,B,,P2,,100\n"


def analyte(column, table=None):
    words = {"label": column, "unit": "ppm", "species": column, "column": column, "column_unit": "ppm", "column_species": column}
    return Analyte(**words, table=table)


ANALYTES = {
    "au": analyte("Au"),
    "la": analyte("La", "icp"),
    "sum": Analyte(label="s", unit="ppm", species="s", sum_of=("au", "la")),
}
COLUMNS = {name: name for name in ("hole", "from", "to", "sample", "batch", "laboratory")}
SETTINGS = QualityControl(
    table=Table(file="qc.csv", columns={name: name for name in QC}),
    standards={"A": {"au": Certified(value=1.0, deviation=0.1)}, "B": {"la": Certified(value=100.0, deviation=4.0)}},
    analytes=("au", "la"),
    detection_limits={"au": 0.1, "la": 0.1},
    on_failure="hold_out",
)


@pytest.fixture
def flow(tmp_path):
    """Makes merged assays and their verdicts of lines of the table of control samples."""
    (tmp_path / "collar.csv").write_text("hole,E,N,Z,EOH\nA,0,0,0,10\n")
    (tmp_path / "survey.csv").write_text("hole,At,Az,Dip\nA,0,0,-90\n")
    head = "hole,from,to,sample,batch,laboratory,"
    (tmp_path / "fire.csv").write_text(head + "Au\nA,0,4,S1,F1,X,1\nA,4,8,S2,F1,X,2\n")
    (tmp_path / "icp.csv").write_text(head + "La\nA,0,2,S1,P1,Y,10\nA,2,6,S2,P2,Y,20\nA,8,10,S3,P2,Y,30\n")
    place = {"easting": "E", "northing": "N", "elevation": "Z", "depth": "EOH"}
    drillholes = Drillholes(
        root=str(tmp_path),
        dip_sign="negative_down",
        collar=Table(file="collar.csv", columns={"hole": "hole", **place}),
        survey=Table(file="survey.csv", columns={"hole": "hole", "depth": "At", "azimuth": "Az", "dip": "Dip"}),
        assay=Table(file="fire.csv", columns=COLUMNS),
        assays={"icp": Table(file="icp.csv", columns=COLUMNS)},
    )

    def run(lines):
        (tmp_path / "qc.csv").write_text(",".join([*QC, "Au", "La"]) + "\n" + lines)
        taken = take_in(drillholes, ANALYTES, SETTINGS)
        options = {"quality_control": taken.quality_control, "reading": taken.findings}
        tables = check_all(taken.raw, taken.drillholes, ANALYTES, **options)[0].tables
        return tables["assay"], judge(tables["qc"], tables["assay"], SETTINGS, ANALYTES)

    return run


def test_pieces_keep_sample_batch_and_laboratory_of_each_table(flow):
    assay, _ = flow(FAILS_IN_ICP)
    names = ["from", "to", "batch", "laboratory", "batch_icp", "laboratory_icp", "sample_icp"]
    assert assay[names].astype(object).where(assay[names].notna(), None).values.tolist() == [
        [0.0, 2.0, "F1", "X", "P1", "Y", "S1"],
        [2.0, 4.0, "F1", "X", "P2", "Y", "S2"],
        [4.0, 6.0, "F1", "X", "P2", "Y", "S2"],
        [6.0, 8.0, "F1", "X", None, None, None],
        [8.0, 10.0, None, None, "P2", "Y", "S3"],
    ]


def test_a_failed_batch_of_the_further_table_holds_out_its_analytes_and_sums_alone(flow):
    assay, tables = flow(FAILS_IN_ICP)
    assert tables["batches"][["batch", "core", "verdict"]].values.tolist() == [
        ["F1", 2, "pass"],
        ["P1", 1, "pass"],
        ["P2", 2, "fail"],
    ]
    held = tables["failed_samples"]
    assert held[["table", "row", "from", "to", "sample", "batch"]].values.tolist() == [
        ["icp", 3, 2.0, 6.0, "S2", "P2"],
        ["icp", 4, 8.0, 10.0, "S3", "P2"],
    ]
    out = hold_out(assay, held, tables_of(ANALYTES))
    assert out["la"].isna().tolist() == [False, True, True, True, True]
    assert out["sum"].isna().tolist() == [False, True, True, True, True]
    pd.testing.assert_series_equal(out["au"], assay["au"])


def test_a_failed_batch_of_the_first_table_leaves_the_further_one_alone(flow):
    assay, tables = flow(FAILS_IN_FIRE)
    out = hold_out(assay, tables["failed_samples"], tables_of(ANALYTES))
    assert out["au"].isna().all() and out["sum"].isna().all()
    pd.testing.assert_series_equal(out["la"], assay["la"])


def test_rates_count_samples_not_pieces_and_a_duplicate_finds_its_parent(flow):
    _, tables = flow(FAILS_IN_ICP)
    rates = tables["rates"].set_index(["by", "group"])["core"]
    assert rates[("batch", "F1")] == 2 and rates[("batch", "P2")] == 2
    pair = tables["duplicates"].query("analyte == 'au'")
    assert pair[["original", "duplicate", "verdict"]].values.tolist() == [[2.0, 2.0, "pass"]]

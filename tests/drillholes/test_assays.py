"""Assay tables on intervals of different length: split at all breaks, metal conserved, every piece traceable."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.config.load import load
from scandia.drillholes.assays import check_all, merge_assays, merging_audit
from scandia.drillholes.settings import Analyte, Drillholes, Table
from scandia.errors import InputError, SettingError
from scandia.io.deposit import take_in
from scandia.qaqc.settings import Certified, QualityControl


def part(analyte, *rows, sample=False):
    frame = pd.DataFrame(rows, columns=["hole", "from", "to", analyte])
    frame.insert(0, "row", np.arange(2, len(rows) + 2))
    if sample:
        frame["sample"] = [f"S{row}" for row in frame["row"]]
    return frame.assign(**{f"{analyte}_censored": False})


def test_two_tables_are_split_at_all_breaks():
    gold = part("au", ("A", 0.0, 2.0, 1.0), ("A", 2.0, 4.0, 3.0), ("B", 0.0, 1.0, 5.0), sample=True)
    copper = part("cu", ("A", 1.0, 3.0, 0.5), ("A", 6.0, 7.0, 0.7))
    merged = merge_assays({"assay": gold, "icp": copper}, {"assay": ["au"], "icp": ["cu"]})
    nan = np.nan
    expected = [
        ("A", 0.0, 1.0, 1.0, nan, 2, -1, "S2"),
        ("A", 1.0, 2.0, 1.0, 0.5, 2, 2, "S2"),
        ("A", 2.0, 3.0, 3.0, 0.5, 3, 2, "S3"),
        ("A", 3.0, 4.0, 3.0, nan, 3, -1, "S3"),
        ("A", 6.0, 7.0, nan, 0.7, -1, 3, None),
        ("B", 0.0, 1.0, 5.0, nan, 4, -1, "S4"),
    ]
    columns = ["hole", "from", "to", "au", "cu", "row", "row_icp", "sample"]
    pd.testing.assert_frame_equal(merged[columns], pd.DataFrame(expected, columns=columns), check_dtype=False)
    assert not merged["au_censored"].any() and merged["cu_censored"].dtype == bool


def test_breaks_that_differ_by_the_last_bits_of_feet_are_one():
    feet = np.arange(0, 40, 10) * 0.3048
    metres = np.array([0.0, 3.048, 6.096 + 1e-12, 9.144 - 1e-12])
    gold = part("au", *(("A", top, end, 1.0) for top, end in pairwise(feet)))
    copper = part("cu", *(("A", top, end, 1.0) for top, end in pairwise(metres)))
    merged = merge_assays({"assay": gold, "icp": copper}, {"assay": ["au"], "icp": ["cu"]})
    assert len(merged) == 3 and merged[["au", "cu"]].notna().all().all()
    assert merged["from"].tolist() == feet[:-1].tolist()  # of the first table


GRADES = st.one_of(st.none(), st.floats(0, 1000))
PIECES = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 30), st.integers(0, 3), GRADES), max_size=25)


def intervals(analyte, pieces):
    """Intervals of a table that do not overlap: each begins a gap below the one before, in quarter metres."""
    ends, rows = {}, []
    for hole, length, gap, grade in pieces:
        top = ends.get(hole, 0.0) + gap / 4
        ends[hole] = top + length / 4
        rows.append((hole, top, ends[hole], np.nan if grade is None else grade))
    return part(analyte, *rows).astype({"from": float, "to": float, analyte: float, "hole": str})


@given(PIECES, PIECES, PIECES)
def test_length_and_metal_of_every_analyte_are_conserved(first, second, third):
    parts = {"assay": intervals("au", first), "icp": intervals("cu", second), "xrf": intervals("fe", third)}
    analytes = {"assay": ["au"], "icp": ["cu"], "xrf": ["fe"]}
    merged = merge_assays(parts, analytes)
    audit = merging_audit(parts, merged, analytes)
    np.testing.assert_allclose(audit["length_after"], audit["length_before"], rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(audit["metal_after"], audit["metal_before"], rtol=1e-9, atol=1e-6)
    assert (merged["to"] > merged["from"]).all()
    same = merged["hole"].eq(merged["hole"].shift())
    assert (merged["from"][same] >= merged["to"].shift()[same]).all()
    for name, column, analyte in (("assay", "row", "au"), ("icp", "row_icp", "cu"), ("xrf", "row_xrf", "fe")):
        there = merged[merged[column] >= 0].merge(parts[name], left_on=column, right_on="row", suffixes=("", "_own"))
        assert (there["hole"] == there["hole_own"]).all()
        assert ((there["from"] >= there["from_own"]) & (there["to"] <= there["to_own"])).all()
        np.testing.assert_array_equal(there[analyte], there[f"{analyte}_own"])


def test_metal_that_is_lost_is_an_error():
    gold = part("au", ("A", 0.0, 2.0, 1.0))
    with pytest.raises(InputError, match="changes the metal of au from 2 to 1"):
        merging_audit({"assay": gold}, gold.assign(to=1.0), {"assay": ["au"]})


def analyte(column, table=None, **options):
    words = {"label": column, "unit": "ppm", "species": column, "column": column, "column_unit": "ppm", "column_species": column}
    return Analyte(**words, table=table, **options)


@pytest.fixture
def deposit(tmp_path):
    (tmp_path / "collar.csv").write_text("Hole,E,N,Z,EOH\nA,0,0,0,10\n")
    (tmp_path / "survey.csv").write_text("Hole,At,Az,Dip\nA,0,0,-90\n")
    (tmp_path / "fire.csv").write_text("Hole,From,To,Id,Au\nA,0,5,S1,1\nA,5,10,S2,<0.2\n")
    (tmp_path / "icp.csv").write_text("Hole;Von;Bis;La;Ce\nA;0;2,5;10;20\nA;2,5;10;30;40\nA;9;10;x;1\nZ;0;1;1;1\n")
    keys = {"hole": "Hole", "from": "Von", "to": "Bis"}
    drillholes = Drillholes(
        root=str(tmp_path),
        dip_sign="negative_down",
        collar=Table(
            file="collar.csv", columns={"hole": "Hole", "easting": "E", "northing": "N", "elevation": "Z", "depth": "EOH"}
        ),
        survey=Table(file="survey.csv", columns={"hole": "Hole", "depth": "At", "azimuth": "Az", "dip": "Dip"}),
        assay=Table(file="fire.csv", columns={"hole": "Hole", "from": "From", "to": "To", "sample": "Id"}),
        assays={"icp": Table(file="icp.csv", columns=keys, separator=";", decimal=",")},
    )
    analytes = {"la": analyte("La", "icp"), "au": analyte("Au"), "ce": analyte("Ce", "icp")}
    analytes["sum"] = Analyte(label="sum", unit="%", species="sum", sum_of=("la", "ce", "au"))
    return drillholes, analytes


def test_a_config_with_two_tables_gives_one_with_sums_across_them(deposit):
    taken = take_in(*deposit)
    checked, audit = check_all(taken.raw, taken.drillholes, deposit[1], reading=taken.findings)
    assay = checked.tables["assay"]
    assert assay[["from", "to", "sample", "row", "row_icp"]].values.tolist() == [
        [0.0, 2.5, "S1", 2, 2],
        [2.5, 5.0, "S1", 2, 3],
        [5.0, 10.0, "S2", 3, 3],
    ]
    np.testing.assert_allclose(assay["sum"], [31e-4, 71e-4, 70.1e-4])
    assert assay["au_censored"].tolist() == [False, False, True]
    assert set(checked.findings.loc[checked.findings["severity"] == "error", "file"]) == {"icp.csv"}
    rows = checked.rows.set_index("table")
    assert rows.loc["icp", ["rows_in", "rows_used", "rows_excluded"]].tolist() == [4, 2, 2]
    assert rows.loc["assay", ["rows_in", "rows_used", "rows_excluded"]].tolist() == [2, 2, 0]
    assert audit[["analyte", "table"]].values.tolist() == [["au", "assay"], ["la", "icp"], ["ce", "icp"]]
    assert audit["metal_before"].tolist() == pytest.approx([5.5, 250.0, 350.0])


def test_control_samples_are_looked_for_in_every_assay_table(deposit):
    drillholes, analytes = deposit
    icp = replace(drillholes.assays["icp"], columns=drillholes.assays["icp"].columns | {"sample": "Nr"})
    Path(drillholes.root, "icp.csv").write_text("Hole;Von;Bis;Nr;La;Ce\nA;0;2,5;C1;10;20\nA;2,5;10;P9;30;40\n")
    Path(drillholes.root, "qc.csv").write_text("Nr,Kind,Ref,Of,Lot,La\nP9,standard,STD1,,B1,30\n")
    names = {"sample": "Nr", "type": "Kind", "reference": "Ref", "parent": "Of", "batch": "Lot"}
    control = QualityControl(
        table=Table(file="qc.csv", columns=names),
        standards={"STD1": {"la": Certified(value=30.0, deviation=1.0)}},
        analytes=("la",),
        detection_limits={"la": 1.0},
    )
    drillholes = replace(drillholes, assays={"icp": icp})
    taken = take_in(drillholes, analytes, control)
    options = {"reading": taken.findings, "quality_control": taken.quality_control}
    findings = check_all(taken.raw, taken.drillholes, analytes, **options)[0].findings
    found = findings[findings["rule"] == "control_among_assays"]
    assert found[["file", "row", "value"]].values.tolist() == [["icp.csv", 3, "P9"]]


def test_a_reported_sum_of_another_table_is_checked_across_them(deposit):
    drillholes, analytes = deposit
    analytes |= {"whole": replace(analytes["au"], label="La+Ce", species="sum", column_species="sum", column="Sum", unit="%")}
    Path(drillholes.root, "fire.csv").write_text("Hole,From,To,Id,Au,Sum\nA,0,2.5,S1,1,30\nA,2.5,10,S2,1,90\n")
    Path(drillholes.root, "icp.csv").write_text("Hole;Von;Bis;La;Ce\nA;0;2,5;10;20\nA;2,5;6;30;40\nA;6;10;30;40\n")
    checks = replace(drillholes.checks, sums={"whole": ("la", "ce")})
    taken = take_in(replace(drillholes, checks=checks), analytes)
    findings = check_all(taken.raw, taken.drillholes, analytes, reading=taken.findings)[0].findings
    found = findings[findings["rule"] == "sum_of_parts"]
    assert found[["file", "row"]].values.tolist() == [["fire.csv", 3]]
    assert "1.2857 times" in found["message"].iloc[0]  # 90 / 70


def test_an_analyte_of_an_unknown_table_stops_the_config():
    column = {"label": "Au", "unit": "ppm", "species": "Au", "column": "Au", "column_unit": "ppm", "column_species": "Au"}
    table = {"file": "a.csv", "columns": {}}
    plain = {
        "deposit": "a",
        "title": "a",
        "crs": "EPSG:26920",
        "drillholes": {"root": ".", "dip_sign": "negative_down", "collar": table, "assay": table, "assays": {"icp": table}},
        "analytes": {"au": column | {"table": "ipc"}},
    }
    with pytest.raises(SettingError, match="Did you mean 'icp'"):
        load(plain)

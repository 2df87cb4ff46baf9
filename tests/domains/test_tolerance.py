"""One tolerance of depths: what the gate accepts is coded and composited, and what exceeds it is found there."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from scandia.composites.length import composite, conservation
from scandia.composites.settings import Compositing
from scandia.domains.flag import code_intervals
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.drillholes.desurvey import desurvey, locate_intervals
from scandia.drillholes.settings import Analyte, Checks, Drillholes, Table
from scandia.drillholes.validation import validate
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid

DOMAINS = Domains(
    domains={
        "ore": Domain(code=1, label="Ore", lithology=("OF",)),
        "waste": Domain(code=2, label="Waste", lithology=("IW",)),
    },
    implicit=Implicit(azimuth=0.0, dip=90.0, ratios=(1.0, 1.0, 1.0), reach=100.0),
)
COLUMNS = {
    "collar": ("hole", "easting", "northing", "elevation", "depth"),
    "survey": ("hole", "depth", "azimuth", "dip"),
    "assay": ("hole", "from", "to"),
    "lithology": ("hole", "from", "to", "lithology"),
}
FILES = {name: Table(file=f"{name}.csv", columns={column: column for column in columns}) for name, columns in COLUMNS.items()}
ANALYTES = {"sc": Analyte(label="Sc", unit="ppm", species="Sc", column="sc", column_unit="ppm", column_species="Sc")}
THIN = 12  # mm; thinner than twice the smaller tolerance


def accept(tolerance, **tables):
    """Tables that the gate lets pass, the rules of the errors it found, and the files with gaps, of raw tables as text."""
    raw = {name: frame.astype(str).assign(row=np.arange(len(frame)) + 2) for name, frame in tables.items()}
    settings = Drillholes(root=".", dip_sign="negative_down", checks=Checks(depth_tolerance=tolerance), **FILES)
    clean, findings, _ = validate(raw, settings, ANALYTES)
    gaps = findings["rule"].isin(["gap_at_collar", "interval_gap", "gap_at_end"])
    return clean, findings.loc[findings["severity"] == "error", "rule"].tolist(), set(findings.loc[gaps, "file"])


def database(marks, moves, codes, logged_marks, logged_moves):
    """Raw tables of one hole; starts, and the last end, are moved off the marks, all in whole millimetres."""

    def intervals(marks, moves):
        starts, ends = marks[:-1] + moves[:-1], np.append(marks[1:-1], marks[-1] + moves[-1])
        return pd.DataFrame({"hole": "A", "from": np.maximum(starts, 0) / 1000, "to": ends / 1000})

    assay, log = intervals(marks, moves), intervals(logged_marks, logged_moves)
    return {
        "collar": pd.DataFrame({"hole": ["A"], "easting": 0.0, "northing": 0.0, "elevation": 0.0, "depth": marks[-1] / 1000}),
        "survey": pd.DataFrame({"hole": ["A"], "depth": 0.0, "azimuth": 0.0, "dip": -60.0}),
        "assay": assay.assign(sc=np.arange(len(assay)) + 1.0),
        "lithology": log.assign(lithology=np.resize(codes, len(log))),
    }


@st.composite
def jittered(draw):
    """Tolerance, raw tables whose depths are off by up to it, and whether any interval is thin."""
    tolerance = draw(st.sampled_from([10, 50]))
    steps = draw(st.lists(st.sampled_from([THIN, 500, 1000, 2500]), min_size=2, max_size=15))
    marks = np.cumsum([0, *steps])
    contacts = np.unique(draw(st.lists(st.sampled_from(marks[1:-1].tolist()), min_size=1)))
    logged_marks = np.concatenate([[0], contacts, marks[-1:]])
    moves = [
        np.array(draw(st.lists(st.integers(-tolerance, tolerance), min_size=size, max_size=size)))
        for size in (marks.size, logged_marks.size)
    ]
    codes = draw(st.permutations(["OF", "IW", "SY"]))
    edge = any((np.abs(move) == tolerance).any() for move in moves)  # there the last bit of a depth decides
    return tolerance / 1000, database(marks, moves[0], codes, logged_marks, moves[1]), THIN in steps or edge


@profile(max_examples=40)
@given(jittered())
def test_what_the_gate_accepts_is_coded_and_composited_and_keeps_length_and_metal(case):
    tolerance, raw, doubtful = case
    tables, errors, gaps = accept(tolerance, **raw)
    assert doubtful or (not errors and not gaps)
    if errors:
        return
    assay, log, collar = tables["assay"], tables["lithology"], tables["collar"]
    coded = code_intervals(assay, log, collar, DOMAINS, ["sc"], tolerance=tolerance)
    assert coded["length"].sum() == pytest.approx(collar["depth"].sum())
    np.testing.assert_array_equal(coded["from"].to_numpy()[1:], coded["to"].to_numpy()[:-1])
    assert coded["sc"].isna().any() == ("assay.csv" in gaps)
    assert coded["lithology"].notna().all() or "lithology.csv" in gaps
    slack = tolerance * (1 + 1e-9)
    kept = coded.groupby("row")["length"].sum().reindex(assay["row"], fill_value=0.0).to_numpy()
    length = (assay["to"] - assay["from"]).to_numpy()
    assert (np.abs(kept - length) <= 2 * slack).all()
    assert abs(kept.sum() - length.sum()) <= (len(assay) + 1) * slack
    metal = (coded["length"] * coded["sc"]).sum()
    assert abs(metal - (length * assay["sc"]).sum()) <= 2 * slack * assay["sc"].sum()
    if (coded["domain"] == "outside").all():
        return
    stations = desurvey(collar, tables["survey"])
    intervals = locate_intervals(coded, stations, MineGrid())
    composites = composite(intervals, Compositing(length=2.0, residual="keep", unsampled="missing"), ["sc"], stations, MineGrid())
    account = conservation(intervals, composites, ["sc"])
    inside = coded[coded["domain"] != "outside"]
    assert account["length_after"].sum() == pytest.approx(inside["length"].sum())
    assert account[["metal_after", "metal_below_coverage"]].sum().sum() == pytest.approx((inside["length"] * inside["sc"]).sum())


@profile(max_examples=10)
@given(st.sampled_from([10, 50]), st.integers(1, 30), st.sampled_from(["assay", "lithology"]))
def test_an_overlap_beyond_the_tolerance_is_found_at_the_gate_and_never_coded(tolerance, excess, table):
    marks, still, moved = np.array([0, 1000, 3000, 4000]), np.zeros(4, dtype=int), np.array([0, 0, -tolerance - excess, 0])
    moves = (moved, still) if table == "assay" else (still, moved)
    raw = database(marks, moves[0], ["OF", "IW", "SY"], marks, moves[1])
    assert accept(tolerance / 1000, **raw)[1] == ["interval_overlap"]
    assay = raw["assay"].assign(row=[2, 3, 4])
    with pytest.raises(InputError, match=f"{table} interval of hole A, .* overlaps the one above it"):
        code_intervals(assay, raw["lithology"], raw["collar"], DOMAINS, ["sc"], tolerance=tolerance / 1000)


def test_across_an_overlap_or_gap_of_five_millimetres_the_later_interval_starts_where_the_earlier_ends():
    collar = pd.DataFrame({"hole": ["A"], "depth": [10.0]})
    assay = pd.DataFrame(
        {"row": [2, 3, 4], "hole": "A", "from": [0.004, 3.995, 6.005], "to": [4.0, 6.0, 9.997], "sc": [1.0, 2, 3]}
    )
    log = pd.DataFrame({"hole": "A", "from": [0.0, 5.995], "to": [6.0, 10.008], "lithology": ["OF", "IW"]})
    coded = code_intervals(assay, log, collar, DOMAINS, ["sc"])
    assert coded[["row", "from", "to", "domain"]].to_numpy().tolist() == [
        [2, 0.0, 4.0, "ore"],
        [3, 4.0, 6.0, "ore"],
        [4, 6.0, 10.0, "waste"],
    ]
    with pytest.raises(InputError, match=r"assay interval of hole A, 3\.995 to 6 m: it overlaps"):
        code_intervals(assay, log, collar, DOMAINS, ["sc"], tolerance=0.002)


def test_many_intervals_as_short_as_the_tolerance_are_not_taken_for_one_depth():
    depths = np.arange(101) / 100
    assay = pd.DataFrame({"row": np.arange(100) + 2, "hole": "A", "from": depths[:-1], "to": depths[1:], "sc": 1.0})
    assay = assay[assay["row"] % 3 > 0]
    coded = code_intervals(assay, None, pd.DataFrame({"hole": ["A"], "depth": [1.0]}), DOMAINS, ["sc"])
    assert set(assay["row"]) <= set(coded["row"])

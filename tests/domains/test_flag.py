"""Coding: no metre lost, no metre twice, and every piece knows its sample, code and domain."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from scandia.domains.flag import code_by_midpoint, code_intervals
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.errors import InputError, SettingError

IMPLICIT = Implicit(azimuth=0.0, dip=90.0, ratios=(1.0, 1.0, 1.0), reach=100.0)
DOMAINS = Domains(
    domains={
        "ore": Domain(code=1, label="Ore", lithology=("OF", "PF")),
        "waste": Domain(code=2, label="Waste", lithology=("IW",), estimate=False),
    },
    implicit=IMPLICIT,
)
COLLAR = pd.DataFrame({"hole": ["B", "A"], "depth": [10.0, 20.0], "campaign": ["2021", "2020"]})
ASSAY = pd.DataFrame(
    {"row": [2, 3, 4], "hole": "A", "from": [2.0, 4, 8], "to": [4.0, 6, 10], "sample": ["s1", "s2", "s3"], "sc": [1.0, 2, 3]}
).assign(sc_censored=[False, True, False])
LOG = pd.DataFrame({"hole": "A", "from": [0.0, 3, 5, 9], "to": [3.0, 5, 9, 15], "lithology": ["SY", "OF", "OF", "IW"]})


def pieces(depths, present):
    """Intervals between consecutive depths, some of them left out."""
    frame = pd.DataFrame({"from": depths[:-1], "to": depths[1:]})
    return frame[np.array(present[: len(frame)], dtype=bool)]


@st.composite
def hole(draw, name):
    depth = draw(st.integers(5, 60))
    tables = []
    for _ in range(2):
        marks = sorted(draw(st.sets(st.integers(0, depth * 2), min_size=2, max_size=14)))
        keep = draw(st.lists(st.booleans(), min_size=len(marks), max_size=len(marks)))
        tables.append(pieces(np.array(marks) / 2, keep).assign(hole=name))
    codes = draw(st.lists(st.sampled_from(["OF", "PF", "IW", "SY"]), min_size=len(tables[1]), max_size=len(tables[1])))
    return float(depth), tables[0], tables[1].assign(lithology=np.array(codes, dtype=object))


@st.composite
def databases(draw):
    names = ["DH2", "DH10", "A"]
    holes = [draw(hole(name)) for name in names]
    collar = pd.DataFrame({"hole": names, "depth": [depth for depth, _, _ in holes]})
    assay = pd.concat([table for _, table, _ in holes], ignore_index=True)
    assay = assay.assign(row=np.arange(len(assay)) + 2, sc=np.arange(len(assay)) * 1.0)
    return collar, assay, pd.concat([table for _, _, table in holes], ignore_index=True)


@profile(max_examples=25)
@given(databases())
def test_lengths_of_every_hole_add_to_its_depth_without_gap_or_overlap(database):
    collar, assay, log = database
    coded = code_intervals(assay, log, collar, DOMAINS, ["sc"])
    np.testing.assert_allclose(coded.groupby("hole")["length"].sum().loc[collar["hole"]], collar["depth"], atol=1e-9)
    inside = coded["hole"].to_numpy()[1:] == coded["hole"].to_numpy()[:-1]
    np.testing.assert_array_equal(coded["from"].to_numpy()[1:][inside], coded["to"].to_numpy()[:-1][inside])
    assert (coded["length"] > 0).all()


@profile(max_examples=25)
@given(databases())
def test_length_and_metal_of_every_sample_are_kept(database):
    collar, assay, log = database
    coded = code_intervals(assay, log, collar, DOMAINS, ["sc"])
    sampled = coded[coded["row"] >= 0].groupby("row")[["length"]].sum()["length"]
    np.testing.assert_allclose(sampled.reindex(assay["row"]), assay["to"] - assay["from"], atol=1e-9)
    assert (coded["length"] * coded["sc"]).sum() == pytest.approx(((assay["to"] - assay["from"]) * assay["sc"]).sum())
    assert (coded["row"] == -1).equals(coded["sc"].isna())


@profile(max_examples=25)
@given(databases())
def test_every_point_has_the_code_that_the_log_gives_it(database):
    collar, assay, log = database
    coded = code_intervals(assay, log, collar, DOMAINS, ["sc"])
    for piece in coded.itertuples():
        middle = (coded.loc[piece.Index, "from"] + piece.to) / 2
        at = log[(log["hole"] == piece.hole) & (log["from"] <= middle) & (log["to"] > middle)]["lithology"].tolist()
        assert [piece.lithology] == at if at else pd.isna(piece.lithology)


@profile(max_examples=25)
@given(databases(), st.randoms(use_true_random=False))
def test_the_row_order_of_the_tables_does_not_matter(database, random):
    shuffled = []
    for table in database:
        order = list(range(len(table)))
        random.shuffle(order)
        shuffled.append(table.iloc[order])
    collar, assay, log = shuffled
    expected = code_intervals(database[1], database[2], database[0], DOMAINS, ["sc"])
    pd.testing.assert_frame_equal(code_intervals(assay, log, collar, DOMAINS, ["sc"]), expected)


def test_a_hand_worked_hole_is_cut_where_the_code_changes_and_nowhere_else():
    coded = code_intervals(ASSAY, LOG, COLLAR, DOMAINS, ["sc"])
    first = coded[coded["hole"] == "A"]
    assert first["from"].tolist() == [0, 2, 3, 4, 6, 8, 9, 10, 15]  # not at 5: OF on both sides
    assert first["row"].tolist() == [-1, 2, 2, 3, -1, 4, 4, -1, -1]
    assert first["domain"].tolist() == ["outside", "outside", "ore", "ore", "ore", "ore", "waste", "waste", "outside"]
    assert first["lithology"].isna().tolist() == [False] * 8 + [True]
    assert first["sample"].fillna("-").tolist() == ["-", "s1", "s1", "s2", "-", "s3", "s3", "-", "-"]
    assert first["sc_censored"].tolist() == [False, False, False, True, False, False, False, False, False]
    assert coded["campaign"].tolist() == ["2020"] * 9 + ["2021"]
    assert coded.iloc[-1][["hole", "from", "to", "domain"]].tolist() == ["B", 0, 10, "outside"]


def test_depths_that_differ_by_rounding_make_no_sliver_and_keep_the_assays_length():
    collar = pd.DataFrame({"hole": ["A"], "depth": [10.0]})
    assay = pd.DataFrame({"row": [2], "hole": ["A"], "from": [0.0], "to": [4.0], "sc": [1.0]})
    log = pd.DataFrame({"hole": ["A", "A"], "from": [0.0, 4.0004], "to": [4.0004, 10.0003], "lithology": ["OF", "IW"]})
    coded = code_intervals(assay, log, collar, DOMAINS, ["sc"])
    assert coded["to"].tolist() == [4.0, 10.0]


def test_an_interval_below_the_collars_depth_is_kept():
    log = pd.DataFrame({"hole": ["A"], "from": [0.0], "to": [20.04], "lithology": ["OF"]})
    assert code_intervals(None, log, COLLAR, DOMAINS, [])["to"].tolist() == [20.04, 10.0]


def test_without_assays_or_log_the_whole_hole_is_one_unknown_row():
    coded = code_intervals(None, None, COLLAR, DOMAINS, ["sc"])
    assert coded["length"].tolist() == [20.0, 10.0]
    assert coded["domain"].tolist() == ["outside", "outside"]
    assert coded["sc"].isna().all()


@pytest.mark.parametrize(
    ("assay", "words"),
    [
        (ASSAY.assign(to=[4.5, 6, 10]), "assay interval of hole A, 4 to 6 m: it overlaps the one above it by more than 0.01 m"),
        (ASSAY.assign(to=[4.0, 3.5, 10]), "assay interval of hole A, 4 to 3.5 m: to must be deeper"),
        (ASSAY.assign(hole=["A", "C", "A"]), "assay interval of hole C, 4 to 6 m: its hole has no collar"),
    ],
)
def test_faulty_intervals_are_refused_by_name(assay, words):
    with pytest.raises(InputError, match=words):
        code_intervals(assay, LOG, COLLAR, DOMAINS, ["sc"])


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({"ore2": Domain(code=1, label="", lithology=("X",))}, "the code 1 is taken twice"),
        ({"ore2": Domain(code=3, label="", lithology=("OF",))}, "the logged code 'OF' is taken twice"),
        ({"outside": Domain(code=3, label="", lithology=("X",))}, "the name 'outside' is taken twice"),
        ({"all": Domain(code=3, label="", lithology=("X",))}, "the name 'all' is taken twice"),
    ],
)
def test_a_name_or_code_belongs_to_one_domain_only(second, words):
    with pytest.raises(SettingError, match=words):
        Domains(domains={**DOMAINS.domains, **second}, implicit=IMPLICIT)


def test_a_measurement_takes_the_domain_at_its_mid_point():
    frame = pd.DataFrame(
        {"hole": ["A", "B", "A", "A", "C"], "from": [2.9, 1, 14.9, 3, 1], "to": [3.3, 2, 15.3, 3, 2]}, index=[9, 7, 5, 3, 1]
    )
    coded = code_by_midpoint(frame, LOG, DOMAINS)
    assert coded["domain"].tolist() == ["ore", "outside", "outside", "ore", "outside"]
    assert coded["lithology"].isna().tolist() == [False, True, True, False, True]
    assert coded.index.tolist() == [9, 7, 5, 3, 1]
    by_depth = pd.DataFrame({"hole": ["A", "A"], "depth": [8.99, 9.0]})
    assert code_by_midpoint(by_depth, LOG, DOMAINS)["domain"].tolist() == ["ore", "waste"]


@profile(max_examples=25)
@given(databases())
def test_mid_points_of_the_coded_pieces_get_the_pieces_domain(database):
    collar, assay, log = database
    coded = code_intervals(assay, log, collar, DOMAINS, ["sc"])
    again = code_by_midpoint(coded[["hole", "from", "to"]].iloc[::-1], log, DOMAINS).iloc[::-1]
    assert again["domain"].tolist() == coded["domain"].tolist()

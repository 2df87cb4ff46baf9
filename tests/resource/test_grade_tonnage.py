"""The grade-tonnage table: hand-worked rows, and its laws on random models."""

from math import fsum

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.errors import InputError
from scandia.resource.tonnage import cutoff_list, grade_tonnage, reported_variables

NAN = np.nan


@pytest.fixture
def parts(make_parts):
    ore = {
        "fraction": [1.0, 1.0, 0.5, 1.0, 0.0],
        "grade": [300.0, 200.0, 100.0, NAN, NAN],
        "copper": [1.0, NAN, 3.0, NAN, NAN],
        "class": [2, 2, 3, 0, 0],
    }
    halo = {"fraction": [0.0, 0.0, 0.5, 0.0, 1.0], "grade": [NAN, NAN, 50.0, NAN, 120.0], "class": [0, 0, 3, 0, 3]}
    waste = {"fraction": [0.0, 0.0, 0.0, 0.0, 0.0], "class": [0] * 5}
    return make_parts({"ore": ore, "halo": halo, "waste": waste}, variables=("grade", "copper"))


def row_of(table, *key):
    names = ["class", "domain", "cutoff"][: len(key)]
    return table.set_index(names).loc[key]


def test_rows_are_those_worked_by_hand(parts):
    table = grade_tonnage(parts, (0.0, 120.0, 250.0), ["grade", "copper"])
    indicated = row_of(table, "indicated", "ore", 0.0)
    assert indicated["tonnage"] == 2000.0 and indicated["grade"] == 250.0
    assert indicated["grade_metal"] == pytest.approx(0.5)  # 2000 t x 250 g/t
    assert indicated["copper"] == 1.0 and indicated["copper_missing"] == 1000.0
    assert row_of(table, "indicated", "all", 250.0)["tonnage"] == 1000.0
    assert row_of(table, "inferred", "all", 0.0)["tonnage"] == 2000.0
    assert row_of(table, "inferred", "all", 120.0)["tonnage"] == 1000.0  # at the cut-off is above it
    lost = row_of(table, "unclassified", "ore", 0.0)
    assert lost["tonnage"] == 0.0 and lost["unestimated_tonnage"] == 1000.0 and np.isnan(lost["grade"])
    assert "measured" not in set(table["class"]) and "waste" not in set(table["domain"])


def test_percent_gives_metal_in_tonnes(make_parts):
    table = grade_tonnage(make_parts({"ore": {"fraction": [1.0], "grade": [2.0]}}, units="%"), (0.0,), ["grade"], by=("domain",))
    assert table["grade_metal"].tolist() == [20.0, 20.0]  # 2 % of 1000 t, in ore and in all


def test_the_cutoff_variable_need_not_be_the_reported_one(parts):
    table = grade_tonnage(parts, (1.5,), ["grade"], variable="copper", by=("domain",))
    assert table.set_index("domain")["tonnage"].to_dict() == {"ore": 500.0, "all": 500.0}
    assert "copper" not in table


def test_a_failed_domain_shows_its_tonnage_and_an_unasked_one_does_not(make_parts):
    failed = {"fraction": [1.0], "grade": [NAN], "grade_reason": [2]}
    unasked = {"fraction": [1.0], "grade": [NAN], "grade_reason": [-1]}
    parts = make_parts({"ore": {"fraction": [0.0]}, "failed": failed, "unasked": unasked})
    table = grade_tonnage(parts, (0.0,), ["grade"], by=("domain",))
    assert table["domain"].tolist() == ["failed", "all"] and table["unestimated_tonnage"].tolist() == [1000.0, 1000.0]


def test_only_known_groupings_and_classified_parts_are_taken(parts):
    with pytest.raises(InputError, match="by rock"):
        grade_tonnage(parts, (0.0,), ["grade"], by=("rock",))
    with pytest.raises(InputError, match="classify it first"):
        grade_tonnage(parts.drop_vars("class"), (0.0,), ["grade"])


def test_the_cutoffs_hold_the_base_cutoff_and_the_variables_that_of_the_cutoff(reporting):
    assert cutoff_list(reporting) == (0.0, 50.0, 100.0, 150.0, 200.0)
    assert reported_variables(reporting) == ("scandium", "copper")


grades = st.one_of(st.floats(-5.0, 600.0), st.just(NAN))
rows = st.lists(st.tuples(st.floats(0.0, 1.0), grades, grades, st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=25)
CUTOFFS = (0.0, 10.0, 100.0, 250.0, 599.0)


def random_parts(make_parts, blocks):
    share, one, two, first, second = (np.array(column, dtype=float) for column in zip(*blocks, strict=True))
    first, second = (np.where(np.isfinite(grade), code, 0) for grade, code in ((one, first), (two, second)))
    return make_parts(
        {"a": {"fraction": share, "grade": one, "class": first}, "b": {"fraction": 1 - share, "grade": two, "class": second}}
    )


@given(blocks=rows)
def test_tonnage_and_metal_never_rise_with_the_cutoff_and_grade_never_falls(make_parts, blocks):
    table = grade_tonnage(random_parts(make_parts, [(f, abs(a), abs(b), c, d) for f, a, b, c, d in blocks]), CUTOFFS, ["grade"])
    for _, curve in table.groupby(["class", "domain"]):
        assert (np.diff(curve["tonnage"]) <= 0).all()
        assert (np.diff(curve["grade_metal"]) <= 0).all()
        grade = curve["grade"].dropna().to_numpy()
        assert (np.diff(grade) >= -1e-9).all()
        assert (grade >= curve["cutoff"].to_numpy()[: len(grade)] * (1 - 1e-12)).all()


@given(blocks=rows)
def test_cutoff_zero_gives_everything_estimated(make_parts, blocks):
    parts = random_parts(make_parts, blocks)
    table = grade_tonnage(parts, (0.0,), ["grade"])
    whole = table[table["domain"] == "all"]
    known = np.isfinite(parts["grade"].values) & (parts["tonnage"].values > 0)
    tonnage = parts["tonnage"].values
    assert fsum(whole["tonnage"]) == pytest.approx(fsum(tonnage[known]), rel=1e-14)
    metal = fsum((tonnage * parts["grade"].values)[known]) / 1e6
    assert fsum(whole["grade_metal"]) == pytest.approx(metal, rel=1e-12, abs=1e-15)
    if known.any():
        asked = known.any(axis=(1, 2, 3))
        lost = fsum(tonnage[asked][~known[asked]])
        assert fsum(whole["unestimated_tonnage"]) == pytest.approx(lost, rel=1e-12, abs=1e-9)


@given(blocks=rows)
def test_domains_add_to_all_and_classes_to_the_table_without_classes(make_parts, blocks):
    parts = random_parts(make_parts, blocks)
    table = grade_tonnage(parts, CUTOFFS, ["grade"])
    for _, same in table.groupby(["class", "cutoff"]):
        whole = same["domain"] == "all"
        assert same.loc[whole, "tonnage"].item() == fsum(same.loc[~whole, "tonnage"])  # exactly
    unclassed = grade_tonnage(parts, CUTOFFS, ["grade"], by=("domain",)).set_index(["domain", "cutoff"])
    added = table.groupby(["domain", "cutoff"])[["tonnage", "grade_metal"]].sum()
    pd.testing.assert_frame_equal(unclassed.loc[added.index, ["tonnage", "grade_metal"]], added, rtol=1e-12)


def test_the_order_of_parts_changes_no_bit(make_parts):
    rng = np.random.default_rng(6)
    blocks = list(zip(rng.uniform(0, 1, 500), *rng.normal(250, 90, (2, 500)), *rng.integers(0, 4, (2, 500)), strict=True))
    shuffled = [blocks[i] for i in rng.permutation(len(blocks))]
    tables = [grade_tonnage(random_parts(make_parts, one), CUTOFFS, ["grade"]) for one in (blocks, shuffled)]
    pd.testing.assert_frame_equal(*tables, check_exact=True)

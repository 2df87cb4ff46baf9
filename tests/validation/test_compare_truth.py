"""The model against a known truth: a perfect model, a case worked by hand, and variances that hold."""

import numpy as np
import pytest

from scandia.errors import InputError
from scandia.validation.truth import compare_truth


@pytest.fixture
def model(make_parts):
    ore = {"fraction": [1.0, 1.0, 0.6, 0.0], "grade": [200.0, 100.0, 150.0, np.nan], "class": [2, 3, 3, 0]}
    halo = {"fraction": [0.0, 0.0, 0.4, 1.0], "grade": [np.nan, np.nan, 40.0, 30.0], "class": [0, 0, 3, 3]}
    return make_parts({"ore": ore, "halo": halo})


@pytest.fixture
def truth(make_parts):
    ore = {"fraction": [1.0, 1.0, 0.8, 0.0], "grade": [220.0, 90.0, 150.0, np.nan]}
    halo = {"fraction": [0.0, 0.0, 0.2, 1.0], "grade": [np.nan, np.nan, 50.0, 35.0]}
    return make_parts({"ore": ore, "halo": halo})


def one(table, **wanted):
    for name, value in wanted.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_a_model_that_is_the_truth_has_no_error(model):
    tables = compare_truth(model, model, ["grade"], [50.0, 120.0])
    errors = tables["totals"][["tonnage_error", "grade_error", "metal_error"]].to_numpy()
    assert (errors[np.isfinite(errors)] == 0).all() and np.isfinite(errors).any()
    assert tables["local"]["rmse"].tolist() == [0.0] * len(tables["local"])
    assert one(tables["local"], domain="all", estimator="estimate")["slope"] == pytest.approx(1.0)
    assert (tables["confusion"]["domain"] == tables["confusion"]["true_domain"]).all()
    assert tables["confusion"]["share"].to_numpy() == pytest.approx(1.0)


def test_global_errors_are_those_worked_by_hand(model, truth):
    table = compare_truth(model, truth, ["grade"], [120.0])["totals"]
    ore = one(table, scope="everywhere", domain="ore", cutoff=0.0)
    assert (ore["tonnage"], ore["true_tonnage"]) == (2600.0, 2800.0)
    assert ore["metal"] == pytest.approx((200 + 100 + 90) * 1e3 / 1e6)
    assert ore["true_metal"] == pytest.approx((220 + 90 + 120) * 1e3 / 1e6)
    assert ore["metal_error"] == pytest.approx(390 / 430 - 1)
    high = one(table, scope="everywhere", domain="all", cutoff=120.0)
    assert (high["tonnage"], high["true_tonnage"]) == (1600.0, 1800.0)
    assert high["grade"] == pytest.approx((200 + 90) / 1.6) and high["grade_error"] == pytest.approx(
        (290 / 1.6) / (340 / 1.8) - 1
    )


def test_truth_beyond_the_estimated_blocks_counts_in_its_own_scope_only(model, truth):
    lost = model.copy(deep=True)
    lost["grade"].values[0, 0, 0, 1] = np.nan
    table = compare_truth(lost, truth, ["grade"], [])["totals"]
    assert one(table, scope="everywhere", domain="ore")["true_tonnage"] == 2800.0
    assert one(table, scope="estimated blocks", domain="ore")["true_tonnage"] == 1800.0
    assert one(table, scope="estimated blocks", domain="ore")["tonnage"] == 1600.0


def test_local_scores_compare_blocks_that_lie_in_the_same_domain(model, truth):
    tables = compare_truth(model, truth, ["grade"], [])
    ore = one(tables["local"], domain="ore", estimator="estimate")
    assert ore["n"] == 3 and ore["mean_error"] == pytest.approx((-20 + 10 + 0) / 3)
    assert ore["slope"] == pytest.approx(np.polyfit([200, 100, 150], [220, 90, 150], 1)[0])
    assert one(tables["local"], domain="halo", estimator="estimate")["n"] == 1  # the block of 0.4 and 0.2 is left out
    assert len(tables["blocks"]) == 4
    assert tables["blocks"]["x"].tolist() == [5.0, 15.0, 25.0, 35.0]


def test_variances_are_judged_on_whole_blocks_by_class(model, truth):
    table = compare_truth(model, truth, ["grade"], [])["uncertainty"]
    assert one(table, by="all")["n"] == 3
    assert one(table, by="class", group="indicated")["standardised_mean"] == pytest.approx(-20.0)
    assert one(table, by="class", group="inferred")["n"] == 2
    assert one(table, by="all")["squared_error"] == pytest.approx((400 + 100 + 25) / 3)


def test_honest_variances_cover_as_stated_in_every_decile(make_parts):
    rng = np.random.default_rng(8)
    count = 40_000
    variance, grade = rng.uniform(10, 1000, count), rng.normal(250, 40, count)
    model = make_parts({"ore": {"fraction": np.ones(count), "grade": grade, "grade_variance": variance}})
    truth = make_parts({"ore": {"fraction": np.ones(count), "grade": grade + rng.normal(0, np.sqrt(variance))}})
    table = compare_truth(model, truth, ["grade"], [])["uncertainty"]
    deciles = table[table["by"] == "decile"]
    assert deciles["n"].tolist() == [count // 10] * 10
    assert deciles["kriging_variance"].is_monotonic_increasing
    assert deciles["coverage_90"].to_numpy() == pytest.approx(0.9, abs=0.02)
    assert deciles["standardised_variance"].to_numpy() == pytest.approx(1.0, abs=0.08)
    assert (deciles["squared_error"] / deciles["kriging_variance"]).to_numpy() == pytest.approx(1.0, abs=0.08)


def test_variances_that_are_too_small_are_found_out(make_parts):
    rng = np.random.default_rng(9)
    grade = rng.normal(250, 40, 5000)
    model = make_parts({"ore": {"fraction": np.ones(5000), "grade": grade, "grade_variance": np.full(5000, 100.0)}})
    truth = make_parts({"ore": {"fraction": np.ones(5000), "grade": grade + rng.normal(0, 20, 5000)}})
    whole = one(compare_truth(model, truth, ["grade"], [])["uncertainty"], by="all")
    assert whole["standardised_variance"] == pytest.approx(4.0, rel=0.1) and whole["coverage_90"] < 0.65


def test_another_grid_is_refused(model, truth):
    with pytest.raises(InputError, match="different x"):
        compare_truth(model, truth.assign_coords(x=truth["x"] + 1.0), ["grade"], [])


def test_another_unit_is_refused(model, truth):
    other = truth.copy(deep=True)
    other["grade"].attrs["units"] = "%"
    with pytest.raises(InputError, match="different units"):
        compare_truth(model, other, ["grade"], [])


def test_without_a_common_domain_nothing_is_compared(model, truth):
    with pytest.raises(InputError, match="share no domain"):
        compare_truth(model, truth.assign_coords(domain=["one", "two"]), ["grade"], [])

"""Global bias: hand-worked means, the same parts for every estimator, and biases that cannot be."""

import numpy as np
import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.validation.bias import global_bias


def composites_of(domain, values, lengths, weights):
    return pd.DataFrame({"domain": domain, "length": lengths, "weight": weights, "grade": values})


@pytest.fixture
def two_domains():
    return pd.concat(
        [
            composites_of("ore", [100.0, 200.0], [2.0, 1.0], [0.5, 1.5]),  # naive 400/3, declustered (100 + 300) / 2.5 = 160
            composites_of("halo", [40.0, 40.0, 70.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]),  # mean 50
        ],
        ignore_index=True,
    )


@pytest.fixture
def parts(make_parts):
    ore = {
        "fraction": [1.0, 0.5, 0.0, 0.0],
        "grade": [160.0, 190.0, np.nan, np.nan],
        "grade_nearest": [150.0, 180.0, np.nan, np.nan],
    }
    halo = {
        "fraction": [0.0, 0.5, 1.0, 1.0],
        "grade": [np.nan, 60.0, 52.5, 45.0],
        "grade_inverse_distance": [np.nan, 50.0, 50.0, 50.0],
    }
    return make_parts({"ore": ore, "halo": halo})


def test_means_and_biases_are_those_worked_by_hand(two_domains, parts):
    ore, halo, everything = global_bias(two_domains, parts, ["grade"]).to_dict("records")
    assert ore["domain"] == "ore" and ore["composites"] == 2 and ore["parts"] == 2
    assert ore["naive"] == pytest.approx(400 / 3)
    assert ore["declustered"] == pytest.approx(160.0)
    assert ore["estimate"] == pytest.approx((160 + 95) / 1.5)  # 170
    assert ore["nearest"] == pytest.approx((150 + 90) / 1.5)  # 160
    assert ore["bias_declustered"] == pytest.approx(0.0625) and ore["bias_nearest"] == pytest.approx(0.0625)
    assert halo["estimate"] == pytest.approx((30 + 52.5 + 45) / 2.5)  # 51
    assert halo["inverse_distance"] == pytest.approx(50.0)
    assert halo["bias_declustered"] == pytest.approx(0.02)
    # composites weigh as the volume of their domain, 1.5 and 2.5 blocks, not as their number
    assert everything["declustered"] == pytest.approx((1.5 * 160 + 2.5 * 50) / 4)
    assert everything["estimate"] == pytest.approx((1.5 * 170 + 2.5 * 51) / 4)
    assert everything["naive"] == pytest.approx((400 + 150) / 6)


def test_the_order_of_composites_changes_no_bit(two_domains, parts):
    rng = np.random.default_rng(1)
    many = pd.concat(
        [two_domains.assign(grade=two_domains["grade"] * rng.uniform(0.3, 3.0)) for _ in range(60)], ignore_index=True
    )
    table = global_bias(many, parts, ["grade"])
    pd.testing.assert_frame_equal(table, global_bias(many.sample(frac=1, random_state=2), parts, ["grade"]), check_exact=True)


def test_a_block_without_one_of_the_estimates_counts_for_none(two_domains, make_parts):
    ore = {"fraction": [1.0] * 3, "grade": [150.0, np.nan, 800.0], "grade_nearest": [150.0, 900.0, np.nan]}
    row = global_bias(two_domains, make_parts({"ore": ore}), ["grade"]).iloc[0]
    assert row["nearest"] == row["estimate"] == 150.0 and row["parts"] == 1


def test_an_unbiased_model_passes_and_domains_without_an_estimate_have_no_row(two_domains, make_parts):
    ore = {"fraction": [1.0], "grade": [160.0]}
    halo = {"fraction": [1.0], "grade": [np.nan]}
    table = global_bias(two_domains, make_parts({"ore": ore, "halo": halo}), ["grade"])
    assert table["domain"].tolist() == ["ore", "all"]
    assert table["bias_declustered"].to_numpy() == pytest.approx(0.0)
    assert table["bias_declustered"].abs().max() < 0.05 and table["bias_nearest"].abs().max() < 0.05


def test_composites_without_a_grade_are_not_counted(two_domains, parts):
    gap = composites_of("ore", [np.nan], [50.0], [9.0])
    with_gap = pd.concat([gap, two_domains], ignore_index=True)
    expected, found = (global_bias(frame, parts, ["grade"]) for frame in (two_domains, with_gap))
    pd.testing.assert_frame_equal(expected, found)


def test_the_worse_of_the_two_biases_decides(two_domains, make_parts):
    ore = {"fraction": [1.0], "grade": [160.0], "grade_nearest": [140.0]}
    row = global_bias(two_domains, make_parts({"ore": ore}), ["grade"]).iloc[0]
    assert row["bias_declustered"] == pytest.approx(0.0) and row["bias_nearest"] == pytest.approx(20 / 140)


def test_a_domain_without_composites_is_not_judged(two_domains, make_parts):
    row = global_bias(two_domains[:0], make_parts({"ore": {"fraction": [1.0], "grade": [160.0]}}), ["grade"]).iloc[0]
    assert np.isnan(row["declustered"]) and np.isnan(row["bias_declustered"])


def test_composites_that_were_not_declustered_are_refused(two_domains, parts):
    with pytest.raises(InputError, match="weight"):
        global_bias(two_domains.drop(columns="weight"), parts, ["grade"])


def test_a_variable_that_was_not_estimated_is_named(two_domains, parts):
    with pytest.raises(InputError, match="silver"):
        global_bias(two_domains.assign(silver=1.0), parts, ["silver"])


def test_measured_and_indicated_parts_are_held_against_the_nearest_neighbour_alone(two_domains, make_parts):
    ore = {"fraction": [1.0, 0.5, 1.0], "grade": [160.0, 190.0, 900.0], "grade_nearest": [150.0, 180.0, 1.0], "class": [1, 2, 3]}
    row = global_bias(two_domains, make_parts({"ore": ore}), ["grade"]).iloc[0]
    assert row["sure_parts"] == 2
    assert row["bias_sure"] == pytest.approx((160 + 95) / (150 + 90) - 1)
    bare = {name: column for name, column in ore.items() if name != "class"}
    assert np.isnan(global_bias(two_domains, make_parts({"ore": bare}), ["grade"]).iloc[0]["bias_sure"])

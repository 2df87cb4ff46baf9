"""Means over seeds: ratios by blocks, standard errors from seed to seed, and what they are held against."""

import numpy as np
import pandas as pd
import pytest

from scandia.trials.columns import COLUMNS
from scandia.trials.summary import merge_trials, summarise_trials
from scandia.validation.scores import interval_scores


def table(values, weights, measure="coverage_90"):
    rows = [
        (seed, "true", "estimate", "all", np.nan, measure, v, w) for seed, (v, w) in enumerate(zip(values, weights, strict=True))
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def test_a_share_is_that_of_all_blocks_together_and_its_error_that_between_seeds():
    row = summarise_trials(table([0.8, 1.0], [300, 100]), 0.95).iloc[0]
    assert row["mean"] == pytest.approx(0.85) and row["blocks"] == 400
    assert row["standard_error"] == pytest.approx(np.sqrt(2 * (15**2 + 15**2)) / 400)
    assert row["nominal"] == 0.9 and row["holds"] == "yes"


def test_equal_weights_give_the_plain_standard_error_and_students_interval():
    values = np.random.default_rng(1).normal(0.01, 0.05, 30)
    row = summarise_trials(table(values, np.ones(30), "relative_bias"), 0.95).iloc[0]
    assert row["standard_error"] == pytest.approx(values.std(ddof=1) / np.sqrt(30))
    assert row["high"] - row["mean"] == pytest.approx(2.04523 * row["standard_error"], rel=1e-5)


def test_intervals_of_honest_shares_hold_the_truth_as_often_as_they_say_and_dishonest_ones_are_found_out():
    rng, held = np.random.default_rng(2), []
    for _ in range(150):
        seeds = rng.beta(18, 2, 40)  # seeds differ: the blocks of one are alike
        blocks = rng.integers(50, 150, 40)
        held.append(summarise_trials(table(rng.binomial(blocks, seeds) / blocks, blocks), 0.95)["holds"].iloc[0] == "yes")
    assert np.mean(held) == pytest.approx(0.95, abs=0.05)
    assert summarise_trials(table(rng.beta(17, 3, 400), np.full(400, 100)), 0.95)["holds"].iloc[0] == "no"


def test_the_error_variance_of_all_seeds_is_the_mean_square_of_all_their_errors():
    errors = [np.array([3.0]), np.array([1.0, 1.0]), np.array([-1.0, 2.0, 0.5])]  # one block alone has a variance, too
    values = [interval_scores(one)["standardised_variance"] for one in errors]
    row = summarise_trials(table(values, [len(one) for one in errors], "standardised_variance"), 0.95).iloc[0]
    assert row["mean"] == pytest.approx(np.mean(np.concatenate(errors) ** 2)) and row["nominal"] == 1.0


def test_missing_values_are_left_out_and_one_seed_has_no_interval():
    row = summarise_trials(table([0.9, np.nan], [10, 0]), 0.95).iloc[0]
    assert row["seeds"] == 1 and np.isnan(row["standard_error"]) and row["holds"] == ""


def test_the_order_of_the_tables_makes_no_difference():
    one, two = table([0.5], [1]), table([0.7], [2]).assign(seed=9)
    pd.testing.assert_frame_equal(merge_trials([two, one]), merge_trials([one, two]))

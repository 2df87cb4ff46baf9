"""Change of support: hand-worked affine numbers and curves, and the discrete Gaussian model against simulated blocks."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtri

from scandia.kriging.search import Pass, Search
from scandia.kriging.settings import Estimation
from scandia.validation.support import above, affine_grades, change_of_support, gaussian_grades
from scandia.variography.model import Structure, Variogram
from scandia.variography.support import block_variance

SEARCH = Search(passes=(Pass(ranges=(100.0, 100.0, 100.0), min_samples=1, max_samples=8),))
ESTIMATION = Estimation(variables=("grade",), search=SEARCH, discretisation=(2, 2, 2))
MODEL = Variogram(nugget=1.0, structures=(Structure(kind="spherical", contribution=3.0, ranges=(30.0, 30.0, 30.0)),))


def test_tonnage_grade_and_metal_above_cutoffs_are_those_worked_by_hand():
    tonnage, grade, metal = above(np.array([4.0, 1.0, 2.0]), np.array([1.0, 2.0, 1.0]), np.array([0.0, 2.0, 2.5, 9.0]))
    assert tonnage.tolist() == [1.0, 0.5, 0.25, 0.0]
    assert grade[:3].tolist() == [2.0, 3.0, 4.0] and np.isnan(grade[3])
    assert metal.tolist() == [1.0, 0.75, 0.5, 0.0]


def test_the_affine_correction_is_that_worked_by_hand():
    found = affine_grades(np.array([1.0, 3.0, 8.0]), np.array([1.0, 2.0, 1.0]), 0.25)  # mean 3.75
    assert found == pytest.approx([2.375, 3.375, 5.875])


def test_the_discrete_gaussian_model_gives_the_curve_of_simulated_blocks():
    """Blocks of 5 x 5 points of a lognormal field with exponential covariance: tonnage, metal and mean above cut-offs."""
    spread, generator = 0.9, np.random.default_rng(7)
    places = np.stack(np.meshgrid(np.arange(5.0), np.arange(5.0)), axis=-1).reshape(-1, 2)
    correlation = np.exp(-np.linalg.norm(places[:, None] - places[None], axis=2) / 4.0)
    field = generator.normal(size=(40_000, 25)) @ np.linalg.cholesky(correlation).T
    blocks = np.exp(spread * field - spread**2 / 2).mean(axis=1)
    share = np.mean(np.exp(spread**2 * correlation) - 1) / (np.exp(spread**2) - 1)  # block variance over point variance
    points = np.exp(spread * ndtri((np.arange(4000) + 0.5) / 4000) - spread**2 / 2)
    modelled, r, kept = gaussian_grades(points, np.ones(4000), share)
    assert r == pytest.approx(np.sqrt(np.log(1 + share * (np.exp(spread**2) - 1))) / spread, abs=0.01)  # of a lognormal
    assert kept == pytest.approx(1.0, abs=0.01)
    assert modelled.var() == pytest.approx(share * points.var(), rel=0.02)
    cutoffs = np.array([0.5, 1.0, 1.5, 2.5])
    theory, truth = above(modelled, np.ones(len(modelled)), cutoffs), above(blocks, np.ones(40_000), cutoffs)
    assert theory[0] == pytest.approx(truth[0], abs=0.01) and theory[2] == pytest.approx(truth[2], abs=0.01)
    assert theory[1] == pytest.approx(truth[1], rel=0.02)  # a mean of lognormals is not quite one; the model takes it for one
    plain = above(points, np.ones(4000), cutoffs)[0]
    assert np.abs(plain - above(blocks, np.ones(40_000), cutoffs)[0]).max() > 0.05  # without it the curve is far off


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
@pytest.mark.parametrize("blank", [0.95, 0.5, 0.0])
def test_the_modelled_blocks_have_the_block_variance_also_where_most_composites_are_blank(share, blank):
    """Steps are not smooth: 60 polynomials keep nine tenths of the variance of 5 % ore in blanks, and missed it by as much."""
    count = 400
    values = np.r_[np.zeros(round(blank * count)), np.full(count - round(blank * count), 100.0)]
    values += 0.0 if blank else np.random.default_rng(6).lognormal(2.0, 1.0, count)
    modelled = gaussian_grades(values, np.ones(count), share)[0]
    assert modelled.var() == pytest.approx(share * values.var(), rel=0.005)
    assert modelled.mean() == pytest.approx(values.mean(), rel=0.005)


@pytest.fixture
def composites():
    values = np.array([1.0, 2.0, 3.0, 6.0])
    return pd.DataFrame({"domain": "ore", "length": 1.0, "weight": [1.5, 1.0, 1.0, 0.5], "grade": values})


@pytest.fixture
def parts(make_parts):
    return make_parts({"ore": {"fraction": [1.0, 1.0, 0.5], "grade": [2.0, 3.0, 4.0], "grade_lagrange": [-0.1, -0.1, -0.3]}})


def test_the_row_of_variances_is_that_worked_by_hand(composites, parts):
    rows, curves = change_of_support(
        composites, parts, ["grade"], {"ore": {"grade": MODEL}}, ESTIMATION, cutoff=2.5, lead="grade"
    )
    row = rows.iloc[0]
    mean = (1.5 + 2 + 3 + 3) / 4
    variance = (1.5 * (1 - mean) ** 2 + (2 - mean) ** 2 + (3 - mean) ** 2 + 0.5 * (6 - mean) ** 2) / 4
    block = block_variance(MODEL, (10.0, 10.0, 5.0), (2, 2, 2))
    assert row["mean"] == pytest.approx(mean) and row["variance"] == pytest.approx(variance)
    assert row["point_variance"] == pytest.approx(4.0 / variance)
    assert row["block_share"] == pytest.approx(block / 4.0)
    assert row["true_block_variance"] == pytest.approx(block / 4.0 * variance)
    own = (2 + 3 + 0.5 * 4) / 2.5
    spread = ((2 - own) ** 2 + (3 - own) ** 2 + 0.5 * (4 - own) ** 2) / 2.5
    assert row["estimate_variance"] == pytest.approx(spread)
    left = block - 1.0 + 2 * (0.1 + 0.1 + 0.5 * 0.3) / 2.5  # BV - KV - 2 mu; the variances of these parts are 1
    assert row["expected_variance"] == pytest.approx(left) and row["variance_ratio"] == pytest.approx(spread / left)
    assert row["smoothing"] == pytest.approx(spread / row["true_block_variance"])
    assert row["metal_estimate"] == pytest.approx((3 + 0.5 * 4) / 2.5)
    assert row["change_of_support"] == pytest.approx(row["metal_estimate"] / row["metal_gaussian"] - 1)
    assert set(curves["curve"]) == {"composites", "discrete_gaussian", "affine", "estimate", "nearest"}
    whole = curves[curves["cutoff"] == 0.0].set_index("curve")
    assert whole["tonnage"].to_numpy() == pytest.approx(1.0)
    assert whole.loc[["composites", "discrete_gaussian", "affine"], "grade"].to_numpy() == pytest.approx(mean, rel=2e-3)


def test_a_variogram_without_a_sill_leaves_theory_out_and_says_so(composites, parts):
    linear = Variogram(nugget=1.0, structures=(Structure(kind="linear", contribution=1.0, ranges=(30.0, 30.0, 30.0)),))
    rows, curves = change_of_support(composites, parts, ["grade"], {"ore": {"grade": linear}}, ESTIMATION)
    assert np.isnan(rows.iloc[0]["smoothing"]) and "no variogram with a sill" in rows.iloc[0]["note"]
    assert set(curves["curve"]) == {"composites", "estimate", "nearest"}


def test_the_order_of_composites_changes_no_bit(composites, parts):
    many = pd.concat([composites.assign(grade=composites["grade"] * k) for k in np.linspace(0.3, 2, 40)], ignore_index=True)
    models = {"ore": {"grade": MODEL}}
    one = change_of_support(many, parts, ["grade"], models, ESTIMATION)[0]
    other = change_of_support(many.sample(frac=1, random_state=1), parts, ["grade"], models, ESTIMATION)[0]
    pd.testing.assert_frame_equal(one, other, rtol=1e-13)

"""Density against a grade: least squares, its intervals, and the blocks that take it."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from scandia.blockmodel.dataset import new_parts, with_fractions
from scandia.blockmodel.density import assign_density, code_densities, domain_densities, outlier_limits
from scandia.blockmodel.density_line import predict_density
from scandia.blockmodel.density_regression import describe_density, regress_density, with_regressed_density
from scandia.blockmodel.settings import DensityRegression, DensitySettings
from scandia.errors import InputError

LOG = pd.DataFrame({"hole": "A", "from": [0.0, 50.0], "to": [50.0, 100.0], "lithology": ["OFS", "PFS"]})


def settings(**changes):
    line = DensityRegression(**{"analyte": "fe", "minimum_pairs": 5} | changes)
    return DensitySettings(method="mean", minimum_measurements=3, assigned={"core": 3.0}, regression=line)


@pytest.fixture
def tables():
    """Forty samples of 1 m in the rim, a measurement in the middle of each, and three in the core."""
    generator = np.random.default_rng(4)
    start = np.arange(5.0, 45.0)
    fe = generator.uniform(5, 30, 40)
    assay = pd.DataFrame({"hole": "A", "from": start, "to": start + 1.0, "fe": fe})
    rows = pd.DataFrame(
        {"hole": "A", "from": start + 0.4, "to": start + 0.6, "density": 2.7 + 0.03 * fe + 0.05 * generator.normal(size=40)}
    )
    core = pd.DataFrame({"hole": "A", "from": [60.0, 61.0, 62.0], "to": [60.1, 61.1, 62.1], "density": [3.4, 3.5, 3.6]})
    return pd.concat([rows, core], ignore_index=True), assay


def test_the_line_is_that_of_numpy_and_its_limits_those_of_the_normal_equations(tables, domains):
    density, assay = tables
    values, lines = describe_density(density, LOG, assay, domains, settings())
    row = lines.set_index("domain").loc["rim"]
    x, y = assay["fe"].to_numpy(), density["density"].to_numpy()[:40]
    design = np.column_stack([np.ones(40), x])
    solution, square, *_ = np.linalg.lstsq(design, y, rcond=None)
    variance = square[0] / 38 * np.linalg.inv(design.T @ design)
    assert row[["intercept", "slope"]].tolist() == pytest.approx(solution.tolist())
    reach = stats.t.ppf(0.975, 38) * np.sqrt(variance[1, 1])
    assert row["slope_high"] - row["slope"] == pytest.approx(reach)
    at = np.array([1.0, 22.0])
    _, low, high = predict_density(row, 22.0)
    spread = stats.t.ppf(0.975, 38) * np.sqrt(square[0] / 38 + at @ variance @ at)
    assert (high - low) / 2 == pytest.approx(spread)
    assert np.isnan(lines.set_index("domain").loc["core", "slope"])  # three measurements, and none of them in a sample
    assert values["fe"].notna().sum() == 40


def test_the_prediction_holds_its_confidence_over_many_sets_of_measurements(domains):
    """95 % of new measurements, over 400 fits of 25 pairs each and 20 new ones for each."""
    generator, inside = np.random.default_rng(9), []
    for _ in range(400):
        fe = generator.uniform(5, 30, 45)
        density = 2.7 + 0.03 * fe + 0.05 * generator.normal(size=45)
        values = pd.DataFrame({"domain": "rim", "fe": fe, "density": density, "plausible": 1, "outlier": 0})
        row = regress_density(values.iloc[:25], domains, settings()).set_index("domain").loc["rim"]
        _, low, high = predict_density(row, fe[25:])
        inside.append(((density[25:] > low) & (density[25:] < high)).mean())
    assert np.mean(inside) == pytest.approx(0.95, abs=0.01)


def test_blocks_take_the_line_only_where_the_config_says_so_and_never_beyond_its_range(tables, domains, grid):
    density, assay = tables
    fraction = np.zeros((2, *grid.shape))
    fraction[0, 0, 0, :3] = [1.0, 0.5, 1.0]
    fraction[1, 1, 0, 0] = 1.0
    parts = with_fractions(new_parts(grid, domains.domains, "EPSG:26920", "t", None), fraction, np.ones(grid.shape))
    parts = assign_density(parts, domain_densities(density, LOG, domains, settings()))
    fe = np.full(fraction.shape, np.nan)
    fe[0, 0, 0, :2] = [20.0, 500.0]
    fe[1, 1, 0, 0] = 20.0
    parts = parts.assign(fe=(("domain", "z", "y", "x"), fe))
    kept = with_regressed_density(parts, describe_density(density, LOG, assay, domains, settings())[1])
    np.testing.assert_array_equal(kept["density"], parts["density"])
    lines = describe_density(density, LOG, assay, domains, settings(apply=True))[1]
    out = with_regressed_density(parts, lines)
    row = lines.set_index("domain").loc["rim"]
    expected = [row["intercept"] + row["slope"] * grade for grade in (20.0, assay["fe"].max())]
    assert out["density"].values[0, 0, 0, :2].tolist() == pytest.approx(expected)
    assert out["density"].values[0, 0, 0, 2] == parts["density"].values[0, 0, 0, 2]  # not estimated
    assert out["density"].values[1, 1, 0, 0] == pytest.approx(3.5)  # too few pairs for a line
    volume = 10.0 * 20.0 * 5.0
    assert out["tonnage"].values[0, 0, 0, :2].tolist() == pytest.approx([volume * expected[0], 0.5 * volume * expected[1]])
    assert float(out["tonnage"].sum()) == pytest.approx(float((out["density"] * out["fraction"] * volume).sum()))
    with pytest.raises(InputError, match="'fe', which is not estimated"):
        with_regressed_density(parts.drop_vars("fe"), lines)


def test_outlier_rules_by_hand():
    """Quartiles of 1 to 9 are 3 and 7: limits -3 and 13. Median 5, median deviation 2: limits 5 -+ 3.5 x 1.4826 x 2."""
    values = np.arange(1.0, 10.0)
    assert outlier_limits(values, "tukey") == (-3.0, 13.0)
    assert outlier_limits(values, "mad") == pytest.approx((5 - 10.3782, 5 + 10.3782))
    assert outlier_limits(values, "none") == (-np.inf, np.inf)


def test_outliers_are_counted_and_kept_or_excluded_as_the_config_says(domains):
    density = pd.DataFrame(
        {"hole": "A", "from": np.arange(5.0, 15.0), "density": [3.0, 3.1, 3.0, 3.1, 3.0, 3.1, 3.0, 3.1, 3.0, 5.5]}
    )
    density = density.assign(to=density["from"] + 0.1, method=["wax"] * 4 + ["caliper"] * 6)
    kept = DensitySettings(method="mean", minimum_measurements=3, assigned={"core": 3.0})
    coded = code_densities(density, LOG, domains, kept)
    assert coded["outlier"].tolist() == [0] * 9 + [1]
    row = domain_densities(density, LOG, domains, kept).set_index("domain").loc["rim"]
    assert (row["n"], row["outliers"], row["method"]) == (10, 1, "caliper 6, wax 4")
    assert row["used"] == pytest.approx(density["density"].mean())
    excluded = DensitySettings(method="mean", minimum_measurements=3, assigned={"core": 3.0}, outliers="exclude")
    row = domain_densities(density, LOG, domains, excluded).set_index("domain").loc["rim"]
    assert (row["n"], row["excluded"], row["method"]) == (9, 1, "caliper 5, wax 4")
    assert row["used"] == pytest.approx(density["density"].iloc[:9].mean())


def test_grades_that_do_not_vary_give_no_line(tables, domains):
    density, assay = tables
    lines = describe_density(density, LOG, assay.assign(fe=10.0), domains, settings(apply=True))[1]
    assert lines["slope"].isna().all()
    assert lines["used"].tolist() == [0, 0]
    assert (
        regress_density(describe_density(density, LOG, assay, domains, settings())[0].iloc[:0], domains, settings())[
            "pairs"
        ].sum()
        == 0
    )

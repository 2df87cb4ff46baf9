"""What the estimate says of itself, by hand: gaps by tonnage, negative grades and weights, means over the surer classes."""

import numpy as np
import pytest

from scandia.validation.diagnostics import diagnostics


@pytest.fixture
def parts(make_parts):
    return make_parts(
        {
            "ore": {
                "fraction": [1.0, 0.5, 0.5, 1.0],
                "grade": [2.0, -1.0, np.nan, 4.0],
                "grade_reason": [0, 0, 3, 0],
                "grade_negative_weights": [-0.2, 0.0, np.nan, -0.1],
                "grade_slope": [0.9, 0.5, np.nan, 1.0],
                "grade_efficiency": [0.6, 0.1, np.nan, 0.7],
                "grade_samples": [4, 2, 0, 8],
                "grade_holes": [2, 1, 0, 4],
                "class": [2, 3, 0, 3],
            },
            "rock": {"fraction": [0.0, 0.5, 0.5, 0.0], "grade_reason": [-1, -1, -1, -1]},
        }
    )


def test_the_row_is_that_worked_by_hand(parts):
    table = diagnostics(parts, ["grade"])
    assert table["domain"].tolist() == ["ore", "all"]  # nobody asked for the rock
    row = table.iloc[0]
    assert row["parts"] == 4 and row["estimated_parts"] == 3
    assert row["unestimated_tonnage"] == pytest.approx(500.0) and row["unestimated"] == pytest.approx(0.5 / 3)
    assert row["negative_estimates"] == 1 and row["negative_volume"] == pytest.approx(0.5 / 2.5) and row["least"] == -1.0
    assert row["negative_weights"] == pytest.approx((-0.2 - 0.1) / 2.5) and row["negative_weight_blocks"] == pytest.approx(
        2 / 2.5
    )
    assert row["slope"] == pytest.approx((0.9 + 0.25 + 1.0) / 2.5)
    assert row["sure"] == 1 and row["judged_slope"] == pytest.approx(0.9) and row["judged_efficiency"] == pytest.approx(0.6)


def test_without_classes_all_blocks_are_judged(parts):
    row = diagnostics(parts.drop_vars("class"), ["grade"]).iloc[0]
    assert row["sure"] == 0 and row["judged_slope"] == pytest.approx(row["slope"])

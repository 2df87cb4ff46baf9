"""Tonnes of the statement whose kriging efficiency is negative, by hand."""

import pytest

from scandia.resource.classify_rules import CODES
from scandia.resource.efficiency import negative_efficiency

NAN = float("nan")


def test_tonnes_above_the_cutoff_by_class_and_domain(make_parts):
    """Whole blocks weigh 1000 t; half a block counts half, below the cut-off and unclassified ones not at all."""
    parts = make_parts(
        {
            "ore": {
                "fraction": [1.0, 0.5, 1.0, 1.0, 1.0, 0.0],
                "grade": [200.0, 150.0, 99.0, 300.0, 120.0, NAN],
                "grade_efficiency": [-0.1, -0.2, -0.3, 0.4, -0.5, NAN],
                "class": [3, 3, 3, 3, 0, 0],
            },
            "halo": {
                "fraction": [0.0, 0.5, 0.0, 0.0, 0.0, 1.0],
                "grade": [NAN, 100.0, NAN, NAN, NAN, 180.0],
                "grade_efficiency": [NAN, -1e-9, NAN, NAN, NAN, NAN],
                "class": [0, 2, 0, 0, 0, 3],
            },
        }
    )
    assert (CODES["indicated"], CODES["inferred"]) == (2, 3)
    assert negative_efficiency(parts, "grade", 100.0) == [
        ("indicated", "halo", 500.0, 1.0),
        ("inferred", "ore", 1500.0, pytest.approx(0.6)),
    ]
    assert negative_efficiency(parts, "grade", 0.0)[1][2] == 2500.0
    assert negative_efficiency(parts.assign(grade_efficiency=parts["grade_efficiency"] + 2.0), "grade", 100.0) == []

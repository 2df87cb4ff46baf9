"""Limits of what a statement may hold."""

import numpy as np
import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.resource.plausible import check_plausible, plausible_limits

COMPOSITES = pd.DataFrame({"domain": ["ore", "ore", "halo"], "grade": [400.0, 602.0, np.nan]})


def test_limits_are_composite_maxima_and_volume_times_density(make_parts):
    parts = make_parts({"ore": {"fraction": [1.0, 0.5]}, "halo": {"fraction": [0.0, 0.5]}})
    wrong = parts.assign(tonnage=parts["tonnage"] * 10)  # a model that lies about its tonnage does not move its limit
    limits = plausible_limits(wrong, COMPOSITES, ["grade"])
    assert limits.tonnages == {"ore": 1500.0, "halo": 500.0}
    assert limits.grades["ore", "grade"] == 602.0 and np.isnan(limits.grades["halo", "grade"])


def test_rock_counted_twice_is_refused(make_parts):
    with pytest.raises(InputError, match="in 1 blocks the domains fill more than the block"):
        plausible_limits(make_parts({"ore": {"fraction": [1.0, 0.6]}, "halo": {"fraction": [0.0, 0.6]}}), COMPOSITES, ["grade"])


def test_all_faults_are_told_at_once_and_a_grade_without_composites_is_one(make_parts):
    limits = plausible_limits(make_parts({"ore": {"fraction": [1.0]}, "halo": {"fraction": [0.0]}}), COMPOSITES, ["grade"])
    rows = pd.DataFrame({"class": "inferred", "domain": ["ore", "halo"], "tonnage": [1001.0, 0.0], "grade": [603.0, 5.0]})
    with pytest.raises(InputError, match=r"1001 t in ore.*603 in ore.*5 in halo"):
        check_plausible(rows, ["grade"], limits)
    rows = rows.assign(tonnage=[1000.0, 0.0], grade=[602.0, np.nan])
    assert check_plausible(rows, ["grade"], limits) is None

"""Density by domain: means of plausible measurements, written fallbacks, and no silent one."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from scandia.blockmodel.density import domain_densities
from scandia.blockmodel.settings import DensitySettings
from scandia.errors import InputError

LOG = pd.DataFrame({"hole": "A", "from": [0.0, 50.0], "to": [50.0, 100.0], "lithology": ["OFS", "PFS"]})
DENSITY = pd.DataFrame({"hole": "A", "from": np.arange(5.0, 100.0, 10.0)}).assign(
    to=lambda frame: frame["from"] + 0.2, density=[3.0, 3.1, 3.2, 3.5, np.nan, 3.4, 3.6, 9.9, 3.5, 3.5]
)


def test_measurements_give_the_mean_of_their_domain(domains):
    table = domain_densities(DENSITY, LOG, domains, DensitySettings(method="mean", minimum_measurements=4)).set_index("domain")
    assert table.index.tolist() == ["rim", "core"]
    assert table.loc["rim", ["n", "excluded"]].tolist() == [4, 1]  # one is missing
    assert table.loc["core", ["n", "excluded"]].tolist() == [4, 1]  # 9.9 t/m3 is not plausible
    assert table.loc["rim", "used"] == pytest.approx(3.2)
    assert table.loc["rim", "median"] == pytest.approx(3.15)
    assert table.loc["rim", "deviation"] == pytest.approx(np.std([3.0, 3.1, 3.2, 3.5], ddof=1))
    assert table.loc["core", ["minimum", "maximum"]].tolist() == [3.4, 3.6]
    assert table.loc["core", "basis"] == "mean of 4 measurements"


def test_too_few_measurements_fall_back_on_the_assigned_value_and_say_so(domains):
    settings = DensitySettings(method="mean", minimum_measurements=5, assigned={"rim": 3.3, "core": 3.6})
    table = domain_densities(DENSITY, LOG, domains, settings)
    assert table["used"].tolist() == [3.3, 3.6]
    assert table["basis"].tolist() == ["assigned: 4 measurements, fewer than 5"] * 2
    assert table["mean"].tolist() == pytest.approx([3.2, 3.5])


def test_assigned_densities_need_no_measurements(domains):
    settings = DensitySettings(method="assigned", assigned={"rim": 3.3, "core": 3.6})
    table = domain_densities(None, None, domains, settings)
    assert table["basis"].tolist() == ["assigned", "assigned"]
    assert table["n"].tolist() == [0, 0]
    assert table["mean"].isna().all()


def test_the_row_order_of_the_measurements_does_not_matter(domains):
    settings = DensitySettings(method="mean", minimum_measurements=1)
    expected = domain_densities(DENSITY, LOG, domains, settings)
    pd.testing.assert_frame_equal(domain_densities(DENSITY.iloc[::-1], LOG.iloc[::-1], domains, settings), expected)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (DensitySettings(method="mean"), "domain 'rim' has 4 measurements, fewer than 10, and no assigned density"),
        (
            DensitySettings(method="assigned", assigned={"rim": 3.0}),
            "domain 'core' has no assigned density; give density.assigned.core",
        ),
        (DensitySettings(method="mean", assigned={"ore": 3.0}), "unknown domain 'ore'; known are core, rim"),
    ],
)
def test_a_domain_without_density_stops_the_run(domains, settings, words):
    with pytest.raises(InputError, match=words):
        domain_densities(DENSITY, LOG, domains, settings)


def test_a_factor_lifts_the_density_of_the_blocks_and_no_statistic(domains):
    settings = DensitySettings(method="mean", minimum_measurements=4)
    plain, lifted = (domain_densities(DENSITY, LOG, domains, one) for one in (settings, replace(settings, factor=1.05)))
    assert lifted["used"].tolist() == pytest.approx((1.05 * plain["used"]).tolist())
    assert lifted["mean"].tolist() == plain["mean"].tolist()
    assert lifted["basis"].tolist() == ["mean of 4 measurements, times 1.05"] * 2

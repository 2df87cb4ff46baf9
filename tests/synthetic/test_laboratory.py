import numpy as np
import pandas as pd
import pytest

from scandia.synthetic.deposit import NUGGET, oxide_factors
from scandia.synthetic.geometry import AMPHIBOLE, OLIVINE, OVERBURDEN, SYENITE
from scandia.synthetic.laboratory import add_nugget, analyse, report_value, sample_intervals
from scandia.synthetic.plan import Hole


def generator(seed=1):
    return np.random.Generator(np.random.PCG64(seed))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.499, "<0.5"),
        (0.5, "0.50"),
        (3.14159, "3.14"),
        (9.999, "10.00"),
        (31.41, "31.4"),
        (314.4, "314"),
        (999.4, "999"),
        (1236.0, "1240"),
        (np.nan, ""),
    ],
)
def test_results_are_printed_as_a_laboratory_prints_them(value, text):
    assert report_value(value, 0.5) == text


def sampled(units, depth=100.0, campaign="2021"):
    holes = [Hole("H", campaign, 0.0, 0.0, 0.0, 305.0, -45.0, depth)]
    lithology = pd.DataFrame([("H", *unit) for unit in units], columns=["hole", "from", "to", "code"])
    return sample_intervals(holes, lithology, generator())


def test_ferrosyenite_is_sampled_with_shoulders_of_5_to_10_m():
    table = sampled([(0.0, 4.0, OVERBURDEN), (4.0, 40.0, SYENITE), (40.0, 70.0, OLIVINE), (70.0, 100.0, SYENITE)])
    assert 30.0 <= table["from"].min() <= 36.5
    assert 73.5 <= table["to"].max() <= 80.0
    assert (table["code"] != OVERBURDEN).all()


def test_samples_break_at_every_contact_and_never_overlap():
    contacts = [10.3, 33.7, 51.2]
    table = sampled([(0.0, 10.3, OLIVINE), (10.3, 33.7, AMPHIBOLE), (33.7, 51.2, OLIVINE), (51.2, 100.0, AMPHIBOLE)])
    for contact in contacts:
        assert not ((table["from"] < contact - 1e-9) & (table["to"] > contact + 1e-9)).any()
    assert (table["from"].to_numpy()[1:] >= table["to"].to_numpy()[:-1] - 1e-9).all()
    assert (table["to"] - table["from"]).between(0.9, 1.65).all()


def test_barren_holes_are_not_sampled():
    assert sampled([(0.0, 4.0, OVERBURDEN), (4.0, 100.0, SYENITE)]).empty


def test_some_core_is_lost():
    table = sampled([(0.0, 2000.0, OLIVINE)], depth=2000.0)
    gaps = (table["from"].to_numpy()[1:] - table["to"].to_numpy()[:-1] > 0.01).sum()
    assert 0.005 < gaps / len(table) < 0.025


def test_the_nugget_has_its_variance_in_ferrosyenite_and_is_smaller_outside():
    grades = np.full((20_000, 16), 250.0)
    inside = add_nugget(grades, np.full(20_000, OLIVINE), generator())[:, 0]
    outside = add_nugget(grades, np.full(20_000, AMPHIBOLE), generator())[:, 0]
    assert inside.var() == pytest.approx(NUGGET, rel=0.03)
    assert inside.mean() == pytest.approx(250.0, abs=0.7)
    assert outside.var() == pytest.approx(NUGGET * 0.04, rel=0.03)


def test_an_analysis_finds_the_element_with_its_relative_error():
    found = analyse(np.full((20_000, 16), 153.38), generator(), error=0.02)
    assert found[:, 0].mean() == pytest.approx(153.38 / oxide_factors()[0], rel=0.001)
    assert found[:, 0].std() / found[:, 0].mean() == pytest.approx(0.02, rel=0.03)

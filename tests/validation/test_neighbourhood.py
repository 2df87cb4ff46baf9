"""The neighbourhood study: its cases, what is known in closed form, and a recommendation that never names a block size."""

import numpy as np
import pandas as pd
import pytest

from scandia.kriging import estimate
from scandia.kriging.search import Pass, Search
from scandia.kriging.settings import Estimation
from scandia.validation.cases import OWN, NeighbourhoodCase, changed_estimation, study_cases
from scandia.validation.neighbourhood import spread, spread_blocks, study_case
from scandia.validation.recommendation import recommend
from scandia.validation.settings import Neighbourhood
from scandia.variography.model import Structure, Variogram

PASSES = (
    Pass(ranges=(40.0, 40.0, 40.0), min_samples=4, max_samples=8, max_per_hole=3),
    Pass(ranges=(400.0, 400.0, 400.0), min_samples=2, max_samples=8, max_per_hole=3),
)
ESTIMATION = Estimation(variables=("grade",), search=Search(passes=PASSES), discretisation=(2, 2, 2))
MODEL = Variogram(nugget=1.0, structures=(Structure(kind="spherical", contribution=3.0, ranges=(60.0, 60.0, 60.0)),))
STUDY = Neighbourhood(
    blocks=6, block_sizes=(1.0, 2.0), max_samples=(4, 8), max_per_hole=(3, 0), discretisations=((2, 2, 2), (4, 4, 4)),
    search_factors=(1.0, 2.0),
)  # fmt: skip


@pytest.fixture(scope="module")
def composites():
    generator = np.random.default_rng(11)
    places = generator.uniform([0, -5, -5], [120, 15, 10], (40, 3))
    frame = pd.DataFrame(places, columns=["x", "y", "z"]).assign(grade=generator.normal(10, 2, 40), domain="ore")
    return frame.assign(hole=[f"H{k // 4}" for k in range(40)], composite=np.arange(40))


@pytest.fixture(scope="module")
def parts(make_parts):
    return make_parts({"ore": {"fraction": [1.0] * 10 + [0.2, 0.0]}})


def test_the_config_comes_first_and_its_own_values_are_no_other_case():
    cases = study_cases(STUDY, ESTIMATION)
    assert cases[0] == OWN and OWN.name == "config"
    assert [case.name for case in cases[1:]] == [
        "block_size 2", "max_samples 4", "max_per_hole 0", "discretisation 4 x 4 x 4", "search_factor 2",
    ]  # fmt: skip


def test_crossed_lists_make_every_combination_once():
    cases = study_cases(STUDY, ESTIMATION, crossed=True)
    assert len(cases) == len(set(cases)) == 2 * 2 * 2 + 2  # three crossed lists of two values; two more cases of the others
    assert NeighbourhoodCase(max_samples=4, max_per_hole=0, search_factor=2.0) in cases


def test_a_case_changes_every_pass_and_asks_for_no_more_samples_than_it_allows():
    changed = changed_estimation(ESTIMATION, NeighbourhoodCase(max_samples=3, max_per_hole=0, search_factor=0.5))
    assert [item.ranges[0] for item in changed.search.passes] == [20.0, 200.0]
    assert [(item.min_samples, item.max_samples, item.max_per_hole) for item in changed.search.passes] == [(3, 3, 0), (2, 3, 0)]
    assert changed_estimation(ESTIMATION, OWN).search == ESTIMATION.search


def test_the_configs_case_is_the_estimate_of_the_blocks(composites, parts):
    row = study_case(OWN, parts, composites, ESTIMATION, {"ore": {"grade": MODEL}}, STUDY).iloc[0]
    centres = np.column_stack([np.arange(5.0, 100.0, 10.0), np.full(10, 5.0), np.full(10, 2.5)])
    chosen = spread_blocks(parts, _grid(parts), "ore", 6)
    assert len(chosen) == 6 and {tuple(row) for row in chosen} <= {tuple(row) for row in centres}
    known = estimate(
        composites[["x", "y", "z"]].to_numpy(), composites["grade"].to_numpy(), chosen, search=ESTIMATION.search, variogram=MODEL,
        holes=composites["hole"].to_numpy(), discretisation=(2, 2, 2), block_size=(10.0, 10.0, 5.0),
    )  # fmt: skip
    for name in ("slope", "efficiency", "negative_weights", "samples"):
        assert row[name] == pytest.approx(float(known[name].mean()))
    assert row["kriging_variance"] == pytest.approx(float(known["variance"].mean()))
    assert row["block_variance"] == pytest.approx(known.attrs["block_variance"])


def _grid(parts):
    from scandia.blockmodel.dataset import grid_of

    return grid_of(parts)


def test_with_a_pure_nugget_all_weight_is_the_means_and_next_to_none_where_samples_are_certain(composites, parts):
    nugget = {"ore": {"grade": Variogram(nugget=4.0, structures=())}}
    assert study_case(OWN, parts, composites, ESTIMATION, nugget, STUDY).iloc[0]["weight_of_mean"] == pytest.approx(1.0)
    smooth = Variogram(nugget=0.0, structures=(Structure(kind="spherical", contribution=3.0, ranges=(1e6, 1e6, 1e6)),))
    found = study_case(OWN, parts, composites, ESTIMATION, {"ore": {"grade": smooth}}, STUDY).iloc[0]
    assert abs(found["weight_of_mean"]) < 1e-3 and found["slope"] == pytest.approx(1.0, abs=1e-3)


def test_the_spread_takes_one_of_each_part_of_a_line():
    points = np.column_stack([np.arange(12.0), np.zeros(12), np.zeros(12)])
    assert sorted(spread(points, 4)) == [1, 4, 7, 10]
    assert sorted(spread(points, 50)) == list(range(12)) and len(spread(points[:0], 3)) == 0


def test_the_recommendation_never_names_a_block_size_and_takes_the_least_that_is_enough(composites, parts):
    study = pd.concat(
        [
            study_case(case, parts, composites, ESTIMATION, {"ore": {"grade": MODEL}}, STUDY)
            for case in study_cases(STUDY, ESTIMATION)
        ],
        ignore_index=True,
    )
    found = recommend(study, STUDY).set_index("setting")
    assert (
        found.loc["block_size", "config"] == "1 x the grid's" and found.loc["search_factor", "config"] == "1 x the config's radii"
    )
    assert found.loc["block_size", "recommended"] == "–" and "does not justify a block size" in found.loc["block_size", "reason"]
    own, few = (study.loc[study["case"] == case].iloc[0] for case in ("config", "max_samples 4"))
    enough = few["slope"] >= 0.95 * max(own["slope"], few["slope"]) and few["estimated"] == own["estimated"]
    assert found.loc["max_samples", "recommended"] == ("4" if enough else "8")
    coarse, fine = own["block_variance"], study.loc[study["case"] == "discretisation 4 x 4 x 4", "block_variance"].iloc[0]
    assert abs(coarse / fine - 1) > 0.01 and found.loc["discretisation", "recommended"] == "4 x 4 x 4"


def test_a_recommendation_by_hand():
    rows = [
        ("config", 8, 0.90, 10),
        ("max_samples 4", 4, 0.60, 10),
        ("max_samples 6", 6, 0.87, 10),
        ("max_samples 2", 2, 0.89, 7),
    ]
    table = pd.DataFrame(rows, columns=["case", "max_samples", "slope", "estimated"]).assign(
        domain="ore", variable="cu", block_size=1.0, max_per_hole=3, discretisation="2 x 2 x 2", search_factor=1.0, blocks=10,
        block_variance=3.0, negative_weights=-0.01, weight_of_mean=0.2,
    )  # fmt: skip
    found = recommend(table, STUDY).set_index("setting")
    assert found.loc["max_samples", "recommended"] == "6"  # 4 falls short of 95 % of 0.90; 2 leaves blocks out
    assert found.loc["max_samples", "config"] == "8"


def test_timing_adds_a_column(composites, parts):
    timed = study_case(OWN, parts, composites, ESTIMATION, {"ore": {"grade": MODEL}}, STUDY, timed=True)
    assert timed.iloc[0]["milliseconds"] > 0

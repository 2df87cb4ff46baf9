"""A trial is the workflow itself on tables drawn anew, and its true variogram is that of the composites."""

from dataclasses import replace

import numpy as np
import pytest
import yaml

from scandia.config.load import load
from scandia.errors import SettingError
from scandia.io.drawn import drawn_tables
from scandia.synthetic.deposit import NUGGET
from scandia.trials.flow import check_trial, composited
from scandia.trials.seed import try_seed
from scandia.trials.variograms import true_models


@pytest.fixture(scope="module")
def config(project):
    return load(yaml.safe_load((project / "config" / "deposits" / "tiny" / "config.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def drawn(config, tmp_path_factory):
    return drawn_tables(config, config.synthetic.seed, tmp_path_factory.mktemp("drawn"))


def test_the_nugget_of_the_truth_falls_with_the_samples_of_a_composite(config, drawn):
    """By hand: 3 m composites of samples of 1.2 to 1.5 m hold 2 to 3.5 of them: white noise falls to between a half and a third.

    What spheres of 15 to 130 m vary within 3 m is a few hundred of the sills of 4,700.
    """
    _, _, composites, pieces = composited(config, drawn[0], "sc2o3")
    models = true_models(config.synthetic, composites, pieces, config.mine_grid)
    olivine, pyroxene = models["olivine"]["sc2o3"], models["pyroxene"]["sc2o3"]
    assert 0.3 * NUGGET - 400.0 < olivine.nugget < 0.55 * NUGGET - 100.0
    assert [one.contribution for one in olivine.structures] == [1800.0, 2900.0]
    assert [one.contribution for one in pyroxene.structures] == pytest.approx([1.15**2 * 1800.0, 1.15**2 * 2900.0])


def test_a_config_that_a_trial_cannot_follow_is_refused(config):
    check_trial(config, "sc2o3")
    with pytest.raises(SettingError, match="simulated deposit"):
        check_trial(replace(config, synthetic=None), "sc2o3")
    with pytest.raises(SettingError, match="hold_out"):
        check_trial(replace(config, qaqc=replace(config.qaqc, on_failure="hold_out")), "sc2o3")


def test_another_seed_draws_another_deposit_and_the_same_one_the_same(config, drawn, tmp_path):
    again, _ = drawn_tables(config, config.synthetic.seed, tmp_path)
    other, _ = drawn_tables(config, 7, tmp_path)
    assert again["assay"].equals(drawn[0]["assay"])
    assert not np.array_equal(other["collar"]["easting"], again["collar"]["easting"])
    assert other["assay"]["sc2o3"].mean() != again["assay"]["sc2o3"].mean()
    assert list(tmp_path.iterdir()) == []  # nothing is left behind


@pytest.mark.exhaustive
def test_a_trial_scores_both_variograms_and_every_estimator_once(config, drawn):
    table = try_seed(config, *drawn, config.synthetic.seed)
    assert set(table["seed"]) == {config.synthetic.seed}
    assert not table.duplicated(["variogram", "estimator", "group", "cutoff", "measure"]).any()
    bias = table[(table["measure"] == "relative_bias") & (table["group"] == "all")]
    assert set(zip(bias["variogram"], bias["estimator"], strict=True)) == {
        *(("fitted", "estimate"), ("true", "estimate")),
        *(("none", name) for name in ("nearest", "inverse_distance", "polygonal")),
    }
    honest = table[(table["measure"] == "coverage_90") & (table["group"] == "all")]
    assert sorted(honest["variogram"]) == ["fitted", "true"] and honest["value"].between(0.7, 1.0).all()

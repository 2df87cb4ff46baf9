"""Steps from the previous estimate: each changes one cause's sections, they end at the present config, and faults have words."""

from copy import deepcopy

import pytest
import yaml

from scandia.config.load import load, resolve
from scandia.config.previous import CAUSES, DRILLING, PREVIOUS, steps
from scandia.errors import SettingError


@pytest.fixture(scope="module")
def config(project):
    return resolve(yaml.safe_load((project / "config" / "config.yaml").read_text(encoding="utf-8")))


def edited(config, **previous):
    return config | {"previous": config["previous"] | previous}


def test_each_step_changes_the_sections_of_its_cause_only_and_the_last_is_the_present(config):
    before = deepcopy(config)
    found = steps(config)
    assert list(found) == [PREVIOUS, DRILLING, *CAUSES]
    assert [one.all_holes for one in found.values()] == [False] + [True] * (len(found) - 1)
    assert found[PREVIOUS].config == found[DRILLING].config
    models = [one.config["model"] for one in list(found.values())[1:]]
    for sections, one, other in zip(CAUSES.values(), models[:-1], models[1:], strict=True):
        assert [name for name in one if one[name] != other[name]] == [
            name for name in one if name in sections and one[name] != other[name]
        ]
        assert any(one[name] != other[name] for name in sections)
    assert models[-1] == config["model"] and config == before
    assert {name for sections in CAUSES.values() for name in sections} == set(config["model"]) - {"audit", "chunks", "validation"}


def test_keys_of_then_stand_whole_and_the_rest_as_now(config):
    now = config["model"]
    then = steps(edited(config, model={"reporting": {"base_cutoff": 75.0}, "statistics": {"caps": {}}, "topography": None}))
    model = then[PREVIOUS].config["model"]
    assert model["reporting"] == now["reporting"] | {"base_cutoff": 75.0}
    assert model["topography"] is None and model["domains"] == now["domains"]
    changed = {name: one.changed for name, one in then.items()}
    assert changed["economics"] == "reporting.base_cutoff" and changed["density"] == "nothing"
    assert changed["domains"].startswith("topography.")
    assert steps(edited(config, campaigns=[]))[DRILLING].changed == "nothing"


@pytest.mark.parametrize(
    ("previous", "words"),
    [
        ({"model": {"validation": {}}}, "previous.model.validation: no section that changes a resource"),
        ({"model": {"economic": {}}}, "Did you mean 'economics'"),
        ({"model": {"economics": None}}, "both estimates need economics"),
        ({"model": {"estimation": {"variables": ["sc2o3"]}}}, "must have the same ones"),
        ({"model": {"density": {"metod": "mean"}}}, "density.metod: unknown key"),
    ],
)
def test_what_cannot_differ_is_refused(config, previous, words):
    with pytest.raises(SettingError, match=words):
        steps(edited(config, **previous))


def test_campaigns_need_their_column_and_a_model(config):
    bare = deepcopy(config)
    del bare["drillholes"]["collar"]["columns"]["campaign"]
    with pytest.raises(SettingError, match="maps no campaign"):
        steps(bare)
    with pytest.raises(SettingError, match=r"drillholes\.located gives none"):
        steps(config | {"drillholes": config["drillholes"] | {"located": {"kind": "samples"}}})
    with pytest.raises(SettingError, match="no model section"):
        steps(config | {"model": None})


def test_a_published_day_that_is_none_is_refused(config):
    row = config["previous"]["published"][0] | {"effective_date": "September 2021"}
    with pytest.raises(SettingError, match="must be a day"):
        load(edited(config, published=[row]))

"""Variants of the config: one choice each, valid, and the base untouched."""

from copy import deepcopy

import pytest
import yaml

from scandia.config.load import resolve
from scandia.config.variants import variants


@pytest.fixture(scope="module")
def config(project):
    return resolve(yaml.safe_load((project / "config" / "config.yaml").read_text(encoding="utf-8")))


def differences(one, other, path=""):
    if isinstance(one, dict) and isinstance(other, dict):
        keys = dict.fromkeys([*one, *other])
        return [place for key in keys for place in differences(one.get(key), other.get(key), f"{path}.{key}".lstrip("."))]
    return [] if one == other else [path]


def test_every_variant_is_a_config_and_differs_in_its_choice_only(config):
    before = deepcopy(config)
    found = variants(config)
    changed = {name: differences(config, one.config) for name, one in found.items()}
    assert changed.pop("base") == []
    assert {name: places for name, places in changed.items() if name.endswith("_up")} == {
        "domain_up": ["model.domains.implicit.offset"],
        "density_up": ["model.density.factor"],
        "variogram_ranges_up": ["model.variography.range_factor"],
        "variogram_sill_up": ["model.variography.sill_factor"],
        "search_up": ["model.estimation.search.passes"],
        "cutoff_up": ["model.reporting.base_cutoff"],
    }
    assert changed["fewer_passes"] == ["model.estimation.search.passes"]
    assert all(resolve(found[name].config) == found[name].config for name in (*changed, "base") if not name.endswith("_down"))
    assert config == before


def test_amounts_go_up_and_down_by_what_is_asked(config):
    found = variants(config | {"sensitivity": config["sensitivity"] | {"search": 0.5, "domain": 3.0, "density": 0.0}})
    passes = [found[name].config["model"]["estimation"]["search"]["passes"][0]["ranges"] for name in ("search_down", "search_up")]
    assert passes == [[37.5, 30.0, 15.0], [112.5, 90.0, 45.0]]
    assert found["domain_down"].config["model"]["domains"]["implicit"]["offset"] == -3.0
    assert "density_up" not in found


def test_caps_are_left_out_where_there_are_any_and_replaced_where_others_are_given(config):
    assert not {"no_caps", "other_caps"} & set(variants(config))
    cap = {"olivine": {"sc2o3": {"value": 400.0, "reason": "Break", "name": "T"}}}
    capped = deepcopy(config)
    capped["model"]["statistics"]["caps"] = cap
    capped["sensitivity"]["caps"] = {"olivine": {"sc2o3": cap["olivine"]["sc2o3"] | {"value": 350.0}}}
    found = variants(capped)
    assert found["no_caps"].config["model"]["statistics"]["caps"] == {}
    assert found["other_caps"].change == "olivine sc2o3 350"

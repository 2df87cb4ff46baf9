"""Names of analytes and domains are refused before anything runs, where they would take or hide a column or a file."""

import pytest
import yaml

from scandia.config.load import load
from scandia.config.names import name_faults
from scandia.errors import SettingError


@pytest.mark.parametrize(
    "name",
    [
        *("weight", "x", "z", "length", "hole", "from", "row", "sample", "batch"),
        *("density", "tonnage", "fraction", "ground", "class", "pit", "nsr", "nsr_metal", "main_domain"),
        *("FID", "Geom", "X", "row_icp", "fraction_ore", "Fraction_ore"),
        *("../x", "=cmd", "cu\n", "a\nb", "", "2cu", "_cu", "cu ", "c u", "çu", "cu-s"),
    ],
)
def test_an_analyte_cannot_have_a_name_that_is_taken_or_no_name(name):
    (fault,) = name_faults({name: None}, ())
    assert repr(name) in fault
    assert "\n" not in fault


@pytest.mark.parametrize("suffix", ["_reason", "_metal", "_missing", "_nearest", "_tonnage", "_censored", "_REASON", "_true"])
def test_an_analyte_cannot_have_the_name_of_anothers_column(suffix):
    (fault,) = name_faults(["cu", f"cu{suffix}"], ())
    assert f"cu{suffix.lower()}" in fault.lower() and "'cu' has a column" in fault


@pytest.mark.parametrize("names", [["ore a", "ore_a"], ["Ore", "ore"], ["../ore"], ["none"], ["all"], ["o\nre"], [""]])
def test_domains_cannot_share_a_column_nor_lead_elsewhere(names):
    (fault,) = name_faults((), names)
    assert "model.domains.domains." in fault and "\n" not in fault


def test_pictures_of_two_domains_cannot_share_a_name():
    (fault,) = name_faults(["cu", "rich_cu"], ["ore", "ore_rich"])
    assert "'rich_cu' in 'ore'" in fault


def test_ordinary_names_pass():
    names = ["cu", "Au", "As", "s", "p", "n", "y_ppm", "sc2o3", "treo_y", "sc2o3_recoverable", "mean", "cu_grade"]
    assert list(name_faults(names, ["olivine", "Zone-1", "1_upper", "internal_waste"])) == []


def test_the_config_is_refused_with_every_such_name_at_once(project):
    raw = yaml.safe_load((project / "config" / "config.yaml").read_text())
    raw["analytes"] |= {"weight": raw["analytes"]["sc2o3"], "sc2o3_reason": raw["analytes"]["sc2o3"]}
    raw["model"]["domains"]["domains"]["ore a"] = raw["model"]["domains"]["domains"]["olivine"] | {"code": 99, "lithology": ["Q"]}
    with pytest.raises(SettingError) as caught:
        load(raw)
    for key in ("analytes.weight", "analytes.sc2o3_reason", "model.domains.domains.ore a"):
        assert key in str(caught.value)

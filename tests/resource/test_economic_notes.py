"""Footnotes on economics and the pit, and the config's checks of both."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from economy import an_economy, assumption, product

from scandia.config.load import load
from scandia.errors import SettingError
from scandia.resource.economic_notes import ShellFacts, economic_notes
from scandia.resource.economic_settings import Recovery
from scandia.resource.footnotes import statement_title

PROJECT = Path(__file__).parents[2]
SHELL = ShellFacts(
    rock_tonnage=93.7e6, ore_tonnage=18.6e6, strip_ratio=4.03, depth=260.0, excluded=(("inferred", "282 kt", 0.051),)
)


def said(analytes, economy=None, shell=SHELL):
    return " ".join(economic_notes(economy or an_economy(), analytes, shell, {"ore": "Ore zone"}))


@pytest.mark.parametrize(
    "words",
    [
        "only blocks inside a pit shell and above the cut-off are reported",
        "Pit shell: 93.7 Mt of rock, of which 18.6 Mt would be processed; strip ratio 4.0 t of waste to 1 t of ore",
        "Excluded, because it lies outside the shell although above the cut-off: Inferred 282 kt (5.1 % of the class).",
        "Price of scandium: 1,250 USD/kg of Sc2O3; spot, 2021-04-28. a release.",
        "Recovery of scandium: 77.3 %. a pilot test.",
        "Exchange rate: 1.35 CAD for 1 USD.",
        "Processing: 175.00 CAD/t.",
        "Mining rises by 0.01 CAD/t per metre below elevation 500 m.",
        "marginal (processing, G&A and dearer mining of ore) 205.00 CAD/t",
        "break-even (with mining at the reference elevation) 213.00 CAD/t",
        "Overall pit slopes: 45° all around. ASSUMED.",
        "are assumed, not published or quoted",
    ],
)
def test_every_choice_is_said(analytes, words):
    assert words in said(analytes)


def test_ground_that_is_guessed_or_steeper_than_the_walls_is_said(analytes):
    plain, told = said(analytes), said(analytes, shell=replace(SHELL, unsurveyed=0.604, steep_ground=0.031))
    assert "surveyed" not in plain and "steeper" not in plain
    assert "60 % of the shell's area lies where no ground is surveyed" in told and "the hull of the collars" in told
    assert "WARNING: in 3.1 % of the shell's area the ground is steeper than the flattest wall" in told


def test_recoveries_of_domains_and_tables_are_said(analytes):
    table = Recovery(grades=(100.0, 300.0), recoveries=(0.6, 0.8), source="a test")
    own = replace(product("scandium"), domain_recoveries={"ore": table})
    text = said(analytes, replace(an_economy(), products={"scandium": own}))
    assert "Recovery of scandium in Ore zone: 60 % at 100, 80 % at 300 g/t Sc₂O₃, straight in between. a test." in text


def test_tonnes_that_lose_money_and_an_empty_shell_are_said(analytes):
    assert "3.2 % of the stated tonnes reach the cut-off above, but not the marginal cut-off" in said(
        analytes, shell=replace(SHELL, losing=0.032)
    )
    assert "Pit shell: empty." in said(analytes, shell=replace(SHELL, ore_tonnage=0.0, strip_ratio=float("nan"), excluded=()))


def test_the_title_says_that_a_shell_limits_the_tonnes(reporting):
    title = statement_title("Somewhere", reporting, synthetic=False, constrained=True)
    assert title == "Somewhere: Draft Mineral Resource statement inside a pit shell, effective 2025-01-31"


def changed(**economics):
    raw = yaml.safe_load((PROJECT / "config" / "deposits" / "tiny" / "config.yaml").read_text(encoding="utf-8"))
    raw["model"]["economics"] |= economics
    return raw


def test_a_product_that_is_not_estimated_is_refused():
    raw = changed()
    raw["model"]["economics"]["products"]["scandium"]["variable"] = "la2o3"
    with pytest.raises(SettingError, match=r"products\.scandium.variable is 'la2o3', which is not estimated"):
        load(raw)


def test_a_price_of_another_species_is_refused():
    raw = changed()
    raw["model"]["economics"]["products"]["scandium"]["price"]["species"] = "Cu"
    with pytest.raises(SettingError, match=r"price\.species"):
        load(raw)


def test_a_domain_that_is_none_is_refused():
    slopes = {"angle": 40.0, "source": "x"}
    raw = changed()
    raw["model"]["economics"]["pit"]["domain_slopes"] = {"olivin": slopes}
    with pytest.raises(SettingError, match=r"pit\.domain_slopes names 'olivin', which is no domain"):
        load(raw)


def test_a_cutoff_in_net_smelter_return_that_loses_money_is_refused():
    raw = changed()
    raw["model"]["reporting"] |= {"variable": "nsr", "base_cutoff": 150.0}
    with pytest.raises(SettingError, match=r"base_cutoff is 150, below the marginal cut-off of 192\.54 CAD/t"):
        load(raw)
    raw["model"]["reporting"]["base_cutoff"] = 192.54
    assert load(raw).model.reporting.main_variable == "sc2o3"


def test_a_cutoff_in_net_smelter_return_needs_economics():
    raw = changed()
    raw["model"]["economics"] = None
    raw["model"]["reporting"]["variable"] = "nsr"
    with pytest.raises(SettingError, match=r"model\.reporting\.variable"):
        load(raw)


def test_assumptions_of_the_shipped_config_say_so_and_the_published_ones_name_their_source():
    economics = load(yaml.safe_load((PROJECT / "config" / "config.yaml").read_text(encoding="utf-8"))).model.economics
    assert [cutoff.value for cutoff in economics.published_cutoffs] == [110.8, 110.11, 205.54]
    assert economics.products["scandium"].recovery.value == 0.773
    assert "13 May 2025" in economics.products["scandium"].recovery.source
    assert all(product.discount.value == 0.7 for name, product in economics.products.items() if name != "scandium")
    assert economics.mining_cost.source.startswith("ASSUMED")
    assert assumption(1.0).source.startswith("ASSUMED")

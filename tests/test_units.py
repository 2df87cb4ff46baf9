import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia import units
from scandia.errors import InputError
from scandia.units import (
    ATOMIC_MASSES,
    convert,
    convert_grade,
    largest_grade,
    molar_mass,
    oxide_factor,
    parse_formula,
    species_factor,
)

UNITS = ("ppb", "ppm", "g/t", "%")
SCANDIUM_FAMILY = ("Sc", "Sc2O3", "Sc₂O₃")
IRON_FAMILY = ("Fe", "FeO", "Fe2O3", "Fe3O4")


@given(st.sampled_from(IRON_FAMILY), st.sampled_from(IRON_FAMILY), st.sampled_from(IRON_FAMILY))
def test_species_factors_chain_and_invert(first, second, third):
    assert species_factor(first, second) * species_factor(second, third) == pytest.approx(species_factor(first, third), rel=1e-14)
    assert species_factor(first, second) * species_factor(second, first) == pytest.approx(1.0, rel=1e-14)


@given(st.floats(1e-6, 1e6), st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_units_convert_there_and_back(value, first, second):
    assert convert(convert(value, first, second), second, first) == pytest.approx(value, rel=1e-15)


@given(st.sampled_from(sorted(ATOMIC_MASSES)), st.integers(1, 9), st.integers(1, 20))
def test_the_element_in_an_oxide_never_weighs_more_than_the_oxide(element, atoms, oxygen):
    if element != "O":
        assert molar_mass(f"{element}{atoms}O{oxygen}") == pytest.approx(atoms * ATOMIC_MASSES[element] + oxygen * 15.999)
        assert oxide_factor(element, f"{element}{atoms}O{oxygen}") > 1.0


def test_the_scandium_oxide_factor_is_the_published_one():
    assert oxide_factor("Sc", "Sc2O3") == pytest.approx(1.53382, abs=1e-5)
    assert round(oxide_factor("Sc", "Sc2O3"), 4) == 1.5338


# Element-to-oxide factors as laboratories print them.
@pytest.mark.parametrize(
    ("element", "oxide", "factor"),
    [
        ("Ce", "CeO2", 1.2284),
        ("La", "La2O3", 1.1728),
        ("Pr", "Pr6O11", 1.2082),
        ("Nd", "Nd2O3", 1.1664),
        ("Tb", "Tb4O7", 1.1762),
        ("Dy", "Dy2O3", 1.1477),
        ("Y", "Y2O3", 1.2699),
        ("Fe", "Fe2O3", 1.4297),
        ("Fe", "FeO", 1.2865),
        ("Al", "Al2O3", 1.8895),
        ("Si", "SiO2", 2.1393),
        ("P", "P2O5", 2.2914),
        ("Nb", "Nb2O5", 1.4305),
        ("Zr", "ZrO2", 1.3508),
        ("U", "U3O8", 1.1792),
    ],
)
def test_oxide_factors_agree_with_laboratory_tables(element, oxide, factor):
    assert oxide_factor(element, oxide) == pytest.approx(factor, abs=1e-4)


def test_formulas_are_read_with_subscripts_and_repeated_elements():
    assert parse_formula("Pr6O11") == {"Pr": 6, "O": 11}
    assert parse_formula("Sc₂O₃") == {"Sc": 2, "O": 3}
    assert parse_formula("CaCO3") == {"Ca": 1, "C": 1, "O": 3}
    assert parse_formula("HOH") == {"H": 2, "O": 1}


@pytest.mark.parametrize("text", ["", "sc", "TREO+Y", "Sc2O3 ppm", "Xx2O3", "Sc0O3", "2Sc", "Sc(OH)3"])
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(InputError, match=r"formula|element"):
        parse_formula(text)


def test_equal_names_need_no_formula():
    assert species_factor("TREO+Y", "TREO+Y") == 1.0
    assert species_factor("density", "density") == 1.0


@pytest.mark.parametrize(("given_species", "wanted"), [("Sc", "Y2O3"), ("Fe2O3", "O"), ("CaCO3", "CaCO4")])
def test_species_without_one_common_element_are_refused_with_a_hint(given_species, wanted):
    with pytest.raises(InputError, match=f"{given_species} cannot be converted to {wanted}.*such as Sc and Sc2O3"):
        species_factor(given_species, wanted)


def test_an_oxide_is_no_element_for_the_oxide_factor():
    with pytest.raises(InputError, match="not a single element"):
        oxide_factor("Sc2O3", "Sc")


def test_conversions_by_hand():
    assert convert(1.0, "%", "ppm") == 10_000.0
    assert convert(4450.0, "ppm", "%") == 0.445
    assert convert(1.0, "g/t", "ppm") == 1.0
    assert convert(2500.0, "ppb", "g/t") == 2.5
    assert convert(np.float64(0.07), "%", "g/t") == 0.07 * 10_000
    assert list(convert([1, 2], "%", "ppm")) == [10_000.0, 20_000.0]
    assert convert(pd.Series([1.0], name="Sc"), "ppm", "ppb").name == "Sc"
    assert largest_grade("%") == 100 and largest_grade("g/t") == 1e6 and largest_grade("ppb") == 1e9
    grade = convert_grade(170.0, from_species="Sc", from_unit="ppm", to_species="Sc2O3", to_unit="g/t")
    assert grade == pytest.approx(260.75, abs=0.005)


def test_an_unknown_unit_names_what_is_allowed():
    with pytest.raises(InputError, match="unknown unit 'oz'; allowed are ppb, ppm, g/t, kg/t, %, oz/t, oz/st"):
        convert(1.0, "oz", "ppm")


def test_every_element_of_the_deposits_is_known():
    wanted = "H O C S Sc Y La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Fe Cu Au Ag Ni Co Cr Al"
    others = "Si Mg Mn Ti Ca K Na P Zn Pb Mo W Nb Zr Th U V"
    assert {*wanted.split(), *others.split()} <= set(ATOMIC_MASSES)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(units).failed == 0

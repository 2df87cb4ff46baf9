"""Units of grade and the masses of elements and oxides, so that Sc in ppm becomes Sc₂O₃ in g/t once and by one rule."""

import difflib
import re
from fractions import Fraction

import numpy as np

from scandia.errors import InputError

PARTS_PER_BILLION = {"ppb": 1, "ppm": 1_000, "g/t": 1_000, "kg/t": 1_000_000, "%": 10_000_000}
# A troy ounce is 31.1034768 g, or 480 grains; a short ton is 14 million grains.
PARTS_PER_BILLION |= {"oz/t": Fraction("31103.4768"), "oz/st": Fraction(480_000_000_000, 14_000_000)}
# Metres in a unit of length. The US survey foot is 1200/3937 m: Federal Register 24 (1959) 5348.
METRES = {"m": 1.0, "ft": 0.3048, "us_ft": 1200.0 / 3937.0}

# Abridged standard atomic weights 2021: T. Prohaska et al., Pure Appl. Chem. 94 (2022) 573–600, doi:10.1515/pac-2019-0603;
# https://www.ciaaw.org/abridged-atomic-weights.htm
# fmt: off
ATOMIC_MASSES = {
    "H": 1.0080, "He": 4.0026, "Li": 6.94, "Be": 9.0122, "B": 10.81, "C": 12.011, "N": 14.007, "O": 15.999, "F": 18.998,
    "Ne": 20.180, "Na": 22.990, "Mg": 24.305, "Al": 26.982, "Si": 28.085, "P": 30.974, "S": 32.06, "Cl": 35.45, "Ar": 39.95,
    "K": 39.098, "Ca": 40.078, "Sc": 44.956, "Ti": 47.867, "V": 50.942, "Cr": 51.996, "Mn": 54.938, "Fe": 55.845,
    "Co": 58.933, "Ni": 58.693, "Cu": 63.546, "Zn": 65.38, "Ga": 69.723, "Ge": 72.630, "As": 74.922, "Se": 78.971,
    "Br": 79.904, "Kr": 83.798, "Rb": 85.468, "Sr": 87.62, "Y": 88.906, "Zr": 91.224, "Nb": 92.906, "Mo": 95.95,
    "Ru": 101.07, "Rh": 102.91, "Pd": 106.42, "Ag": 107.87, "Cd": 112.41, "In": 114.82, "Sn": 118.71, "Sb": 121.76,
    "Te": 127.60, "I": 126.90, "Xe": 131.29, "Cs": 132.91, "Ba": 137.33, "La": 138.91, "Ce": 140.12, "Pr": 140.91,
    "Nd": 144.24, "Sm": 150.36, "Eu": 151.96, "Gd": 157.25, "Tb": 158.93, "Dy": 162.50, "Ho": 164.93, "Er": 167.26,
    "Tm": 168.93, "Yb": 173.05, "Lu": 174.97, "Hf": 178.49, "Ta": 180.95, "W": 183.84, "Re": 186.21, "Os": 190.23,
    "Ir": 192.22, "Pt": 195.08, "Au": 196.97, "Hg": 200.59, "Tl": 204.38, "Pb": 207.2, "Bi": 208.98, "Th": 232.04,
    "Pa": 231.04, "U": 238.03,
}
# fmt: on

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_FORMULA = re.compile(r"(?:[A-Z][a-z]?[0-9]*)+")
_PART = re.compile(r"([A-Z][a-z]?)([0-9]*)")


def parse_formula(formula):
    """Dict of element to number of atoms, in the order of the formula.

    Parameters
    ----------
    formula : str
        Such as ``Sc``, ``Pr6O11`` or ``Sc₂O₃``; no brackets, charges or fractions.

    Raises
    ------
    InputError
        The text is no formula, or names an unknown element.

    Examples
    --------
    >>> parse_formula("Pr6O11")
    {'Pr': 6, 'O': 11}
    """
    text = str(formula).translate(_SUBSCRIPTS)
    if not _FORMULA.fullmatch(text):
        message = f"{formula!r} is not a chemical formula; write an element or oxide such as Sc or Sc2O3"
        raise InputError(message)
    atoms = {}
    for element, number in _PART.findall(text):
        if element not in ATOMIC_MASSES:
            near = difflib.get_close_matches(element, ATOMIC_MASSES, n=3, cutoff=0.3)
            message = (
                f"{formula!r} names the unknown element {element!r}; known are symbols such as {', '.join(near) or 'Sc, Fe, O'}"
            )
            raise InputError(message)
        if number and int(number) == 0:
            message = f"{formula!r} has an element with 0 atoms; leave the element out"
            raise InputError(message)
        atoms[element] = atoms.get(element, 0) + int(number or 1)
    return atoms


def molar_mass(formula):
    """Mass of one mole, g/mol, from the abridged standard atomic weights."""
    return sum(ATOMIC_MASSES[element] * number for element, number in parse_formula(formula).items())


def oxide_factor(element, oxide):
    """Mass of oxide that holds one unit mass of the element.

    Notes
    -----
    ``factor = M(oxide) / (n M(element))`` with n atoms of the element in the oxide.

    Examples
    --------
    >>> round(oxide_factor("Sc", "Sc2O3"), 4)
    1.5338
    """
    parts = parse_formula(element)
    if len(parts) != 1:
        message = f"{element!r} is not a single element; to go between two oxides use species_factor"
        raise InputError(message)
    return species_factor(element, oxide)


def species_factor(from_species, to_species):
    """Factor from a mass of one species to the mass of another that holds the same atoms of their common element.

    Parameters
    ----------
    from_species, to_species : str
        Elements or oxides; equal names give 1 and may be no formula at all (``TREO+Y``, ``density``).

    Raises
    ------
    InputError
        The two do not share exactly one element besides oxygen.
    """
    if from_species == to_species:
        return 1.0
    given, wanted = parse_formula(from_species), parse_formula(to_species)
    common = [element for element in given if element in wanted and element != "O"]
    if len(common) != 1:
        shared = f"share {', '.join(common)}" if common else "have no element in common"
        message = (
            f"{from_species} cannot be converted to {to_species}: they {shared}; allowed are an element and its oxides, "
            "such as Sc and Sc2O3 (check column_species and species)"
        )
        raise InputError(message)
    element = common[0]
    return (molar_mass(to_species) / wanted[element]) / (molar_mass(from_species) / given[element])


def convert(values, from_unit, to_unit):
    """Values in another unit of grade; a scalar, array or Series as given.

    Parameters
    ----------
    values : array_like
        Grades in `from_unit`.
    from_unit, to_unit : {'ppb', 'ppm', 'g/t', 'kg/t', '%', 'oz/t', 'oz/st'}
        ``ppm`` and ``g/t`` are the same mass fraction; ounces are troy ounces, per tonne and per short ton.
    """
    for unit in (from_unit, to_unit):
        if unit not in PARTS_PER_BILLION:
            message = f"unknown unit {unit!r}; allowed are {', '.join(PARTS_PER_BILLION)}"
            raise InputError(message)
    if isinstance(values, list | tuple):
        values = np.asarray(values, dtype=float)
    ratio = Fraction(PARTS_PER_BILLION[from_unit]) / PARTS_PER_BILLION[to_unit]
    # Both directions use the whole number as ratio, where it is one: 0.0001 is not a binary fraction, 10000 is exact.
    if ratio.denominator == 1:
        return values * ratio.numerator
    return values / ratio.denominator if ratio.numerator == 1 else values * float(ratio)


def convert_grade(values, *, from_species, from_unit, to_species, to_unit):
    """Grades of another species in another unit, such as Sc in ppm to Sc₂O₃ in %."""
    return convert(values, from_unit, to_unit) * species_factor(from_species, to_species)


def largest_grade(unit):
    """The grade of a pure substance in this unit: 100 for %, a million for ppm and g/t."""
    return convert(100.0, "%", unit)

"""Sums of rare earth oxides: what TREO, TREO+Y and magnet REO mean, where a config gives no list of its own."""

from scandia.errors import InputError
from scandia.units import parse_formula

LANTHANIDES = ("La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu")
# As the press release of Imperial Mining Group of 4 November 2020 defines them; which oxide of Pr or Tb, the analytes say.
SUMS = {"TREO": LANTHANIDES, "TREO+Y": (*LANTHANIDES, "Y"), "MREO": ("Nd", "Pr", "Dy", "Tb")}


def parts_of(name, analytes):
    """Names of the analytes that add up to an analyte: its own list, or those of its kind of sum; empty for a column.

    Parameters
    ----------
    name : str
    analytes : dict of str to Analyte

    Raises
    ------
    InputError
        The kind of sum needs an oxide that no analyte is, or that two are.

    Notes
    -----
    A sum without a list and with the species TREO, TREO+Y or MREO takes one oxide of each of its elements among the analytes.
    """
    whole = analytes[name]
    if whole.sum_of or whole.column is not None:
        return whole.sum_of
    oxides = {}
    for key, analyte in analytes.items():
        element = _oxide_of(analyte.species)
        if element is not None:
            oxides.setdefault(element, []).append(key)
    parts = []
    for element in SUMS[whole.species]:
        found = oxides.get(element, [])
        if len(found) != 1:
            words = f"there are {', '.join(found)}" if found else "there is none"
            message = (
                f"analyte {name} ({whole.species}) needs one oxide of {element} among the analytes, and {words}; declare it, "
                f"or list the parts in analytes.{name}.sum_of"
            )
            raise InputError(message)
        parts.append(found[0])
    return tuple(parts)


def _oxide_of(species):
    """The element of a simple oxide, None for anything else."""
    try:
        atoms = parse_formula(species)
    except InputError:
        return None
    others = [element for element in atoms if element != "O"]
    return others[0] if len(others) == 1 and "O" in atoms else None

"""Sums of analytes: what TREO, TREO+Y and magnet REO mean, and what may be a part of which sum."""

from collections import Counter

from scandia.errors import InputError
from scandia.units import convert, parse_formula, species_factor

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


def part_values(name, part, values, analytes, *, key=None):
    """What a part adds to a sum: its values ``(n,)`` in the unit and, by `part_factor`, the species of the sum."""
    return convert(values, analytes[part].unit, analytes[name].unit) * part_factor(name, part, analytes, key=key)


def part_factor(name, part, analytes, *, key=None):
    """Factor from a mass of a part to the mass that it adds to a sum; 1 where the sum's species is no element or simple oxide.

    Parameters
    ----------
    name, part : str
        The sum, and one of its `parts_of`.
    analytes : dict of str to Analyte
    key : str, optional
        Config key that names the parts, for the message.

    Raises
    ------
    InputError
        The sum is one of an element or of its oxide, and the part holds none of this element.

    Examples
    --------
    The factor from Nd to Nd2O3 is that of `units.species_factor`; from La2O3 to TREO it is 1.
    """
    whole, species = analytes[name].species, analytes[part].species
    element = _element_of(whole)
    if element is None or species == whole:
        return 1.0
    if _element_of(species) != element:
        message = (
            f"analyte {name} ({whole}) has the part {part} ({species}); allowed are {element} and its oxides; take {part} out of "
            f"{key or f'analytes.{name}.sum_of'}, or give the sum a species that is no formula, such as total"
        )
        raise InputError(message)
    return species_factor(species, whole)


def part_faults(name, analytes, parts=None, *, key=None):
    """Faults, as sentences, of the parts of one analyte; none where it has a column and no parts are given.

    No part may be named twice. The parts of a TREO, TREO+Y or MREO must be simple oxides of its elements, each element once;
    sums among them, and columns of such a sum, count as all that they hold. The parts of an element or of a simple oxide must
    hold the element (see `part_factor`).

    Parameters
    ----------
    name : str
    analytes : dict of str to Analyte
        All parts are among them, and no sum is one of itself.
    parts : sequence of str, optional
        In place of the analyte's own, such as those that a reported sum is checked against.
    key : str, optional
        Config key that names the parts.
    """
    key, whole = key or f"analytes.{name}.sum_of", analytes[name]
    parts = parts_of(name, analytes) if parts is None else parts
    twice = [part for part, count in Counter(parts).items() if count > 1]
    for part in twice:
        yield f"{key} names {part!r} twice; each part is allowed once. Take one out."
    if whole.species in SUMS:
        yield from _class_faults(key, whole.species, dict.fromkeys(parts), analytes)
        return
    for part in dict.fromkeys(parts):
        try:
            part_factor(name, part, analytes, key=key)
        except InputError as error:
            yield f"{error}."


def _class_faults(key, species, parts, analytes):
    """What is no simple oxide of the class, and what holds an element that a part before it holds."""
    allowed, owner = SUMS[species], {}
    for part in parts:
        held = list(_held(part, analytes))
        wrong = next((leaf for leaf, element in held if element not in allowed), None)
        again = next((element for _, element in held if owner.get(element, part) != part), None)
        if wrong is not None:
            inside = "" if wrong == part else f" holds {wrong!r}, which"
            hint = _hint(analytes[wrong].species, allowed)
            yield (
                f"{key} names {part!r}, which{inside} is {analytes[wrong].species}; the parts of {species} must be simple oxides "
                f"of {', '.join(allowed)}, each element once. {hint}"
            )
        elif again is not None:
            yield (
                f"{key} names {part!r}, but {again} is in {owner[again]!r} already; the parts of {species} must be simple oxides "
                f"of {', '.join(allowed)}, each element once. Take one of the two out."
            )
        else:
            owner |= {element: part for _, element in held}


def _held(name, analytes, asked=()):
    """Pairs of an analyte that is no sum and an element whose oxide it holds; the element is None where it is no oxide."""
    if name in asked:
        message = f"analyte {name} is a sum of itself: {' → '.join((*asked, name))}; take one out of its sum_of"
        raise InputError(message)
    if name not in analytes:
        return  # a fault of its own
    species = analytes[name].species
    parts = parts_of(name, analytes) if _element_of(species) is None else ()
    for part in parts:
        yield from _held(part, analytes, (*asked, name))
    if not parts:
        for element in SUMS.get(species, (_oxide_of(species),)):
            yield name, element


def _hint(species, allowed):
    """What to do about a part that is no oxide of the class."""
    element = _element_of(species)
    return f"Let its oxide flow on: species {element}2O3 in place of {species}." if element in allowed else "Take it out."


def _element_of(species):
    """The element of an element or of a simple oxide, None for anything else."""
    try:
        atoms = parse_formula(species)
    except InputError:
        return None
    others = [element for element in atoms if element != "O"]
    return others[0] if len(others) == 1 else None


def _oxide_of(species):
    """The element of a simple oxide, None for anything else."""
    element = _element_of(species)
    return element if element is not None and "O" in parse_formula(species) else None

"""The statement: classes in the CIM layout, unrounded and rounded, with totals that add by a stated law."""

from dataclasses import dataclass
from decimal import Decimal
from math import fsum

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.resource.plausible import check_plausible
from scandia.resource.rounding import in_words, last_place, round_decimals, round_to_place
from scandia.resource.sides import INSIDE, OUTSIDE
from scandia.validation.means import ALL
from scandia.vocabulary import NSR, SHELL

TONNES = {"t": 1.0, "kt": 1e3, "Mt": 1e6, "kg": 1e-3, "koz": 31.1034768e-3}  # one unit in tonnes; ounces are troy
CLASSES = ("measured", "indicated", "inferred")
BOTH = "measured + indicated"
LAYOUT = {"measured": ("measured",), "indicated": ("indicated",), BOTH: ("measured", "indicated"), "inferred": ("inferred",)}
ADDED = {name: LAYOUT[BOTH] if name in LAYOUT[BOTH] else (name,) for name in CLASSES}  # classes that stand in one sum
NOTHING = "–"


@dataclass(frozen=True)
class Statement:
    """A statement: its title, tables of the same rows unrounded, rounded and as printed, and its notes.

    ``unrounded`` holds floats in the units of the parts (t, grade, t of metal). ``rounded`` holds exact `Decimal` numbers in the
    units of the config (None where there is nothing), so that its columns add exactly. ``printed`` holds text.
    """

    title: str
    draft: bool
    unrounded: pd.DataFrame
    rounded: pd.DataFrame
    printed: pd.DataFrame
    notes: tuple[str, ...]


def statement(table, reporting, *, limits, analytes, title, labels=None, notes=(), shell=INSIDE, nsr_unit=""):
    """`Statement` at the base cut-off of a grade-tonnage table.

    Parameters
    ----------
    table : DataFrame
        From `grade_tonnage` by class and domain, with the base cut-off among its cut-offs.
    reporting : Reporting
        Products, units, significant figures, base cut-off.
    limits : Limits
        What no honest row can exceed, from `plausible_limits`.
    analytes : dict of str to Analyte
        Label and unit of each product's variable.
    title : str
        From `footnotes.statement_title`, which says what the table is and is not.
    labels : dict of str to str, optional
        Domain to its name in print.
    notes : sequence of str
        Footnotes.
    shell : {"inside", "outside"}
        Side of the pit shell; what lies outside is not reported, and stated beside only. Without a pit all is stated.
    nsr_unit : str
        Unit of the mean net smelter return, which is stated where the table holds it.

    Raises
    ------
    InputError
        The table lacks the base cut-off, a class or a product, or holds a number that the drilling or the volume rules out.

    Notes
    -----
    Rows: Measured, Indicated, Measured + Indicated, and Inferred apart, which is never added to the others; in each the domains
    with tonnes, then "all". Law of totals: all rows of Measured and Indicated, which are added, are rounded to one place, that of
    the last of the ``tonnage_digits`` significant figures of their sum; the rows of Inferred to that of Inferred's total. Every
    total is the exact sum of its rounded rows. So columns add, no total shows a figure that is not known, and it is off by at
    most half a unit of that place per row. What lies outside a shell is rounded to one place in all classes, that of the
    largest: a remnant of one class tells no more than the rest. Rounding each
    total anew was refused (columns then do not add), as was rounding each row to its own significant figures (the totals then
    show figures that the largest row does not know: 64.7 + 0.043 = 64.743).
    """
    base = _base_rows(table, reporting, shell)
    check_plausible(base, [product.variable for product in reporting.products], limits)
    unrounded = pd.DataFrame([row for name in LAYOUT for row in _class_rows(base, name, reporting)])
    places = {name: _places(base[base["class"].isin(ADDED[name])], reporting) for name in CLASSES}
    if shell == OUTSIDE:
        places = dict.fromkeys(CLASSES, _coarsest(places, base))
    leaves = {(row["class"], row["domain"]): _round_row(row, places[row["class"]], reporting) for _, row in base.iterrows()}
    rounded = pd.DataFrame([_rounded_row(row, leaves, reporting) for _, row in unrounded.iterrows()], dtype=object)
    return Statement(
        title=title,
        draft=reporting.qualified_person is None,
        unrounded=unrounded.reset_index(drop=True),
        rounded=rounded,
        printed=_printed(rounded, reporting, analytes, labels or {}, nsr_unit),
        notes=(*notes, *_gaps(unrounded, reporting, analytes)),
    )


def _base_rows(table, reporting, shell):
    """Rows of one class and one domain at the base cut-off on one side of the shell that have tonnes."""
    table = table[table[SHELL] == shell] if SHELL in table else table
    if "class" not in table or "domain" not in table:
        message = "the statement needs a grade-tonnage table by class and domain"
        raise InputError(message)
    missing = [p.variable for p in reporting.products if f"{p.variable}_metal" not in table]
    if missing:
        message = f"the grade-tonnage table has no {', '.join(missing)}; make it with every product of the statement"
        raise InputError(message)
    at_base = table[table["cutoff"] == reporting.base_cutoff]
    if at_base.empty:
        given = ", ".join(f"{cutoff:g}" for cutoff in sorted(set(table["cutoff"])))
        message = f"the grade-tonnage table lacks the base cut-off {reporting.base_cutoff:g}; it holds {given or 'none'}"
        raise InputError(message)
    wanted = at_base["class"].isin(CLASSES) & (at_base["domain"] != ALL) & (at_base["tonnage"] > 0)
    return at_base[wanted]


def _class_rows(base, name, reporting):
    chosen = base[base["class"].isin(LAYOUT[name])]
    for domain in dict.fromkeys(base["domain"]):
        of_domain = chosen[chosen["domain"] == domain]
        if not of_domain.empty:
            yield _sum_row(of_domain, name, domain, reporting)
    yield _sum_row(chosen, name, ALL, reporting)


def _sum_row(rows, name, domain, reporting):
    total = {"class": name, "domain": domain, "tonnage": fsum(rows["tonnage"])}
    for product in reporting.products:
        v = product.variable
        known = (rows["tonnage"] - rows[f"{v}_missing"]).to_numpy(dtype=float)
        mass = known * rows[v].fillna(0.0).to_numpy(dtype=float)
        total[v] = fsum(mass) / fsum(known) if fsum(known) > 0 else float("nan")
        total[f"{v}_metal"] = fsum(rows[f"{v}_metal"])
        total[f"{v}_missing"] = fsum(rows[f"{v}_missing"])
    if NSR in rows:
        returned = fsum(rows["tonnage"] * rows[NSR].fillna(0.0))
        total[NSR] = returned / total["tonnage"] if total["tonnage"] > 0 else float("nan")
    return total


def _amounts(row, reporting):
    """Tonnage and metal of a row in the units of the config."""
    amounts = {"tonnage": row["tonnage"] / TONNES[reporting.tonnage_unit]}
    for product in reporting.products:
        name = f"{product.variable}_metal"
        amounts[name] = row[name] / TONNES[product.metal_unit]
    return amounts


def _places(rows, reporting):
    """Power of ten that each amount of these rows is rounded to: the last significant figure of their total."""
    total = _amounts(_sum_row(rows, "", ALL, reporting), reporting)
    return {name: last_place(amount, reporting.tonnage_digits) for name, amount in total.items()}


def _coarsest(places, rows):
    """The largest of the classes' places, amount by amount; classes without rows do not count."""
    own = [places[name] for name in CLASSES if rows["class"].isin(ADDED[name]).any()] or list(places.values())
    return {amount: max(given[amount] for given in own) for amount in own[0]}


def _round_row(row, places, reporting):
    return {name: round_to_place(amount, places[name]) for name, amount in _amounts(row, reporting).items()}


def _rounded_row(row, leaves, reporting):
    parts = [leaf for (name, domain), leaf in leaves.items() if name in LAYOUT[row["class"]] and row["domain"] in (ALL, domain)]
    result = {"class": row["class"], "domain": row["domain"]}
    result["tonnage"] = _total(parts, "tonnage")
    for product in reporting.products:
        grade = row[product.variable]
        shown = np.isfinite(grade) and result["tonnage"]  # tonnes that round to nothing have no grade to print
        result[product.variable] = round_decimals(grade, product.decimals) if shown else None
        result[f"{product.variable}_metal"] = _total(parts, f"{product.variable}_metal")
    if NSR in row:
        result[NSR] = round_decimals(row[NSR], 0) if np.isfinite(row[NSR]) and result["tonnage"] else None
    return result


def _total(parts, column):
    return sum((part[column] for part in parts), Decimal(0)) if parts else None


def _printed(rounded, reporting, analytes, labels, nsr_unit):
    text = {
        "Class": [" + ".join(word.capitalize() for word in name.split(" + ")) for name in rounded["class"]],
        "Domain": ["Total" if name == ALL else labels.get(name, name) for name in rounded["domain"]],
        f"Tonnes ({reporting.tonnage_unit})": _texts(rounded["tonnage"]),
    }
    for product in reporting.products:
        v, analyte = product.variable, analytes[product.variable]
        text[f"{analyte.label} ({analyte.unit})"] = _texts(rounded[v])
        text[f"Contained {analyte.label} ({product.metal_unit})"] = _texts(rounded[f"{v}_metal"])
    if NSR in rounded:
        text[f"Mean NSR ({nsr_unit})"] = _texts(rounded[NSR])
    return pd.DataFrame(text)


def _texts(numbers):
    return [NOTHING if number is None else in_words(number) for number in numbers]


def _gaps(unrounded, reporting, analytes):
    """Sentences, one for each product that lacks an estimate in part of the reported tonnes."""
    for product in reporting.products:
        totals = unrounded[unrounded["class"].isin(CLASSES) & (unrounded["domain"] == ALL)]
        missing, tonnage = fsum(totals[f"{product.variable}_missing"]), fsum(totals["tonnage"])
        if missing > 0:
            label, share = analytes[product.variable].label, 100 * missing / tonnage
            yield f"{label} is not estimated in {share:.2g} % of the tonnes; its grade and metal leave them out."

"""What each changed choice does to tonnes, grade and metal of the stated resource, ranked."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.resource.classify_rules import ORDER
from scandia.resource.sides import inside_shell

GROUPS = {"Measured + Indicated": ("measured", "indicated"), "Inferred": ("inferred",)}
MEASURES = ("tonnage", "grade", "metal")
COLUMNS = ["resource", "measure", "rank", "choice", "variant", "change", "base", "value", "difference", "share", "swing"]


def rank_sensitivities(tables, cutoffs, named, variable):
    """Ranked table of a tornado: each variant against the base, a DataFrame of `COLUMNS`.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Variant to its grade-tonnage table; ``base`` among them. What lies outside a pit shell does not count.
    cutoffs : dict of str to float
        Base cut-off of each variant.
    named : dict of str to (str, str)
        Variant to its choice and change in words.
    variable : str
        Grade and metal are of this one, the variable of the cut-off.

    Returns
    -------
    DataFrame
        For Measured + Indicated and for Inferred, never added, and for tonnage (t), grade and metal (t of the constituent): value
        of the variant, its difference from the base and share of it. Choices are ranked by their swing, the largest share that
        one of their variants makes.
    """
    if "base" not in tables:
        message = f"sensitivities need the base beside the variants; given are {', '.join(tables)}"
        raise InputError(message)
    sums = {name: totals(table, cutoffs[name], variable) for name, table in tables.items()}
    rows = []
    for group in GROUPS:
        for measure in MEASURES:
            base = sums["base"][group][measure]
            for name in tables:
                if name == "base":
                    continue
                value = sums[name][group][measure]
                share = value / base - 1.0 if base else np.nan
                rows.append((group, measure, named[name][0], name, named[name][1], base, value, value - base, share))
    columns = ["resource", "measure", "choice", "variant", "change", "base", "value", "difference", "share"]
    table = pd.DataFrame(rows, columns=columns)
    by = table.groupby(["resource", "measure", "choice"], sort=False)["share"]
    table["swing"] = by.transform(lambda share: share.abs().max())
    return _ranked(table)


def _ranked(table):
    pieces = []
    for (group, measure), own in table.groupby(["resource", "measure"], sort=False):
        del group, measure
        order = own.groupby("choice", sort=False)["swing"].first().sort_values(ascending=False, kind="stable")
        ranks = {choice: place for place, choice in enumerate(order.index, start=1)}
        pieces.append(own.assign(rank=own["choice"].map(ranks)).sort_values("rank", kind="stable"))
    return pd.concat(pieces, ignore_index=True)[COLUMNS] if pieces else pd.DataFrame(columns=COLUMNS)


def totals(table, cutoff, variable):
    """Group to its tonnage (t), grade and metal (t) inside the pit shell at a cut-off, a dict of dicts.

    Raises
    ------
    InputError
        Where the table has no such cut-off.
    """
    table = inside_shell(table)
    rows = table[(table["domain"] == "all") & np.isclose(table["cutoff"], cutoff, rtol=1e-12, atol=0.0)]
    if rows.empty and len(table):
        held = ", ".join(f"{one:g}" for one in sorted(set(table["cutoff"])))
        message = f"a grade-tonnage table has no cut-off {cutoff:g}, only {held}"
        raise InputError(message)
    held = rows.set_index("class")[["tonnage", variable, f"{variable}_metal", f"{variable}_missing"]]
    held = held.reindex(ORDER).fillna(0.0)
    known = held["tonnage"] - held[f"{variable}_missing"]
    found = {}
    for group, classes in GROUPS.items():
        own = list(classes)
        graded, mass = float(known.loc[own].sum()), float((held[variable] * known).loc[own].sum())
        found[group] = {
            "tonnage": float(held.loc[own, "tonnage"].sum()),
            "grade": mass / graded if graded > 0 else np.nan,
            "metal": float(held.loc[own, f"{variable}_metal"].sum()),
        }
    return found

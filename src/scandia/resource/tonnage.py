"""The grade-tonnage table: the one function behind curves, sensitivity and statement."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.resource.classify import CODES, ORDER
from scandia.validation.inventory import above_cutoff, add_sums, inventory_row, mass_shares
from scandia.validation.means import ALL


def grade_tonnage(parts, cutoffs, variables, *, variable=None, by=("class", "domain")):
    """Tonnage, grade and metal at or above each cut-off by class and domain, a DataFrame.

    Parameters
    ----------
    parts : Dataset
        Estimated (and, by class, classified) block parts; grades with the attribute ``units``, tonnage in t.
    cutoffs : sequence of float
        Cut-offs in the unit of the cut-off variable; 0 cuts nothing off.
    variables : sequence of str
        Grades to report.
    variable : str, optional
        Variable of the cut-off; by default the first of ``variables``.
    by : sequence of {"class", "domain"}
        What the rows tell apart. Classes are never added up here: with "class" every row belongs to one class.

    Returns
    -------
    DataFrame
        class and domain as asked (domain "all" adds the domains), cutoff, tonnage (t), for each variable v its grade (unit of
        the parts), ``v_metal`` (t of the constituent) and ``v_missing`` (t above the cut-off without an estimate of v, outside
        its grade and metal), and unestimated_tonnage: t of the group's parts without the cut-off variable, in no cut-off.

    Notes
    -----
    A part, the share of a block in one domain, is selected whole if its grade reaches the cut-off. Sums are exact, and "all" is
    the exact sum of the domains' rows, so neither the order of the parts nor of the domains can change a digit.
    """
    lead = variable or variables[0]
    shares = mass_shares(parts, variables)
    mass_shares(parts, [lead])
    names = list(dict.fromkeys([lead, *variables]))
    rows = []
    for group in _classes(parts, lead) if "class" in by else [None]:
        domains = _groups(parts, group, lead)
        if not domains:
            continue
        for cutoff in map(float, cutoffs):
            sums = {name: _sums(parts, where, names, lead, cutoff) for name, where in domains.items()}
            sums = ({} if "domain" not in by else sums) | {ALL: add_sums(list(sums.values()))}
            for name, one in sums.items():
                row = inventory_row(one, shares) | {"unestimated_tonnage": one["unestimated"][0]}
                rows.append({"class": group, "domain": name, "cutoff": cutoff, **row})
    table = pd.DataFrame(rows, columns=_columns(variables))
    return table.drop(columns=[name for name in ("class", "domain") if name not in by])


def cutoff_list(reporting):
    """The cut-offs of the grade-tonnage table with the base cut-off of the statement among them, ascending, without repeats."""
    return tuple(sorted({*map(float, reporting.cutoffs), float(reporting.base_cutoff)}))


def reported_variables(reporting):
    """The variables of the statement, that of the cut-off first, without repeats."""
    return tuple(dict.fromkeys([reporting.variable, *(product.variable for product in reporting.products)]))

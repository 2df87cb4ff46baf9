"""The grade-tonnage table: the one function behind curves, sensitivity and statement."""

from collections import defaultdict
from dataclasses import dataclass, field
from math import fsum

import numpy as np
import pandas as pd

from scandia.blockmodel.slabs import slabs
from scandia.errors import InputError
from scandia.exact import ExactSum, exact_sum
from scandia.resource.classify_rules import CODES, ORDER
from scandia.resource.sides import INSIDE, OUTSIDE
from scandia.validation.inventory import add_sums, cutoff_steps, inventory_row, merge_sums, pure_grades, sums_above, sums_by_step
from scandia.validation.means import ALL
from scandia.vocabulary import NSR, PIT, SHELL

GROUPS = ("class", "domain", SHELL)


def grade_tonnage(parts, cutoffs, variables, *, variable=None, by=GROUPS):
    """Tonnage, grade and metal at or above each cut-off by class, domain and side of the pit shell, a DataFrame.

    Parameters
    ----------
    parts : Dataset
        Estimated (and, by class, classified) block parts; grades with the attribute ``units``, tonnage in t. With ``pit`` the
        rows inside and outside the shell stand apart.
    cutoffs : sequence of float
        Cut-offs in the unit of the cut-off variable; 0 cuts nothing off.
    variables : sequence of str
        Grades to report.
    variable : str, optional
        Variable of the cut-off, a grade or ``nsr``; by default the first of ``variables``.
    by : sequence of {"class", "domain", "shell"}
        What the rows tell apart. Classes are never added up here: with "class" every row belongs to one class.

    Returns
    -------
    DataFrame
        class, domain (domain "all" adds the domains) and, where there is a pit, shell as asked, cutoff, tonnage (t), for each
        variable v its grade (unit of the parts), ``v_metal`` (t of the constituent) and ``v_missing`` (t above the cut-off
        without an estimate of v, outside its grade and metal), unestimated_tonnage: t of the group's parts without the cut-off
        variable, which no cut-off selects, and, where parts carry it, the mean ``nsr``. Domains that nobody asked to estimate
        have no row: they are rock, not a gap.

    Notes
    -----
    A part, the share of a block in one domain, is selected whole if its grade reaches the cut-off. Sums are exact, and "all" is
    the exact sum of the domains' rows, so neither the order of the parts nor of the domains can change a digit.
    """
    _check_by(by)
    lead = variable or variables[0]
    pure = pure_grades(parts, variables)
    if lead not in parts:
        message = (
            f"the block model has no variable {lead}, which the cut-off is on; it holds {', '.join(map(str, parts.data_vars))}"
        )
        raise InputError(message)
    if "class" in by:
        _check_classes(parts)
    wanted = list(dict.fromkeys([lead, *variables, *([NSR] if NSR in parts else [])]))
    steps, rows = cutoff_steps(cutoffs), []
    groups, asked = _gather(parts, wanted, lead, steps, by)
    domains = [name for name in map(str, parts["domain"].values) if asked[name]]  # one without a model is rock, not a gap in it
    for name in ORDER if "class" in by else [None]:
        for shell in (INSIDE, OUTSIDE) if _by_shell(parts, by) else [None]:
            found = {domain: groups[name, shell, domain] for domain in domains if (name, shell, domain) in groups}
            for cutoff in map(float, cutoffs):
                sums = {domain: sums_above(group.sums, steps, cutoff) for domain, group in found.items()}
                lost = {domain: float(group.lost) for domain, group in found.items()}
                if sums:
                    sums[ALL], lost[ALL] = add_sums(list(sums.values())), fsum(lost.values())
                for domain in sums if "domain" in by else [ALL] if sums else []:
                    row = {"class": name, "domain": domain, SHELL: shell, "cutoff": cutoff}
                    row |= inventory_row(sums[domain], pure)
                    rows.append(row | {"unestimated_tonnage": lost[domain], NSR: _mean(sums[domain].get(NSR))})
    absent = [name for name in GROUPS if name not in by or (name == SHELL and PIT not in parts)]
    absent += [] if NSR in parts else [NSR]
    return pd.DataFrame(rows, columns=_columns(variables)).drop(columns=absent)


def _mean(sums):
    return sums[1] / sums[0] if sums and sums[0] > 0 else float("nan")


def _by_shell(parts, by):
    return SHELL in by and PIT in parts


@dataclass(frozen=True, eq=False)
class _Group:
    """Sums by step of some parts of one class, domain and side of the shell, and the tonnage without the cut-off's variable."""

    sums: dict = field(default_factory=dict)
    lost: ExactSum = field(default_factory=ExactSum)

    def __add__(self, other):
        return _Group(merge_sums(self.sums, other.sums), self.lost + other.lost)


def _gather(parts, variables, lead, steps, by):
    """`_Group` by (class, side of the shell, domain), a dict of those that have parts, and which domains were to be estimated."""
    groups, asked = defaultdict(_Group), defaultdict(bool)
    classes = {name: CODES[name] for name in ORDER} if "class" in by else {None: None}
    shells = {INSIDE: True, OUTSIDE: False} if _by_shell(parts, by) else {None: None}
    for slab in slabs(parts, ["fraction", "tonnage", f"{lead}_reason", "class", PIT, *variables]):
        for place, domain in enumerate(map(str, slab["domain"].values)):
            own = slab.isel(domain=place)
            present = own["fraction"].values > 0
            known = present & np.isfinite(own[lead].values)
            asked[domain] |= bool(known.any() or (f"{lead}_reason" in own and (own[f"{lead}_reason"].values >= 0).any()))
            for name, code in classes.items():
                classed = present if code is None else present & (own["class"].values == code)
                for shell, inside in shells.items():
                    chosen = classed if inside is None else classed & ((own[PIT].values == 1) == inside)
                    if chosen.any():
                        grades = {variable: own[variable].values[chosen] for variable in variables}
                        tonnage = own["tonnage"].values
                        sums = sums_by_step(tonnage[chosen], grades, lead=lead, steps=steps)
                        groups[name, shell, domain] += _Group(sums, exact_sum(tonnage[chosen & ~known]))
    return groups, asked


def _check_by(by):
    unknown = [name for name in by if name not in GROUPS]
    if unknown:
        message = f"a grade-tonnage table cannot be made by {', '.join(unknown)}; it can by class, domain and shell"
        raise InputError(message)


def _check_classes(parts):
    if "class" not in parts:
        message = "the block model has no class; classify it first, or make the table by domain alone"
        raise InputError(message)


def _columns(variables):
    by_variable = [name for v in variables for name in (v, f"{v}_metal", f"{v}_missing")]
    return [*GROUPS, "cutoff", "tonnage", *by_variable, "unestimated_tonnage", NSR]


def cutoff_list(reporting):
    """Cut-offs of the grade-tonnage table with the base cut-off of the statement among them, ascending, without repeats."""
    return tuple(sorted({*map(float, reporting.cutoffs), float(reporting.base_cutoff)}))


def reported_variables(reporting):
    """Variables of the statement, that of the cut-off first, without repeats."""
    named = [reporting.variable, *(product.variable for product in reporting.products)]
    return tuple(dict.fromkeys(name for name in named if name != NSR))

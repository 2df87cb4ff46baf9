"""The pit and the tonnes of the known truth beside those of the estimate."""

from math import fsum

import numpy as np
import pandas as pd

from scandia.resource.pit import BASE, mined_blocks, optimise, shell_row
from scandia.resource.sides import INSIDE
from scandia.resource.statement import CLASSES
from scandia.resource.tonnage import grade_tonnage, reported_variables
from scandia.vocabulary import PIT, PIT_FACTOR, SHELL

OWN, FOUND, TRUE = "estimate in its shell", "truth in the estimate's shell", "truth in its own shell"


def compare_pits(parts, truth, shell, economics, analytes, reporting, *, surface, base=None):
    """Table of three cases: the estimate in its shell, what the truth holds in that shell, and the truth in its own shell.

    Parameters
    ----------
    parts : Dataset
        Classified parts with ``nsr`` and ``pit``.
    truth : Dataset
        True parts on the same grid.
    shell : Dataset
        The estimate's shells, from `shell_model.shell_dataset`.
    economics, analytes, reporting : Economics, dict of str to Analyte, Reporting
    surface, base : surface or None
        The ground, and the base of the overburden.

    Returns
    -------
    DataFrame
        case, t of rock, ore, waste, ... as `pit.shell_row`, tonnage, grades and metal at the base cut-off inside the shell
        (of the estimate all classes, which only this comparison adds up), and shared: the share of the shell's rock that the
        other shell holds, too.
    """
    grid, rock = mined_blocks(parts, economics, surface=surface, base=base)
    true = optimise(truth, economics, analytes, surface=surface, base=base)
    shells = {OWN: grid.spread(shell[PIT_FACTOR].values <= BASE), TRUE: true.grid.spread(_inside(true))}
    found = true.parts.assign({PIT: parts[PIT]})
    rows = []
    for case, place, held, dataset, inside, other in (
        (OWN, grid, rock, parts, shells[OWN], shells[TRUE]),
        (FOUND, true.grid, true.rock, found, shells[OWN], shells[TRUE]),
        (TRUE, true.grid, true.rock, true.parts, shells[TRUE], shells[OWN]),
    ):
        row = shell_row(dataset, economics, place, held, inside)
        row["shared"] = _share(held.total, inside & other, inside)
        rows.append({"case": case, **row, **_stated(dataset, reporting)})
    return pd.DataFrame(rows)


def _inside(shells):
    return (shells.number > 0) & (shells.number <= shells.factors.index(BASE) + 1)


def _share(weights, part, whole):
    total = fsum(weights[whole])
    return fsum(weights[part]) / total if total > 0 else np.nan


def _stated(parts, reporting):
    by = ("class", SHELL) if "class" in parts else (SHELL,)
    variables = reported_variables(reporting)
    table = grade_tonnage(parts, [reporting.base_cutoff], variables, variable=reporting.variable, by=by)
    table = table[table[SHELL] == INSIDE]
    table = table[table["class"].isin(CLASSES)] if "class" in table else table
    row = {"tonnage": fsum(table["tonnage"])}
    for variable in variables:
        metal, known = fsum(table[f"{variable}_metal"]), fsum(table["tonnage"] - table[f"{variable}_missing"])
        mass = fsum((table["tonnage"] - table[f"{variable}_missing"]) * table[variable].fillna(0.0))
        row |= {variable: mass / known if known > 0 else np.nan, f"{variable}_metal": metal}
    return row

"""The other doors of the flow: located samples as coded intervals, and ready composites as composites."""

import numpy as np
import pandas as pd

from scandia.composites.length import COMPOSITE, conservation, coverage_column
from scandia.domains.flag import OUTSIDE, domain_of_code
from scandia.drillholes.holes import describe_holes
from scandia.drillholes.located import along_holes, holes_through
from scandia.errors import InputError
from scandia.geometry.minegrid import to_local
from scandia.vocabulary import DOMAIN, EASTING, ELEVATION, FROM, HOLE, LENGTH, LITHOLOGY, LOCAL, NORTHING, ROW, SAMPLE, TO, WORLD


def enter_samples(samples, domains, variables, mine_grid):
    """Tables by the names that the flow gives them, made of located samples.

    Parameters
    ----------
    samples : DataFrame
        From `drillholes.located.validate_located`.
    domains : Domains or None
        None: there is no model, and nothing is coded.
    variables : sequence of str
        Analytes of the model.
    mine_grid : MineGrid

    Returns
    -------
    dict of str to DataFrame
        collar, assay, lithology, stations and holes; with domains also intervals.
    """
    if samples.empty:
        message = "no located sample can be used; see findings.csv"
        raise InputError(message)
    samples = along_holes(samples)
    collar, stations = holes_through(samples)
    keys = [ROW, HOLE, FROM, TO]
    grades = [name for name in samples if name not in (*keys, LENGTH, LITHOLOGY, *WORLD)]
    tables = {"collar": collar, "assay": samples[[*keys, *grades]], "lithology": samples[[*keys, LITHOLOGY]]}
    tables |= {"stations": stations, "holes": describe_holes(collar, stations, mine_grid).assign(uncertain="")}
    return tables | ({} if domains is None else {"intervals": _intervals(samples, domains, variables, mine_grid)})


def enter_composites(intervals, variables):
    """Composites, members and conservation of intervals that are composites already, each in its very place.

    Parameters
    ----------
    intervals : DataFrame
        From `enter_samples`.
    variables : sequence of str
    """
    inside = intervals[intervals[DOMAIN] != OUTSIDE].sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    if inside.empty:
        message = "no composite lies in a domain; check model.domains against the logged codes of drillholes.located"
        raise InputError(message)
    inside.insert(0, COMPOSITE, np.arange(1, len(inside) + 1))
    coverage = {coverage_column(name): inside[name].notna().astype(float) for name in variables}
    columns = [COMPOSITE, HOLE, FROM, TO, LENGTH, DOMAIN, *variables, *coverage, *WORLD, *LOCAL]
    composites = inside.assign(**coverage)[columns]
    names = [COMPOSITE, HOLE, ROW, *([SAMPLE] if SAMPLE in inside else []), FROM, TO, LENGTH]
    return composites, inside[names], conservation(intervals, composites, list(variables))


def _intervals(samples, domains, variables, mine_grid):
    """Coded intervals, located at the places that were given."""
    codes = domain_of_code(domains)
    domain = [codes.get(code, OUTSIDE) for code in samples[LITHOLOGY]]
    x, y = to_local(mine_grid, samples[EASTING], samples[NORTHING])
    flags = [name for variable in variables for name in (variable, f"{variable}_censored") if name in samples]
    own = [ROW, HOLE, FROM, TO, LENGTH, LITHOLOGY, *([SAMPLE] if SAMPLE in samples else []), *flags, *WORLD]
    frame = samples[own].assign(**{DOMAIN: pd.array(domain, dtype="str")})
    frame[LENGTH] = frame[TO] - frame[FROM]
    return frame.assign(**dict(zip(LOCAL, (x, y, samples[ELEVATION]), strict=True)))

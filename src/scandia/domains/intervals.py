"""Intervals with the domain of the log, of the rules, and of the solids and surfaces that cut them."""

from scandia.domains.cut import cut_intervals
from scandia.domains.flag import code_intervals
from scandia.domains.geology import geology_of
from scandia.domains.select import rule_analytes, select_intervals


def domain_intervals(tables, stations, domains, analytes, mine_grid, *, tolerance, solids=None, overburden=None):
    """Every metre of every hole with its domain, one row per piece, sorted by hole and depth.

    Parameters
    ----------
    tables : dict of str to DataFrame
        assay, lithology, collar.
    stations : DataFrame
    domains : Domains
    analytes : sequence of str
        Grades that flow on; those that a rule reads are added.
    mine_grid : MineGrid
    tolerance : float
        Differences of depth up to this are rounding, m.
    solids : dict of str to Mesh, optional
        Domain to its solid from a file, local coordinates.
    overburden : surface, optional
        Its base.
    """
    analytes = list(dict.fromkeys([*analytes, *rule_analytes(domains)]))
    coded = code_intervals(tables["assay"], tables["lithology"], tables["collar"], domains, analytes, tolerance=tolerance)
    if rule_analytes(domains):
        coded = select_intervals(coded, domains)
    if solids or overburden is not None:
        coded = cut_intervals(coded, stations, mine_grid, geology_of(None, solids or {}, domains), domains, overburden=overburden)
    return coded

"""Blocks drawn at random and the totals of the statement, recomputed from the raw tables and held against the run's."""

import numpy as np
import pandas as pd

from scandia.audit.plain.composites import coded_holes, make_composites
from scandia.audit.plain.estimate import Block, estimate, samples_of
from scandia.audit.plain.known import unknown
from scandia.audit.plain.totals import statement

COLUMNS = ("what", "run", "plain", "difference", "allowed", "verdict")
AGREES, DISAGREES, NOT_RECOMPUTED = "identical", "different", "not recomputed"
SHARE = 1e-9  # of the larger number
TONNE = 1.0  # t
DRAWN = 200


def recompute(config, models, parts, domains, stated, *, seed, excluded=(), count=DRAWN):
    """Every number that was recomputed beside the run's, a DataFrame with the columns `COLUMNS`.

    Parameters
    ----------
    config : dict
        The resolved config; raw tables are read from where it says.
    models : dict
        Domain to variable to variogram model, as ``variography/models.yaml`` holds them.
    parts : dict of str to array
        Arrays of ``parts.nc``, ``(domain, z, y, x)``. Volume fractions are taken from there.
    domains : list of str
        Their names, in the order of the arrays.
    stated : DataFrame
        ``resource/statement_unrounded.csv``.
    seed : int
        Of the draw.
    excluded : sequence of str
        Tables of which the run left rows out; these the plain path does not know either.
    count : int
        Blocks to draw, of every variable.

    Returns
    -------
    DataFrame
        What the plain path does not know has a row of its own, verdict "not recomputed", and nothing else is in the table.
    """
    names = [*unknown(config, models), *(f"rows of {table} that the checks left out" for table in excluded)]
    if names:
        return pd.DataFrame([(name, "", "", np.nan, np.nan, NOT_RECOMPUTED) for name in names], columns=list(COLUMNS))
    coded, rows = coded_holes(config), []
    composites = make_composites(config, coded)
    for variable in config["model"]["estimation"]["variables"]:
        rows += _blocks(config, models, parts, domains, composites, variable, np.random.default_rng(seed), count)
    rows += _totals(config, coded, parts, domains, stated)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _blocks(config, models, parts, domains, composites, variable, generator, count):
    estimation, grid = config["model"]["estimation"], config["model"]["grid"]
    asked = np.array([name in models for name in domains])[:, None, None, None]
    drawn = np.sort(generator.permutation(np.flatnonzero((parts["fraction"] > 0) & asked))[:count])
    samples = {name: samples_of(composites, name, variable) for name in domains}
    for number, z, y, x in np.transpose(np.unravel_index(drawn, parts["fraction"].shape)):
        domain, at = domains[number], (number, z, y, x)
        centre = np.array(grid["origin"]) + (np.array([x, y, z]) + 0.5) * np.array(grid["size"])
        search = estimation["domain_searches"].get(domain, estimation["search"])
        own, block = samples[domain], Block(0)
        if len(own.values):
            options = (grid["size"], estimation["discretisation"], config["mine_grid"]["azimuth"])
            block = estimate(centre, own, search, models[domain][variable], *options)
        place = f"{variable} in {domain}, block {x}, {y}, {z}"
        yield _row(place, parts[variable][at], block.grade, SHARE)
        if block.number or np.isfinite(parts[variable][at]):
            yield _row(f"{place}: kriging variance", parts[f"{variable}_variance"][at], block.variance, SHARE)
            yield _row(f"{place}: pass", parts[f"{variable}_pass"][at], block.number, 0.0)
            yield _row(f"{place}: holes", parts[f"{variable}_holes"][at], block.holes, 0.0)
            yield _row(f"{place}: mean distance", parts[f"{variable}_mean_distance"][at], block.mean_distance, SHARE)


def _totals(config, coded, parts, domains, stated):
    """Rows of the statement, and a row for each that only one of the two has."""
    again = {(row["class"], row["domain"]): row for row in statement(config, coded, parts, domains)}
    listed = {(row["class"], row["domain"]): row for row in stated.to_dict("records")}
    for key, row in again.items():
        own = listed.get(key, {"tonnage": 0.0})
        place = f"statement, {key[0]}, {key[1]}"
        yield _row(f"{place}: tonnes", own["tonnage"], row["tonnage"], None)
        for name in row:
            if name not in ("class", "domain", "tonnage") and row["tonnage"] > 0:
                yield _row(f"{place}: {name}", own.get(name, np.nan), row[name], SHARE)
    for key in listed.keys() - again.keys():
        yield _row(f"statement, {key[0]}, {key[1]}: tonnes", listed[key]["tonnage"], np.nan, None)


def _row(what, run, plain, share):
    """One comparison; ``share`` None allows less than a tonne."""
    run, plain = float(run), float(plain)
    allowed = TONNE if share is None else share * max(abs(run), abs(plain))
    both_missing = np.isnan(run) and np.isnan(plain)
    agrees = both_missing or abs(run - plain) <= allowed
    return what, run, plain, 0.0 if both_missing else abs(run - plain), allowed, AGREES if agrees else DISAGREES

"""Domains of intervals that a rule of grades chooses: grade shells and economic composites."""

import numpy as np

from scandia.domains.priority import rank
from scandia.drillholes.intercepts import intercept_spans
from scandia.vocabulary import DOMAIN, FROM, HOLE, LENGTH, LITHOLOGY


def rule_analytes(domains):
    """Analytes that the rules of the domains read, in their order, list."""
    rules = [domain.select for domain in domains.domains.values() if domain.select is not None]
    return list(dict.fromkeys(rule.analyte for rule in rules))


def select_intervals(intervals, domains):
    """Coded intervals, sorted by hole and depth, with the domains of the rules where they go before the logged ones.

    Parameters
    ----------
    intervals : DataFrame
        Every metre of every hole once, as `flag.code_intervals` makes them, with the analytes of the rules.
    domains : Domains

    Notes
    -----
    A stretch is that of `drillholes.intercepts.intercept_spans`: ground without a grade counts as zero, both ends reach the
    cut-off, and so does the mean of the whole. A rule that is held to logged codes sees each run of them alone.
    """
    frame = intervals.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    owner = frame[DOMAIN].to_numpy(dtype=object).copy()
    for name in sorted((name for name, domain in domains.domains.items() if domain.select), key=lambda name: rank(domains, name)):
        chosen = _chosen(frame, domains.domains[name].select)
        weaker = np.array([rank(domains, other) < rank(domains, name) for other in owner])
        owner[chosen & weaker] = name
    return frame.assign(**{DOMAIN: owner.astype(str)})


def _chosen(frame, rule):
    """Which rows the rule takes, bool ``(n,)``."""
    allowed = frame[LITHOLOGY].isin(rule.lithology).to_numpy() if rule.lithology else np.ones(len(frame), dtype=bool)
    hole = frame[HOLE].to_numpy(dtype=object)
    new = np.r_[True, (hole[1:] != hole[:-1]) | (allowed[1:] != allowed[:-1])]
    starts = np.flatnonzero(new)
    lengths, grades = frame[LENGTH].to_numpy(float), np.nan_to_num(frame[rule.analyte].to_numpy(float))
    chosen = np.zeros(len(frame), dtype=bool)
    for start, stop in zip(starts, np.r_[starts[1:], len(frame)], strict=True):
        if allowed[start]:
            limits = {"maximum_dilution": rule.maximum_dilution, "minimum_length": rule.minimum_length}
            spans = intercept_spans(lengths[start:stop], grades[start:stop], cutoff=rule.cutoff, **limits)
            for first, last in spans:
                chosen[start + first : start + last] = True
    return chosen

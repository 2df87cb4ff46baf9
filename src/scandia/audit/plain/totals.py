"""Densities, tonnes, classes and the totals of the statement, anew."""

from math import fsum

import numpy as np

from scandia.audit.plain.composites import NONE
from scandia.audit.plain.tables import PER_BILLION, numbers, read_table

CODES = {"unclassified": 0, "measured": 1, "indicated": 2, "inferred": 3}
ROWS = {
    "measured": ("measured",),
    "indicated": ("indicated",),
    "measured + indicated": ("measured", "indicated"),
    "inferred": ("inferred",),
}


def densities(config, coded):
    """Domain to its density, t/m3: the mean of its plausible measurements, or the assigned one."""
    settings, domains = config["model"]["density"], config["model"]["domains"]["domains"]
    measured = {name: [] for name in domains}
    if settings["method"] == "mean" and config["drillholes"]["density"]:
        pieces = {hole: own for hole, (_, own) in coded.items()}
        for hole, depth, value in _measurements(read_table(config, "density")):
            domain = next((p[2] for p in pieces.get(hole, []) if p[0] <= depth < p[1]), NONE)
            if domain != NONE and settings["minimum"] <= value <= settings["maximum"]:
                measured[domain].append(value)
    enough = {name: len(values) >= settings["minimum_measurements"] for name, values in measured.items()}
    own = {name: fsum(values) / len(values) if enough[name] else settings["assigned"][name] for name, values in measured.items()}
    return {name: settings["factor"] * value for name, value in own.items()}


def _measurements(table):
    """Hole, depth of the middle, and density of each measurement."""
    if "depth" in table:
        return zip(table["hole"], numbers(table["depth"]), numbers(table["density"]), strict=True)
    top = numbers(table["from"])
    bottom = numbers(table["to"]) if "to" in table else top
    middle = (top + np.where(np.isnan(bottom), top, bottom)) / 2.0
    return zip(table["hole"], middle, numbers(table["density"]), strict=True)


def classes(config, parts, variable):
    """Codes ``(domain, z, y, x)`` of the classes, by the written rules, from the search's numbers of each part."""
    found = np.full(parts["fraction"].shape, CODES["unclassified"])
    done = ~((parts["fraction"] > 0) & np.isfinite(parts[variable]))
    for rule in config["model"]["classification"]["rules"]:
        holds = ~done & (parts[f"{variable}_pass"] >= 1) & (parts[f"{variable}_holes"] >= max(2, rule["min_holes"]))
        if rule["max_pass"] is not None:
            holds &= parts[f"{variable}_pass"] <= rule["max_pass"]
        if rule["max_distance"] is not None:
            holds &= parts[f"{variable}_mean_distance"] <= rule["max_distance"]
        if rule["min_slope"] is not None:
            holds &= parts[f"{variable}_slope"] >= rule["min_slope"]
        found[holds] = CODES[rule["resource_class"]]
        done |= holds
    return found


def statement(config, coded, parts, domains):
    """Rows of the statement, a list of dicts: class, domain (or "all"), tonnage (t), of each product grade and ``_metal`` (t).

    Parameters
    ----------
    config : dict
    coded : dict
        From `scandia.audit.plain.composites.coded_holes`.
    parts : dict of str to array
        fraction, grades and the search's numbers, ``(domain, z, y, x)``; and ``pit``, 1 inside the shell, where there is one.
    domains : list of str
    """
    reporting, density = config["model"]["reporting"], densities(config, coded)
    tonnes = parts["fraction"] * np.prod(config["model"]["grid"]["size"])
    tonnes = tonnes * np.array([density[name] for name in domains])[:, None, None, None]
    cut, cutoff = parts[reporting["variable"]], reporting["base_cutoff"]
    found = classes(config, parts, config["model"]["estimation"]["variables"][0])
    above = (parts["fraction"] > 0) & np.isfinite(cut) & ((cut >= cutoff) | (cutoff <= 0))
    above &= parts["pit"] == 1 if "pit" in parts else True
    variables = list(dict.fromkeys([reporting["variable"], *(product["variable"] for product in reporting["products"])]))
    rows = []
    for name, members in ROWS.items():
        chosen = above & np.isin(found, [CODES[member] for member in members])
        for number, domain in [*enumerate(domains), (None, "all")]:
            own = chosen if number is None else chosen & (np.arange(len(domains)) == number)[:, None, None, None]
            row = {"class": name, "domain": domain, "tonnage": fsum(tonnes[own])}
            for variable in variables:
                has = own & np.isfinite(parts[variable])
                metal, mass = fsum(tonnes[has] * parts[variable][has]), fsum(tonnes[has])
                row[variable] = metal / mass if mass > 0 else np.nan
                row[f"{variable}_metal"] = metal * PER_BILLION[config["analytes"][variable]["unit"]] / 1e9
            rows.append(row)
    return rows

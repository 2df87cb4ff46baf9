"""Variants of a config for sensitivities: whole configs that differ from the base in one choice."""

from copy import deepcopy
from dataclasses import dataclass

BASE = "base"


@dataclass(frozen=True)
class Variant:
    """A variant: the choice that it changes, the change in words, and its whole plain config."""

    name: str
    choice: str
    change: str
    config: dict


def variants(config):
    """Name to `Variant` of a resolved config, in the order of the flow, a dict; ``base`` first.

    Parameters
    ----------
    config : dict
        Plain and resolved, with a model.
    """
    found = {BASE: Variant(BASE, BASE, "as configured", config)}
    for name, choice, change, edits in _changes(config["model"], config["sensitivity"]):
        varied = deepcopy(config)
        for place, value in edits:
            *path, key = place.split(".")
            section = varied["model"]
            for step in path:
                section = section[step]
            section[key] = value
        found[name] = Variant(name, choice, change, varied)
    return found


def _changes(model, asked):
    """Name, choice, change in words and edits of the model of every variant."""
    yield from _caps(model, asked)
    domains, search = model["domains"], model["estimation"]["search"]
    for sign, direction in ((-1, "down"), (1, "up")):
        if asked["domain"] and domains["implicit"]:
            metres = sign * asked["domain"]
            edit = ("domains.implicit.offset", domains["implicit"]["offset"] + metres)
            yield f"domain_{direction}", "domain contacts", f"{metres:+g} m", [edit]
        if asked["density"]:
            yield _factor("density", "density", "density.factor", model["density"]["factor"], sign * asked["density"], direction)
        for key, choice, factor in (
            ("variogram_ranges", "variogram ranges", "range_factor"),
            ("variogram_sill", "variogram sill", "sill_factor"),
        ):
            if asked[key]:
                place = f"variography.{factor}"
                yield _factor(key, choice, place, model["variography"][factor], sign * asked[key], direction)
        if asked["search"]:
            by = 1 + sign * asked["search"]
            edits = [("estimation.search", _searched(search, by))]
            own = {name: _searched(one, by) for name, one in model["estimation"]["domain_searches"].items()}
            edits += [("estimation.domain_searches", own)] if own else []
            yield f"search_{direction}", "search", f"{100 * (by - 1):+g} %", edits
        if asked["cutoff"] and model["reporting"]["base_cutoff"]:
            base, share = model["reporting"]["base_cutoff"], sign * asked["cutoff"]
            yield _factor("cutoff", "cut-off", "reporting.base_cutoff", base, share, direction)
    if asked["fewer_passes"] and len(search["passes"]) > 1:
        edits = [("estimation.search", search | {"passes": search["passes"][:-1]})]
        yield "fewer_passes", "passes", f"the first {len(search['passes']) - 1} only", edits


def _caps(model, asked):
    caps = {name: own for name, own in model["statistics"]["caps"].items() if own}
    if asked["no_caps"] and caps:
        yield "no_caps", "caps", "none", [("statistics.caps", {})]
    if asked["caps"]:
        words = "; ".join(f"{name} {v} {cap['value']:g}" for name, own in asked["caps"].items() for v, cap in own.items())
        yield "other_caps", "caps", words, [("statistics.caps", asked["caps"])]


def _factor(name, choice, place, value, share, direction):
    return f"{name}_{direction}", choice, f"{100 * share:+g} %", [(place, value * (1 + share))]


def _searched(search, factor):
    """A search with the ranges of all passes times a factor."""
    passes = [one | {"ranges": [factor * reach for reach in one["ranges"]]} for one in search["passes"]]
    return search | {"passes": passes}

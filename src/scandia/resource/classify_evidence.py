"""What the rules of classification look at: diagnostics of the estimate, holes around a part, errors of production."""

from dataclasses import dataclass, field

import numpy as np

from scandia.errors import InputError
from scandia.resource.classify_error import relative_error
from scandia.resource.classify_holes import drill_spacing, hole_distances

READ = {"search_pass": "pass", "holes": "holes", "mean_distance": "mean_distance", "slope": "slope", "efficiency": "efficiency"}


@dataclass(frozen=True, eq=False)
class Evidence:
    """Diagnostics of the parts of one domain, arrays ``(z, y, x)``, and distances to holes with and without untrusted ones."""

    search_pass: np.ndarray
    holes: np.ndarray
    mean_distance: np.ndarray
    slope: np.ndarray
    efficiency: np.ndarray
    all_holes: np.ndarray | None  # (number, z, y, x), m
    trusted_holes: np.ndarray | None
    barred_classes: tuple
    spacing_holes: int
    errors: dict = field(default_factory=dict)  # of each production that a rule asks for

    def distances(self, resource_class):
        """Distances to the nearest holes that count for a class, ``(number, z, y, x)``, m."""
        return self.trusted_holes if resource_class in self.barred_classes else self.all_holes

    def spacing(self, resource_class):
        """Drill spacing of the holes that count for a class, m."""
        return drill_spacing(self.distances(resource_class), self.spacing_holes)

    def error(self, production):
        """Relative error over a production volume."""
        return self.errors[production]


def production_errors(parts, classification, variable):
    """Each production that a rule asks for to its relative errors ``(domain, z, y, x)``, a dict."""
    rules = [rule for name in parts["domain"].values.tolist() for rule in classification.rules_of(name)]
    productions = {rule.production for rule in rules if rule.production is not None}
    return {production: relative_error(parts, variable, production) for production in productions}


def gather_evidence(parts, classification, variable, composites=None, untrusted=(), errors=None):
    """`Evidence` of each domain, a list, and the drill spacing of all holes ``(domain, z, y, x)``, m (None without composites).

    Parts may be a slab; ``errors`` are then those of `production_errors` in it.

    Raises
    ------
    InputError
        A diagnostic that a rule reads, or composites where rules ask for holes around the parts, are missing.
    """
    rules = [rule for name in parts["domain"].values.tolist() for rule in classification.rules_of(name)]
    given = {key: _values(parts, f"{variable}_{name}", key, rules) for key, name in READ.items()}
    around = [within.count for rule in rules for within in rule.holes_within]
    if composites is None and (around or any(rule.max_spacing is not None for rule in rules)):
        message = "rules of classification ask for holes around the blocks; give the composites"
        raise InputError(message)
    every = trusted = None
    number = max([classification.spacing_holes, *around])
    if composites is not None:
        every = hole_distances(parts, composites, variable, number)
        trusted = hole_distances(parts, composites, variable, number, without=untrusted) if len(untrusted) else every
    barred = classification.untrusted.classes if classification.untrusted is not None else ()
    evidence = [
        Evidence(
            **{key: values[place] for key, values in given.items()},
            all_holes=None if every is None else every[:, place],
            trusted_holes=None if trusted is None else trusted[:, place],
            barred_classes=barred,
            spacing_holes=classification.spacing_holes,
            errors={production: error[place] for production, error in (errors or {}).items()},
        )
        for place in range(parts.sizes["domain"])
    ]
    spacing = None if every is None else drill_spacing(every, classification.spacing_holes)
    return evidence, spacing


def _values(parts, name, key, rules):
    """A diagnostic; what no rule asks for may be missing."""
    needed = {"slope": "min_slope", "efficiency": "min_efficiency", "search_pass": "max_pass", "mean_distance": "max_distance"}
    if name in parts:
        return parts[name].values
    if key in needed and all(getattr(rule, needed[key]) is None for rule in rules):
        return np.full(parts["fraction"].shape, np.nan)
    message = f"the block model has no {name}; classification needs the diagnostics that its rules read"
    raise InputError(message)

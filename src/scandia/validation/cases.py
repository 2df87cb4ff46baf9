"""The cases of the neighbourhood study: the config's own, and what its lists change in it; light enough for the Snakefile."""

from dataclasses import dataclass, replace
from itertools import product

FIELDS = {
    "block_sizes": "block_size",
    "max_samples": "max_samples",
    "max_per_hole": "max_per_hole",
    "discretisations": "discretisation",
    "search_factors": "search_factor",
}


@dataclass(frozen=True)
class NeighbourhoodCase:
    """What differs from the config; None is its own value."""

    block_size: float | None = None  # times that of the grid
    max_samples: int | None = None
    max_per_hole: int | None = None
    discretisation: tuple[int, int, int] | None = None
    search_factor: float | None = None

    @property
    def name(self):
        """Text that names the case, such as ``max_samples 8, search_factor 1.5``; ``config`` for the config's own."""
        given = [(name, getattr(self, name)) for name in FIELDS.values() if getattr(self, name) is not None]
        words = [f"{name} {' x '.join(map(str, value)) if isinstance(value, tuple) else f'{value:g}'}" for name, value in given]
        return ", ".join(words) or "config"


OWN = NeighbourhoodCase()


def study_cases(settings, estimation, *, crossed=False):
    """The cases of a study, a list without repeats; the config's own comes first.

    Parameters
    ----------
    settings : Neighbourhood
    estimation : Estimation
        Its values need no case of their own.
    crossed : bool
        Whether the lists that ``settings.crossed`` names are crossed; else each value changes the config alone.
    """
    lists = {FIELDS[name]: _others(FIELDS[name], getattr(settings, name), estimation) for name in FIELDS}
    cases = [OWN, *(replace(OWN, **{name: value}) for name, values in lists.items() for value in values)]
    if crossed:
        names = [FIELDS[name] for name in settings.crossed]
        choices = product(*([None, *lists[name]] for name in names))
        cases += [replace(OWN, **dict(zip(names, choice, strict=True))) for choice in choices]
    return list(dict.fromkeys(cases))


def own_value(name, estimation):
    """The config's own value of a field, of its first pass."""
    first = estimation.search.passes[0]
    return {
        "block_size": 1.0,
        "max_samples": first.max_samples,
        "max_per_hole": first.max_per_hole,
        "discretisation": estimation.discretisation,
        "search_factor": 1.0,
    }[name]


def _others(name, values, estimation):
    """Values that differ from the config's own in some pass."""
    searches = [estimation.search, *estimation.domain_searches.values()]
    if name in ("max_samples", "max_per_hole"):
        own = {getattr(item, name) for search in searches for item in search.passes}
    else:
        own = {own_value(name, estimation)}
    return [value for value in dict.fromkeys(values) if own != {value}]


def changed_search(search, case):
    """The Search with the radii and limits of a case in every pass; at least as many samples as holes are asked for."""
    passes = []
    for item in search.passes:
        factor, most = case.search_factor or 1.0, case.max_samples or item.max_samples
        changes = {"ranges": tuple(factor * length for length in item.ranges), "max_samples": most}
        changes["min_samples"] = min(item.min_samples, most)
        if case.max_per_hole is not None:
            changes["max_per_hole"] = case.max_per_hole
        passes.append(replace(item, **changes))
    return replace(search, passes=tuple(passes))


def changed_estimation(estimation, case):
    """The Estimation of a case."""
    return replace(
        estimation,
        search=changed_search(estimation.search, case),
        domain_searches={name: changed_search(search, case) for name, search in estimation.domain_searches.items()},
        discretisation=case.discretisation or estimation.discretisation,
        own_points=False,
    )

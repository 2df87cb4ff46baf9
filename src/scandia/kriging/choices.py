"""What the config chooses for one variable in one domain: the composites that may inform it and the request to the engine."""

import pandas as pd

from scandia.errors import InputError
from scandia.geometry.minegrid import local_azimuth, to_local
from scandia.geometry.orientations import interpolate_orientations
from scandia.kriging.neighbourhood import neighbourhoods
from scandia.kriging.request import make_request
from scandia.variography.covariance import localise
from scandia.vocabulary import AZIMUTH, DIP, DOMAIN, EASTING, ELEVATION, FROM, HOLE, LOCAL, NORTHING, RAKE, TO, WEIGHT

MERGED = ("variable", "estimated_domain", "place", DOMAIN, HOLE, FROM, TO, *LOCAL, "grade", "merged")


def known(composites, variable, estimator):
    """DataFrame of the composites that may inform a variable: those with its grade, and with the grades that drive its drift."""
    return composites[composites[[variable, *estimator.drift]].notna().all(axis=1)]


def make_domain_request(composites, estimation, models, domain, variable, mine_grid, targets, *, drift=None, **of_targets):
    """`Request` of the engine for one variable in one domain: what the config chooses, in the mine grid.

    Parameters
    ----------
    composites : DataFrame
        From `known`: hole, domain, x, y, z (mine-grid m) and the variables.
    estimation : Estimation
    models : dict of str to dict of str to Variogram
        Domain, variable, model, with world azimuths; an estimator that solves no system needs none.
    domain, variable : str
    mine_grid : MineGrid
        Turns world azimuths into those of x, y, z.
    targets : Grid, (Grid, mask) or array (m, 3), or None
        None: the composites themselves, each of its own domain.
    drift : dict of str to array (m,), optional
        The drift's variables at the targets.
    **of_targets
        Other options of the engine that have a row for each target, and its block support.
    """
    estimator, of_samples = estimation.estimator_of(domain, variable), composites[DOMAIN].to_numpy(str)
    restriction = estimation.high_grade.get(domain, {}).get(variable)
    model, points = models.get(domain, {}).get(variable), composites[list(LOCAL)].to_numpy(float)
    at_samples = {name: composites[name].to_numpy(float) for name in estimator.drift}
    return make_request(
        points,
        {variable: composites[variable].to_numpy(float)},
        points if targets is None else targets,
        holes=composites[HOLE].to_numpy(str),
        variogram=None if model is None else localise(model, mine_grid),
        search=localise(estimation.domain_searches.get(domain, estimation.search), mine_grid),
        method=estimator.method,
        mean=estimator.mean,
        drift={name: (at, at if targets is None else drift[name]) for name, at in at_samples.items()} or None,
        power=estimation.inverse_distance_power if estimator.power is None else estimator.power,
        negative_weights=estimation.negative_weights,
        high_grade=None if restriction is None else {variable: restriction},
        domains=(of_samples, of_samples if targets is None else domain),
        boundaries=estimation.boundaries,
        duplicates=estimation.duplicates,
        duplicate_distance=estimation.duplicate_distance,
        **of_targets,
    )


def local_orientations(readings, estimation, domain, mine_grid, targets):
    """Azimuth, dip and rake, degrees in the mine grid ``(m, 3)``, of targets ``(m, 3)``; None where the domain has no readings.

    Parameters
    ----------
    readings : dict of str to DataFrame
        Domain to azimuth (world), dip, rake, and easting, northing, elevation or mine-grid x, y, z; and weight, if they differ.
    estimation : Estimation
    domain : str
    mine_grid : MineGrid
    targets : array (m, 3)
        Mine-grid x, y, z, m.

    Raises
    ------
    InputError
        The config names readings of the domain, but there are none.
    """
    settings = estimation.orientations.get(domain)
    if settings is None:
        return None
    if domain not in (readings or {}):
        message = f"search and variogram in domain '{domain}' turn by {settings.words}, which were not given"
        raise InputError(message)
    table = readings[domain]
    points = table[list(LOCAL)] if set(LOCAL) <= set(table) else _placed(table, mine_grid)
    angles = table[[AZIMUTH, DIP, RAKE]].assign(**{AZIMUTH: local_azimuth(mine_grid, table[AZIMUTH])})
    options = {"neighbours": settings.neighbours, "power": settings.power, "weights": table.get(WEIGHT)}
    return interpolate_orientations(points.to_numpy(float), angles.to_numpy(float), targets, **options)


def merged_composites(composites, estimation, models, mine_grid):
    """DataFrame of every composite that was merged with others for a variable in a domain; columns `MERGED`.

    ``place`` numbers the places, in the order of hole, x, y, z; the first of each stays, and ``merged`` is the mean that it has.

    Parameters
    ----------
    composites, estimation, models
        As in `scandia.kriging.parts.estimate_parts`.
    mine_grid : MineGrid
    """
    tables = []
    for variable in estimation.variables if estimation.duplicates == "merge" else ():
        for domain in [name for name, own in models.items() if variable in own]:
            used = known(composites, variable, estimation.estimator_of(domain, variable))
            request = make_domain_request(used, estimation, models, domain, variable, mine_grid, None)
            for part in neighbourhoods(request, (domain,)):
                places = [used.iloc[list(group)].assign(place=place) for place, group in enumerate(part.groups, start=1)]
                means = dict(zip(part.rows.tolist(), part.values[:, 0].tolist(), strict=True))
                tables += [
                    table.assign(
                        variable=variable, estimated_domain=domain, grade=table[variable], merged=means[part.groups[place][0]]
                    )
                    for place, table in enumerate(places)
                ]
    listed = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    return listed.reindex(columns=list(MERGED))


def _placed(table, mine_grid):
    x, y = to_local(mine_grid, table[EASTING], table[NORTHING])
    return pd.DataFrame({"x": x, "y": y, "z": table[ELEVATION]})

"""What the config chooses for one variable in one domain: the composites that inform it and the options of the engine."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.geometry.minegrid import local_azimuth, to_local
from scandia.geometry.orientations import interpolate_orientations
from scandia.kriging import prepare
from scandia.kriging.boundaries import usable_samples
from scandia.variography.covariance import localise
from scandia.vocabulary import AZIMUTH, DIP, DOMAIN, EASTING, ELEVATION, FROM, HOLE, LOCAL, NORTHING, RAKE, TO

MERGED = ("variable", "estimated_domain", "place", DOMAIN, HOLE, FROM, TO, *LOCAL, "grade", "merged")


def informing(composites, estimation, domain, variable):
    """DataFrame of the composites that may inform a variable in a domain, in their order, and the table of those merged.

    Parameters
    ----------
    composites : DataFrame
        hole, domain, x, y, z (mine-grid m) and the variable.
    estimation : Estimation
        Its boundaries let in samples of other domains, its policy for duplicates merges composites at one place.
    domain, variable : str

    Returns
    -------
    used : DataFrame
        Rows with a grade, of the domain or within its soft boundaries. Of merged rows the first stays, with their mean: rows of
        the domain come before others, then the order is that of hole, x, y, z.
    merged : DataFrame
        One row for each merged composite, columns `MERGED`; ``place`` numbers the places, ``merged`` is the mean.
    """
    used = composites[composites[variable].notna()]
    points = used[list(LOCAL)].to_numpy(float)
    used = used.iloc[usable_samples(points, used[DOMAIN].to_numpy(str), domain, estimation.boundaries)]
    if estimation.duplicates == "error":
        return used, pd.DataFrame(columns=list(MERGED))
    return _merge(used, domain, variable, estimation.duplicate_distance)


def engine_options(estimation, model, domain, variable, mine_grid):
    """Keyword arguments of the engine: variogram and search in the mine grid, negative weights, and a `HighGrade` or None."""
    return {
        "variogram": localise(model, mine_grid),
        "search": localise(estimation.domain_searches.get(domain, estimation.search), mine_grid),
        "negative_weights": estimation.negative_weights,
        "high_grade": estimation.high_grade.get(domain, {}).get(variable),
    }


def local_orientations(readings, estimation, domain, mine_grid, targets):
    """Azimuth, dip and rake, degrees in the mine grid ``(m, 3)``, of targets ``(m, 3)``; None where the domain has no readings.

    Parameters
    ----------
    readings : dict of str to DataFrame
        Domain to azimuth (world), dip, rake, and easting, northing, elevation or mine-grid x, y, z.
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
        message = f"search and variogram in domain '{domain}' turn by the readings of {settings.file}, which were not given"
        raise InputError(message)
    table = readings[domain]
    points = table[list(LOCAL)] if set(LOCAL) <= set(table) else _placed(table, mine_grid)
    angles = table[[AZIMUTH, DIP, RAKE]].assign(**{AZIMUTH: local_azimuth(mine_grid, table[AZIMUTH])})
    options = {"neighbours": settings.neighbours, "power": settings.power}
    return interpolate_orientations(points.to_numpy(float), angles.to_numpy(float), targets, **options)


def merged_composites(composites, estimation, models):
    """DataFrame of every composite that was merged with others for a variable in a domain; columns `MERGED`.

    Parameters
    ----------
    composites, estimation, models
        As in `scandia.kriging.parts.estimate_parts`.
    """
    tables = [
        informing(composites, estimation, domain, variable)[1]
        for variable in estimation.variables
        for domain, own in models.items()
        if variable in own
    ]
    found = [table for table in tables if len(table)]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(MERGED))


def _placed(table, mine_grid):
    x, y = to_local(mine_grid, table[EASTING], table[NORTHING])
    return pd.DataFrame({"x": x, "y": y, "z": table[ELEVATION]})


def _merge(used, domain, variable, distance):
    """Rows without those that were merged away, in their order, with the means; and the table of all that were merged."""
    values, holes = used[[variable, *LOCAL[::-1]]].to_numpy(float), used[HOLE].to_numpy(str)
    order = np.lexsort((*values.T, holes, used[DOMAIN].to_numpy(str) != domain))
    used = used.iloc[order]
    groups = prepare.duplicate_groups(used[list(LOCAL)].to_numpy(float), distance)
    stays, means = prepare.merge_duplicates(used[[variable]].to_numpy(float), groups)
    listed = [
        used.iloc[group].assign(grade=used[variable], place=place, merged=means[group[0], 0])
        for place, group in enumerate(groups, start=1)
    ]
    merged = pd.concat(listed) if listed else pd.DataFrame(columns=list(MERGED))
    merged = merged.assign(variable=variable, estimated_domain=domain).reindex(columns=list(MERGED)).reset_index(drop=True)
    return used.assign(**{variable: means[:, 0]}).iloc[stays[np.argsort(order[stays])]], merged

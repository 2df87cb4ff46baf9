"""Structural readings of the sides of a domain's own solid: the gradient of its field in the blocks that its sides cut."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.geometry.minegrid import local_azimuth
from scandia.geometry.orientations import readings_from_gradient
from scandia.vocabulary import AZIMUTH, DIP, DOMAIN, LOCAL, RAKE

SIDES = (DOMAIN, *LOCAL, AZIMUTH, DIP, RAKE)


def side_readings(solid, grid, fraction, ground, domains, orientations):
    """DataFrame of `SIDES`: mine-grid x, y, z, m, and world azimuth, dip and rake, degrees, of the sides of each domain.

    Parameters
    ----------
    solid : Solid
    grid : Grid
    fraction, ground : array (domain, z, y, x), (z, y, x)
        From `scandia.blockmodel.fractions.domain_cells`: a block that lies below ground and partly in the domain is cut by a
        side. Blocks that the ground cuts are left out.
    domains : Domains
    orientations : dict of str to Readings
        Domain to its settings; those whose source is the solid are read.

    Raises
    ------
    InputError
        No side of a domain lies in the grid.

    Notes
    -----
    A domain ends where its signed distance falls below the largest of the others, so the normal of its side is the gradient of
    the difference; it is taken centrally over one block along each axis.
    """
    names, tables = sorted(domains.domains, key=lambda name: domains.domains[name].code), [pd.DataFrame(columns=list(SIDES))]
    for domain, settings in orientations.items():
        if settings.source != "solid":
            continue
        own = fraction[names.index(domain)]
        centres = grid.centres(np.flatnonzero((own > 0) & (own < 1) & (ground >= 1)))
        gradients, cut = _gradients(solid, domain, centres, grid.size)
        if not cut.any():
            message = f"search and variogram in domain '{domain}' turn by its solid, but no side of it lies in the grid of blocks"
            raise InputError(message)
        azimuth = None if settings.azimuth is None else float(local_azimuth(grid.mine_grid, settings.azimuth))
        points, angles = readings_from_gradient(centres[cut], gradients[cut], rake=settings.rake, azimuth=azimuth)
        table = pd.DataFrame(np.column_stack([points, angles]), columns=list(SIDES[1:]))
        tables.append(table.assign(**{DOMAIN: domain, AZIMUTH: np.mod(table[AZIMUTH] + grid.mine_grid.azimuth, 360.0)}))
    return pd.concat(tables[1:] or tables, ignore_index=True)[list(SIDES)]


def _gradients(solid, domain, centres, size):
    """Gradients ``(n, 3)`` of the field that is zero at the sides of the domain, and whether that lies in each block.

    A block is partly in a domain also where the reach of the drilling ends, which is no side of it.
    """
    if not len(centres):
        return np.empty((0, 3)), np.zeros(0, dtype=bool)
    steps = np.diag(np.asarray(size, dtype=float) / 2.0)
    ahead, behind = (np.stack([_field(solid, domain, centres + sign * step) for step in steps], axis=1) for sign in (1, -1))
    gradients = (ahead - behind) / np.asarray(size, dtype=float)
    steep = np.linalg.norm(gradients, axis=1)
    cut = (steep > 0.0) & (np.abs(_field(solid, domain, centres)) <= steep * np.linalg.norm(size) / 2.0)
    return gradients, cut


def _field(solid, domain, points):
    fields, own = solid.fields(points), solid.names.index(domain)
    return fields[:, own] - np.delete(fields, own, axis=1).max(axis=1)

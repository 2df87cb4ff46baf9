"""Classes that persons gave to the blocks in a polygon or a solid."""

import numpy as np

from scandia.blockmodel.dataset import grid_of
from scandia.errors import InputError
from scandia.geometry.mesh import contains
from scandia.geometry.minegrid import to_world
from scandia.geometry.polygon import in_polygon
from scandia.vocabulary import DOMAIN


def override_mask(parts, override, mine_grid, solid=None):
    """Parts ``(domain, z, y, x)``, bool, whose block centre an override takes in, in the domains that it names.

    Parameters
    ----------
    parts : Dataset
        A slab of them, or all.
    override : ClassOverride
    mine_grid : MineGrid
    solid : Mesh, optional
        The solid of the override, local coordinates, where it has one.
    """
    centres = grid_of(parts).centres()
    x, y, z = centres.T.reshape(3, *parts["fraction"].shape[1:])
    if override.solid is not None:
        inside = contains(solid, centres).reshape(x.shape)
    else:
        places = (x, y) if override.coordinates == "local" else to_world(mine_grid, x, y)
        inside = in_polygon(override.polygon, *places)
    if override.elevation is not None:
        inside &= (z >= override.elevation[0]) & (z <= override.elevation[1])
    names = parts[DOMAIN].values.tolist()
    own = np.array([not override.domains or name in override.domains for name in names])
    return inside & own[:, None, None, None] & (parts["fraction"].values > 0)


def refuse_empty(override):
    """Raise the InputError of an override that takes in no block: it is meant for some."""
    message = (
        f"the override to {override.resource_class} by {override.who} ({override.date}) takes in no block; check its "
        f"corners, its coordinates ({override.coordinates}) and its elevations"
    )
    raise InputError(message)

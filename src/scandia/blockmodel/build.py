"""The empty block model: grid, domain fractions, ground and density, ready to be estimated."""

import numpy as np
import pandas as pd

from scandia.blockmodel.chunks import cut_grid
from scandia.blockmodel.dataset import grid_of, new_parts, with_fractions
from scandia.blockmodel.density import assign_density, domain_densities
from scandia.blockmodel.grid import Grid
from scandia.blockmodel.points import with_own_points
from scandia.blockmodel.sides import side_readings
from scandia.blockmodel.slabs import Streamed
from scandia.blockmodel.solids import solid_volumes
from scandia.blockmodel.stable import stable_cells
from scandia.domains.geology import geology_of
from scandia.domains.implicit import contact_misfit, contacts_honoured, fit_solid
from scandia.domains.uncertainty import volume_uncertainty
from scandia.vocabulary import DOMAIN

WINDOW = 1_000_000  # blocks that are put together at one time
AGREE = 0.005  # share by which the volume that the blocks count may leave that of a solid from a file


def build_blocks(
    tables, *, domains, grid, density, surface, mine_grid, crs, title, synthetic,
    own_points=False, orientations=None, solids=None, overburden=None,
):  # fmt: skip
    """`Streamed` parts (fraction, ground, density, tonnage); the tables of densities, of the solids, of sides and of sub-cells.

    Parameters
    ----------
    tables : dict of str to DataFrame
        intervals (coded and located), stations; density where there are measurements.
    domains, grid, density, mine_grid : Domains, GridSettings, DensitySettings, MineGrid
    surface : Surface, TriangulatedSurface or None
        The ground; None leaves the blocks uncut.
    crs, title : str
    synthetic : str or None
        How the deposit was simulated.
    own_points : bool
        Whether the parts carry the sub-cells that their fractions count, for an estimate over these points alone.
    orientations : dict of str to Readings, optional
        Domain to structural readings; the sides of those that read the domain's own solid are listed.
    solids : dict of str to Mesh, optional
        Domain to its solid from a file, local coordinates.
    overburden : surface, optional
        Its base.
    """
    implicit = fit_solid(tables["intervals"], tables["stations"], domains, mine_grid) if domains.implicit else None
    geology = geology_of(implicit, solids or {}, domains)
    blocks = Grid(grid.origin, grid.size, grid.count, mine_grid)
    empty = new_parts(blocks, domains.domains, crs, title, synthetic)
    options = {"overburden": overburden, "fixed": own_points}
    fraction, ground, cells, subcells, counted = stable_cells(blocks, geology, surface, domains, **options)
    densities = domain_densities(tables.get("density"), tables["intervals"], domains, density)
    parts = Streamed(_windows(empty, fraction, ground, cells, subcells, densities))
    described = _describe_solid(empty, fraction, densities, blocks)
    if implicit is not None:
        logged = _logged(implicit, tables, domains, mine_grid, blocks, ground)
        names = list(dict.fromkeys([*logged[DOMAIN], *described[DOMAIN]]))
        described = pd.DataFrame({DOMAIN: names}).merge(logged, on=DOMAIN, how="left").merge(described, on=DOMAIN, how="left")
    described = _from_files(described, domains, solid_volumes(blocks, geology, subcells if own_points else None), geology)
    return parts, densities, described, side_readings(implicit, blocks, fraction, ground, domains, orientations or {}), counted


def _windows(empty, fraction, ground, cells, subcells, densities):
    """Windows of the parts, one after another; held whole are shares and ground, and packed sub-cells where they are wanted."""
    for chunk in cut_grid(grid_of(empty).count, WINDOW):
        z, y = chunk.window.values()
        parts = with_fractions(empty.isel(chunk.window), fraction[:, z, y], ground[z, y])
        parts = parts if cells is None else with_own_points(parts, cells[:, z, y], subcells)
        yield assign_density(parts, densities)


def _describe_solid(empty, fraction, densities, grid):
    """Table by domain: blocks, volume (m3), tonnage (t)."""
    used = densities.set_index(DOMAIN)["used"]
    rows = [
        {
            DOMAIN: name,
            "blocks": int(np.count_nonzero(share)),
            "volume": float(share.sum()) * grid.volume,
            "tonnage": float((share * grid.volume * used[name]).sum()),
        }
        for name, share in zip(empty[DOMAIN].to_numpy(), fraction, strict=True)
    ]
    return pd.DataFrame(rows)


def _logged(solid, tables, domains, mine_grid, grid, ground):
    """How the solid between the holes honours the log, and how far its volume is known."""
    intervals, stations = tables["intervals"], tables["stations"]
    below = ground.ravel() * grid.volume
    known = volume_uncertainty(solid, intervals, stations, domains, mine_grid, grid, below)
    honoured = contacts_honoured(solid, intervals, domains.implicit.tolerance)
    return contact_misfit(solid, intervals).merge(honoured, on=DOMAIN, how="left").merge(known, on=DOMAIN, how="left")


def _from_files(table, domains, volumes, geology):
    """The table with the volume of each solid from a file, what the blocks hold of it, and whether the two agree."""
    names = {domain.code: name for name, domain in domains.domains.items()}
    for (code, _), (counted, whole, inside) in zip(geology.meshes, volumes, strict=True):
        words = "agrees within 0.5 %" if abs(counted / whole - 1) <= AGREE else "leaves it by more than 0.5 %: count finer"
        at = table[DOMAIN] == names[code]
        table.loc[at, ["solid_volume", "counted_volume"]] = whole, counted
        table.loc[at, "verdict"] = words if inside else "the grid holds a part of the solid only"
    return table

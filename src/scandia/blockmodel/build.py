"""The empty block model: grid, domain fractions, ground and density, ready to be estimated."""

import pandas as pd

from scandia.blockmodel.dataset import new_parts, with_fractions
from scandia.blockmodel.density import assign_density, domain_densities
from scandia.blockmodel.fractions import domain_cells
from scandia.blockmodel.grid import Grid
from scandia.blockmodel.points import with_own_points
from scandia.blockmodel.sides import side_readings
from scandia.domains.implicit import contact_misfit, fit_solid
from scandia.vocabulary import DOMAIN, FRACTION, TONNAGE


def build_blocks(
    tables, *, domains, grid, density, surface, mine_grid, crs, title, synthetic, own_points=False, orientations=None
):
    """Parts with fraction, ground, density and tonnage; the tables of densities, of the solid and of its sides.

    Parameters
    ----------
    tables : dict of str to DataFrame
        intervals (coded and located), stations, lithology; density where there are measurements.
    domains, grid, density, mine_grid : Domains, GridSettings, DensitySettings, MineGrid
    surface : Surface or None
        The ground; None leaves the blocks uncut.
    crs, title : str
    synthetic : str or None
        How the deposit was simulated.
    own_points : bool
        Whether the parts carry the sub-cells that their fractions count, for an estimate over these points alone.
    orientations : dict of str to Readings, optional
        Domain to structural readings; the sides of those that read the domain's own solid are listed.
    """
    solid = fit_solid(tables["intervals"], tables["stations"], domains, mine_grid)
    blocks = Grid(grid.origin, grid.size, grid.count, mine_grid)
    empty = new_parts(blocks, domains.domains, crs, title, synthetic)
    fraction, ground, cells = domain_cells(blocks, solid, surface, domains)
    parts = with_fractions(empty, fraction, ground)
    parts = with_own_points(parts, cells, domains.subcells) if own_points else parts
    densities = domain_densities(tables.get("density"), tables["lithology"], domains, density)
    parts = assign_density(parts, densities)
    sides = side_readings(solid, blocks, fraction, ground, domains, orientations or {})
    return parts, densities, _describe_solid(parts, contact_misfit(solid, tables["intervals"]), blocks), sides


def _describe_solid(parts, misfit, grid):
    """Table by domain: logged length (m), share of it that the solid reproduces, blocks, volume (m3), tonnage (t)."""
    fraction, tonnage = parts[FRACTION], parts[TONNAGE]
    rows = [
        {
            DOMAIN: name,
            "blocks": int((fraction.sel(domain=name) > 0).sum()),
            "volume": float(fraction.sel(domain=name).sum()) * grid.volume,
            "tonnage": float(tonnage.sel(domain=name).sum()),
        }
        for name in parts[DOMAIN].to_numpy()
    ]
    return misfit.merge(pd.DataFrame(rows), on=DOMAIN, how="left")

from scandia.blockmodel.build import build_blocks
from scandia.blockmodel.settings import DensitySettings, GridSettings, Topography
from scandia.config.typed import typed
from scandia.domains.settings import Domains
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.ground import read_ground
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    parts, densities, solid = build_blocks(
        {name: read(path) for name, path in snakemake.input.items() if path and name not in ("accepted", "topography")},
        domains=typed(Domains, snakemake.params.domains),
        grid=typed(GridSettings, snakemake.params.grid),
        density=typed(DensitySettings, snakemake.params.density),
        surface=read_ground(snakemake.params.root, typed(Topography, snakemake.params.topography), read(snakemake.input.collar)),
        mine_grid=typed(MineGrid, snakemake.params.mine_grid),
        crs=snakemake.params.crs,
        title=snakemake.params.title,
        synthetic=snakemake.params.mark,
        own_points=snakemake.params.own_points,
    )
    write(parts, snakemake.output.blocks)
    write(densities, snakemake.output.density)
    write(solid, snakemake.output.solid)

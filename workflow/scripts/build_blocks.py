from scandia.blockmodel.build import build_blocks
from scandia.blockmodel.settings import DensitySettings, GridSettings, Overburden, Topography
from scandia.config.typed import typed
from scandia.domains.settings import Domains
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.ground import read_ground
from scandia.io.job import job
from scandia.io.meshes import read_solids

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, root = snakemake.params, snakemake.params.root
    names = [name for name in ("intervals", "stations", "density", "collar") if snakemake.input[name]]
    tables = {name: read(snakemake.input[name]) for name in names}
    domains, mine_grid = typed(Domains, given.domains), typed(MineGrid, given.mine_grid)
    ground, base = typed(Topography, given.topography), typed(Overburden, given.overburden)
    surfaces = {"surface": read_ground(root, ground, tables["collar"]), "overburden": read_ground(root, base)}
    sections = {"grid": typed(GridSettings, given.grid), "density": typed(DensitySettings, given.density), "mine_grid": mine_grid}
    words = {"crs": given.crs, "title": given.title, "synthetic": given.mark}
    solids = {"solids": read_solids(root, domains, mine_grid), "own_points": given.own_points}
    made = build_blocks(tables, domains=domains, **sections, **surfaces, **words, **solids)
    for value, path in zip(made, snakemake.output, strict=True):
        write(value, path)

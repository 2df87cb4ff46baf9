from scandia.blockmodel.build import build_blocks
from scandia.blockmodel.settings import DensitySettings, GridSettings, Overburden, Topography
from scandia.config.typed import typed
from scandia.domains.settings import Domains
from scandia.geometry.minegrid import MineGrid
from scandia.geometry.readings import Readings
from scandia.io.files import read
from scandia.io.ground import read_ground
from scandia.io.job import job
from scandia.io.meshes import read_solids

SECTIONS = {"domains": Domains, "grid": GridSettings, "density": DensitySettings, "mine_grid": MineGrid}

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, root, tables = snakemake.params, snakemake.params.root, ("intervals", "stations", "density", "collar")
    tables = {name: read(snakemake.input[name]) for name in tables if snakemake.input[name]}
    sections = {name: typed(section, given[name]) for name, section in SECTIONS.items()}
    ground, base = typed(Topography, given.topography), typed(Overburden, given.overburden)
    cuts = {"surface": read_ground(root, ground, tables["collar"]), "overburden": read_ground(root, base)}
    cuts["solids"] = read_solids(root, sections["domains"], sections["mine_grid"])
    words = {name: given[name] for name in ("crs", "title", "own_points")} | {"synthetic": given.mark}
    made = build_blocks(tables, **sections, **cuts, **words, orientations=typed(dict[str, Readings], given.orientations))
    for value, path in zip(made, snakemake.output, strict=True):
        write(value, path)

from scandia.blockmodel.build import build_blocks
from scandia.blockmodel.settings import DensitySettings, GridSettings, Topography
from scandia.config.typed import typed
from scandia.domains.settings import Domains
from scandia.geometry.minegrid import MineGrid
from scandia.geometry.readings import Readings
from scandia.io.files import read
from scandia.io.ground import read_ground
from scandia.io.job import job

SECTIONS = {"domains": Domains, "grid": GridSettings, "density": DensitySettings, "mine_grid": MineGrid}

with job(snakemake.log[0], snakemake.params.mark) as write:
    results = build_blocks(
        {name: read(path) for name, path in snakemake.input.items() if path and name not in ("accepted", "topography")},
        **{name: typed(section, snakemake.params[name]) for name, section in SECTIONS.items()},
        surface=read_ground(snakemake.params.root, typed(Topography, snakemake.params.topography), read(snakemake.input.collar)),
        **{name: snakemake.params[name] for name in ("crs", "title", "own_points")},
        synthetic=snakemake.params.mark,
        orientations=typed(dict[str, Readings], snakemake.params.orientations),
    )
    for name, result in zip(("blocks", "density", "solid", "sides"), results, strict=True):
        write(result, snakemake.output[name])

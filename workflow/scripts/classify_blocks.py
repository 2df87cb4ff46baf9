from scandia.blockmodel.density_regression import REGRESSED, with_regressed_density
from scandia.blockmodel.slabs import Streamed, slabs
from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.meshes import read_override_solids
from scandia.io.places import ground_over
from scandia.resource.classify import CLASSED, classify
from scandia.resource.classify_holes import untrusted_holes
from scandia.resource.classify_settings import Classification
from scandia.resource.classify_tables import class_tables

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, settings = snakemake.params, typed(Classification, snakemake.params.classification)
    tables = {name: read(path) for name, path in snakemake.input.items() if path and name not in ("ground", "solids")}
    parts, variable, mine_grid = tables["parts"], given.variables[0], typed(MineGrid, given.mine_grid)
    parts = with_regressed_density(parts, tables["density"]) if "density" in tables else parts
    untrusted = untrusted_holes(settings.untrusted, tables["holes"], tables.get("failed"))
    options = {"mine_grid": mine_grid, "solids": read_override_solids(given.root, settings, mine_grid), "untrusted": untrusted}
    parts = classify(parts, settings, variable, composites=tables["composites"], **options)
    ground = ground_over(parts, given.root, given.topography, tables["collar"])
    model = Streamed(slabs(parts, [*CLASSED, *(REGRESSED if "density" in tables else ())]), snakemake.input.parts)
    for value, path in zip((model, *class_tables(parts, settings, variable, ground)), snakemake.output, strict=True):
        write(value, path)

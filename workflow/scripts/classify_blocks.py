from scandia.blockmodel.density_regression import with_regressed_density
from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.meshes import read_override_solids
from scandia.io.places import ground_over
from scandia.resource.classify import classify
from scandia.resource.classify_holes import untrusted_holes
from scandia.resource.classify_settings import Classification
from scandia.resource.classify_tables import class_table, group_table, move_table, reason_table

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, settings = snakemake.params, typed(Classification, snakemake.params.classification)
    tables = {name: read(path) for name, path in snakemake.input.items() if path and name not in ("ground", "solids")}
    parts, variable, mine_grid = tables["parts"], given.variables[0], typed(MineGrid, given.mine_grid)
    parts = with_regressed_density(parts, tables["density"]) if "density" in tables else parts
    untrusted = untrusted_holes(settings.untrusted, tables["holes"], tables.get("failed"))
    options = {"mine_grid": mine_grid, "solids": read_override_solids(given.root, settings, mine_grid), "untrusted": untrusted}
    parts = classify(parts, settings, variable, composites=tables["composites"], **options)
    grouped = group_table(parts, variable, ground_over(parts, given.root, given.topography, tables["collar"]))
    made = (parts, class_table(parts, settings, variable), reason_table(parts, settings), move_table(parts, settings), grouped)
    for value, path in zip(made, snakemake.output, strict=True):
        write(value, path)

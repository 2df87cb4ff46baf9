from scandia.geometry.minegrid import MineGrid
from scandia.io.exports.bundle import Bundle
from scandia.io.exports.write import export
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark):
    tables = {name: read(path) for name, path in snakemake.input.items() if path}
    grid = MineGrid(**snakemake.params.mine_grid)
    bundle = Bundle(snakemake.params.title, snakemake.params.crs, grid, mark=snakemake.params.mark or "", **tables)
    export(bundle, snakemake.wildcards.format, snakemake.output[0])

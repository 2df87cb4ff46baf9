from scandia.config.typed import typed
from scandia.drillholes.published import check_published
from scandia.drillholes.settings import Analyte, Published
from scandia.geometry.minegrid import MineGrid
from scandia.io.deposit import read_published
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    published, mine_grid = typed(Published, snakemake.params.published), typed(MineGrid, snakemake.params.mine_grid)
    intercepts, claims = read_published(snakemake.params.root, published)
    stations, collar = read(snakemake.input.stations), read(snakemake.input.collar)
    options = {"source": published.source, "tolerance": snakemake.params.tolerance}
    options["assay"] = read(snakemake.input.assay) if snakemake.input.assay else None
    options["analytes"] = typed(dict[str, Analyte], snakemake.params.analytes)
    checks, nested, conclusion = check_published(intercepts, claims, stations, collar, mine_grid, **options)
    write(checks, snakemake.output.checks)
    write(nested, snakemake.output.intercepts)
    write(conclusion, snakemake.output.conclusion)

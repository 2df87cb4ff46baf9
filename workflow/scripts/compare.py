from pathlib import Path

from scandia.audit.beside import KEY_TABLES
from scandia.io.audit import compare_runs, read_manifest
from scandia.io.files import read
from scandia.io.job import job
from scandia.report.comparison import comparison_page

with job(snakemake.log[0], snakemake.params.mark) as write:
    results, folders = snakemake.params.results, [Path(snakemake.params[name]) for name in ("baseline", "results")]
    runs = [read_manifest(folder) for folder in folders]
    differences = compare_runs(*folders, runs[1])
    both = [name for name in KEY_TABLES if all((folder / name).is_file() for folder in folders)]
    tables = {name: [read(folder / name) for folder in folders] for name in both}
    blocks = [folder / "blockmodel.nc" for folder in folders]
    models = [read(path) for path in blocks] if all(path.is_file() for path in blocks) else None
    page, words = comparison_page([read(folder / "config.yaml") for folder in folders], runs, differences, tables, models)
    write(page, f"{results}/compare/comparison.html")
    write(words, f"{results}/compare/comparison.txt")

from pathlib import Path

from scandia.config.typed import typed
from scandia.drillholes.sources import Table
from scandia.io.database import fetch_tables
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    tables = fetch_tables(snakemake.params.root, typed(dict[str, Table], snakemake.params.tables))
    for path in snakemake.output.tables:
        write(tables[Path(path).stem], path)

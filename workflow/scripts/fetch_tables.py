from pathlib import Path

from scandia.config.typed import typed
from scandia.drillholes.sources import Table
from scandia.io.database import fetch_tables
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    asked, timeout = typed(dict[str, Table], snakemake.params.tables), snakemake.params.connect_timeout
    tables = fetch_tables(snakemake.params.root, asked, connect_timeout=timeout)
    for path in snakemake.output.tables:
        write(tables[Path(path).stem], path)

from scandia.blockmodel.settings import Topography
from scandia.config.typed import typed
from scandia.drillholes.settings import Analyte, Drillholes, Table
from scandia.drillholes.validation import validate
from scandia.io.log import logged
from scandia.io.raw import read_deposit
from scandia.io.tables import write_table

with logged(snakemake.log[0]):
    drillholes = typed(Drillholes, snakemake.params.drillholes)
    analytes = typed(dict[str, Analyte], snakemake.params.analytes)
    control, ground = typed(Table, snakemake.params.qc), typed(Topography, snakemake.params.topography)
    raw, surface, faults = read_deposit(drillholes, analytes, control, ground)
    tables, findings, rows = validate(raw, drillholes, analytes, surface=surface, faults=faults)
    for path in snakemake.output.tables:
        write_table(tables[Path(path).stem], path)
    write_table(findings, snakemake.output.findings)
    write_table(rows, snakemake.output.rows)

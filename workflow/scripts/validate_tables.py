from pathlib import Path

from scandia.blockmodel.settings import Topography
from scandia.config.typed import typed
from scandia.drillholes.settings import Analyte, Drillholes
from scandia.drillholes.validation import validate
from scandia.geometry.readings import Readings
from scandia.io.deposit import read_deposit
from scandia.io.job import job
from scandia.qaqc.settings import QualityControl

with job(snakemake.log[0], snakemake.params.mark) as write:
    drillholes = typed(Drillholes, snakemake.params.drillholes)
    analytes = typed(dict[str, Analyte], snakemake.params.analytes)
    control, ground = typed(QualityControl, snakemake.params.qaqc), typed(Topography, snakemake.params.topography)
    turned = typed(dict[str, Readings], snakemake.params.orientations)
    raw, surface, reading = read_deposit(drillholes, analytes, control, ground, turned)
    options = {"quality_control": control, "codes": snakemake.params.codes, "reading": reading}
    tables, findings, rows = validate(raw, drillholes, analytes, surface=surface, **options)
    for path in snakemake.output.tables:
        write(tables[Path(path).stem], path)
    write(findings, snakemake.output.findings)
    write(rows, snakemake.output.rows)

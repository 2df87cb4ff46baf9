from scandia.blockmodel.settings import Topography
from scandia.config.typed import typed
from scandia.domains.settings import SolidFile
from scandia.drillholes.located import validate_located
from scandia.drillholes.settings import Analyte, Drillholes
from scandia.geometry.readings import Readings
from scandia.io.deposit import read_deposit
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, analytes = snakemake.params, typed(dict[str, Analyte], snakemake.params.analytes)
    drillholes, ground = typed(Drillholes, given.drillholes), typed(Topography, given.topography)
    turned = typed(dict[str, Readings], given.orientations)
    apart = {"snapshots": given.snapshots, "solids": typed(dict[str, SolidFile], given.solids)}
    raw, _, reading = read_deposit(drillholes, analytes, None, ground, turned, **apart)
    options = {"checks": drillholes.checks, "reading": reading, "crs": given.crs}
    samples, findings, rows = validate_located(raw["located"], drillholes.located, analytes, **options)
    write(samples, snakemake.output.samples)
    write(findings, snakemake.output.findings)
    write(findings, snakemake.output.findings_parquet)
    write(rows, snakemake.output.rows)

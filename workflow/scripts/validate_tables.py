from pathlib import Path

from scandia.blockmodel.settings import Topography
from scandia.config.typed import typed
from scandia.domains.settings import SolidFile
from scandia.drillholes.assays import check_all
from scandia.drillholes.settings import Analyte, Drillholes
from scandia.geometry.readings import Readings
from scandia.io.deposit import take_in
from scandia.io.job import job
from scandia.qaqc.settings import QualityControl

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, analytes = snakemake.params, typed(dict[str, Analyte], snakemake.params.analytes)
    control, ground = typed(QualityControl, given.qaqc), typed(Topography, given.topography)
    turned = typed(dict[str, Readings], given.orientations)
    apart = {"snapshots": given.snapshots, "solids": typed(dict[str, SolidFile], given.solids)}
    deposit = take_in(typed(Drillholes, given.drillholes), analytes, control, ground, turned, **apart)
    options = {"quality_control": deposit.quality_control, "surface": deposit.surface, "reading": deposit.findings}
    asked = {"codes": given.codes, "crs": given.crs}
    checked, merging = check_all(deposit.raw, deposit.drillholes, analytes, **options, **asked)
    for path in snakemake.output.tables:
        write(checked.tables[Path(path).stem], path)
    found = {"findings": checked.findings, "findings_parquet": checked.findings, "rows": checked.rows}
    found |= {"excluded": checked.excluded, "corrections": deposit.corrections, "merging": merging}
    for name, table in found.items():
        write(table, snakemake.output[name])

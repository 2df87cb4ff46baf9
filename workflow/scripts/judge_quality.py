from scandia.config.typed import typed
from scandia.drillholes.settings import Analyte
from scandia.io.files import read
from scandia.io.job import job
from scandia.qaqc.settings import QualityControl
from scandia.qaqc.verdict import judge

with job(snakemake.log[0], snakemake.params.mark) as write:
    settings, analytes = typed(QualityControl, snakemake.params.qaqc), typed(dict[str, Analyte], snakemake.params.analytes)
    qc, assay, collar = (read(snakemake.input[name]) for name in ("qc", "assay", "collar"))
    tables = judge(qc, assay, settings, analytes, collar=collar)
    for name, path in snakemake.output.items():
        write(tables[name], path)

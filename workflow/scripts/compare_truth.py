from scandia.config.typed import typed
from scandia.domains.settings import Domains
from scandia.drillholes.settings import Analyte
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.kriging.settings import Estimation
from scandia.resource.economic_settings import Economics
from scandia.resource.settings import Reporting
from scandia.resource.tonnage import cutoff_list
from scandia.resource.value import with_nsr
from scandia.validation.polygonal import plane_of, with_polygonal
from scandia.validation.truth import compare_truth

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, reporting = snakemake.params, typed(Reporting, snakemake.params.reporting)
    plane = plane_of(typed(Domains, given.domains), typed(Estimation, given.estimation).search)
    sold = typed(Economics, given.economics), typed(dict[str, Analyte], given.analytes)
    parts, truth = read(snakemake.input.parts), with_nsr(read(snakemake.input.truth), *sold)
    parts = with_polygonal(parts, read(snakemake.input.composites), given.variables, plane, typed(MineGrid, given.mine_grid))
    tables = compare_truth(parts, truth, given.variables, cutoff_list(reporting), variable=reporting.variable)
    for name, path in snakemake.output.items():
        write(tables[name], path)

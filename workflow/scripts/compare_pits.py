from scandia.blockmodel.settings import Overburden, Topography
from scandia.config.typed import typed
from scandia.drillholes.settings import Analyte
from scandia.io.files import read
from scandia.io.ground import read_ground
from scandia.io.job import job
from scandia.resource.economic_settings import Economics
from scandia.resource.settings import Reporting
from scandia.resource.true_pit import compare_pits

with job(snakemake.log[0], snakemake.params.mark) as write:
    given = snakemake.params
    settings = (typed(Economics, given.economics), typed(dict[str, Analyte], given.analytes), typed(Reporting, given.reporting))
    ground = read_ground(given.root, typed(Topography, given.topography), read(snakemake.input.collar))
    base = read_ground(given.root, typed(Overburden, given.overburden))
    models = [read(snakemake.input[name]) for name in ("parts", "truth", "shell")]
    write(compare_pits(*models, *settings, surface=ground, base=base), snakemake.output[0])

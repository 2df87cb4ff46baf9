from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.readings import read_readings
from scandia.kriging.settings import Estimation
from scandia.validation.cases import study_cases
from scandia.validation.neighbourhood import study_case
from scandia.validation.settings import Validation
from scandia.variography.model import Models

with job(snakemake.log[0], snakemake.params.mark) as write:
    estimation = typed(Estimation, snakemake.params.estimation)
    settings = typed(Validation, snakemake.params.validation).neighbourhood
    readings = read_readings(snakemake.params.root, estimation.orientations, *map(read, snakemake.input.sides))
    case = study_cases(settings, estimation, crossed=True)[snakemake.params.number]
    given = (read(snakemake.input.blocks), read(snakemake.input.composites), estimation)
    models = typed(Models, read(snakemake.input.models))
    write(study_case(case, *given, models, settings, readings=readings, timed=True), snakemake.output[0])

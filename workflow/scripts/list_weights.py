from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.readings import read_readings
from scandia.kriging.audit import audit
from scandia.kriging.settings import Audit, Estimation
from scandia.variography.model import Models

with job(snakemake.log[0], snakemake.params.mark) as write:
    estimation, models = typed(Estimation, snakemake.params.estimation), typed(Models, read(snakemake.input.models))
    parts, blocks, composites = (
        read(path) for path in (snakemake.input.parts, snakemake.input.blocks, snakemake.input.composites)
    )
    readings, settings = (
        read_readings(snakemake.params.root, estimation.orientations, *map(read, snakemake.input.sides)),
        typed(Audit, snakemake.params.audit),
    )
    weights, covariances = audit(parts, blocks, composites, estimation, models, settings, readings=readings)
    write(weights, snakemake.output.weights)
    write(covariances, snakemake.output.covariances)

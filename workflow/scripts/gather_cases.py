import pandas as pd

from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.validation.recommendation import recommend
from scandia.validation.settings import Validation

with job(snakemake.log[0], snakemake.params.mark) as write:
    matrix = pd.concat([read(path) for path in snakemake.input], ignore_index=True)
    write(matrix, snakemake.output.matrix)
    write(recommend(matrix, typed(Validation, snakemake.params.validation).neighbourhood), snakemake.output.recommendation)

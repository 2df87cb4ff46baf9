from scandia.io.files import read
from scandia.io.job import job
from scandia.trials.summary import merge_trials, summarise_trials

with job(snakemake.log[0], snakemake.params.mark) as write:
    trials = merge_trials([read(path) for path in snakemake.input])
    write(trials, snakemake.output.trials)
    write(summarise_trials(trials, snakemake.params.level), snakemake.output.summary)

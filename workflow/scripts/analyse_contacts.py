from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.statistics.contacts import contact_summary, contact_table
from scandia.statistics.settings import Contacts

with job(snakemake.log[0], snakemake.params.mark) as write:
    intervals, settings = read(snakemake.input.intervals), typed(Contacts, snakemake.params.contacts)
    variables, soft = snakemake.params.variables, snakemake.params.soft
    write(contact_table(intervals, variables, settings), snakemake.output.contacts)
    write(contact_summary(intervals, variables, settings, soft), snakemake.output.jumps)

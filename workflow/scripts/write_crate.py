import json

from scandia.audit.crate import crate
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.plain import copy_file, write_json

with job(snakemake.log[0]):
    given, output = snakemake.params, snakemake.output
    copy_file(given.snakefile, output.workflow)
    copy_file(given.lock, output.lock)
    recorded = json.loads(read(snakemake.input[0]))
    write_json(crate(recorded, workflow=given.workflow, lock=given.locked, license_text=given.license), output.crate)

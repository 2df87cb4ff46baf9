from scandia.audit.manifest import manifest
from scandia.io.hashes import describe_files, text_hash
from scandia.io.job import job
from scandia.io.plain import yaml_text
from scandia.io.studies import sort_studies
from scandia.io.times import rule_times
from scandia.io.witness import require_as_read

with job(snakemake.log[0], snakemake.params.mark) as write:
    standing, _ = sort_studies(snakemake.params.studies)
    inputs = describe_files(snakemake.input.raw, with_bytes=True)
    require_as_read(inputs, snakemake.params.results, snakemake.params.rules)
    result = manifest(
        snakemake.params.config,
        inputs=inputs,
        outputs=describe_files([*snakemake.input.outputs, *standing], below=snakemake.params.results, with_bytes=True),
        rules=snakemake.params.rules,
        times=rule_times(snakemake.params.results),
        lock=snakemake.params.lock,
        config_hash=text_hash(yaml_text(snakemake.params.config)),
    )
    write(result, snakemake.output[0])

from scandia.io.files import read
from scandia.io.job import job
from scandia.io.studies import sort_studies
from scandia.report.contents import contents
from scandia.report.gather import gather, read_footnotes
from scandia.report.render import render

with job(snakemake.log[0], snakemake.params.mark) as write:
    standing, stale = sort_studies(snakemake.params.studies)
    tables, pictures = gather(snakemake.params.results, [*snakemake.input.files, *standing])
    footnotes = read_footnotes(snakemake.input.footnotes) if snakemake.input.footnotes else ()
    conclusion = read(snakemake.input.conclusion) if snakemake.input.conclusion else ""
    config, provenance = read(snakemake.input.config), {"code of the report": snakemake.params.code}
    words = {
        "footnotes": footnotes,
        "conclusion": conclusion,
        "provenance": provenance,
        "flow": snakemake.params.flow,
        "stale": stale,
    }
    page = render(*contents(config, tables, pictures, **words))
    write(page, snakemake.output[0])

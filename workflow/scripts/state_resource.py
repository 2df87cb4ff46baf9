from scandia.config.load import load
from scandia.io.files import read
from scandia.io.job import job
from scandia.report.statement_page import statement_page
from scandia.resource.publish import conclude, footnote_text, publish, statement_sheets, table_mark

with job(snakemake.log[0], snakemake.params.mark) as write:
    tables = {name: read(path) for name, path in snakemake.input.items() if path}
    result, excluded = publish(load(snakemake.params.config), **tables)
    write(result.printed, snakemake.output.statement)
    write(result.unrounded, snakemake.output.unrounded)
    write(footnote_text(result), snakemake.output.footnotes)
    write(conclude(result), snakemake.output.conclusion)
    write(statement_sheets(result, excluded), snakemake.output.workbook)
    write(statement_page(result, excluded), snakemake.output.page)
    if excluded is not None:
        write(excluded.printed, snakemake.output.excluded, mark=table_mark(excluded, snakemake.params.mark))

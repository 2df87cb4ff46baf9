from scandia.io.files import read
from scandia.io.job import job
from scandia.io.plain import whole_folder
from scandia.report.albums.drawing import album_files
from scandia.report.albums.reconciliation import reconciliation_album

with job(snakemake.log[0], snakemake.params.mark) as write:
    table, words = read(snakemake.input[0]), {"previous": snakemake.params.previous, "synthetic": bool(snakemake.params.mark)}
    with whole_folder(snakemake.output[0]) as folder:
        for name, content in album_files(reconciliation_album(table, **words), rule="plot_reconciliation").items():
            write(content, folder / name)

from scandia.io.files import read
from scandia.io.job import job
from scandia.io.plain import whole_folder
from scandia.report.albums.drawing import album_files
from scandia.report.albums.sensitivity import sensitivity_album

with job(snakemake.log[0], snakemake.params.mark) as write:
    drawings = sensitivity_album(read(snakemake.input[0]), synthetic=bool(snakemake.params.mark))
    with whole_folder(snakemake.output[0]) as folder:
        for name, content in album_files(drawings, rule="plot_sensitivities").items():
            write(content, folder / name)

from scandia.blockmodel.settings import Overburden, Topography
from scandia.blockmodel.slabs import Streamed, slabs
from scandia.config.typed import typed
from scandia.drillholes.settings import Analyte
from scandia.io.files import read
from scandia.io.ground import read_ground
from scandia.io.job import job
from scandia.resource.economic_settings import Economics
from scandia.resource.pit import ADDED, optimise
from scandia.resource.shell_model import shell_dataset

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, collar = snakemake.params, read(snakemake.input.collar)
    economics, analytes = typed(Economics, given.economics), typed(dict[str, Analyte], given.analytes)
    ground = read_ground(given.root, typed(Topography, given.topography), collar)
    base = read_ground(given.root, typed(Overburden, given.overburden))
    made = optimise(read(snakemake.input.parts), economics, analytes, surface=ground, base=base)
    write(Streamed(slabs(made.parts, ADDED), snakemake.input.parts), snakemake.output.parts)
    write(shell_dataset(made, mark=given.mark), snakemake.output.shell)
    write(made.shells, snakemake.output.shells)
    write(made.benches, snakemake.output.benches)

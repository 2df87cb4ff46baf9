from scandia.config.typed import plain, typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.variography.fit import fit_variograms
from scandia.variography.model import Models
from scandia.variography.settings import Variography

with job(snakemake.log[0], snakemake.params.mark) as write:
    settings, mine_grid = typed(Variography, snakemake.params.variography), typed(MineGrid, snakemake.params.mine_grid)
    experimental, composites = read(snakemake.input.experimental), read(snakemake.input.composites)
    models, fits = fit_variograms(experimental, composites, settings, snakemake.params.variables, mine_grid)
    write(plain(Models, models), snakemake.output.models)
    write(fits, snakemake.output.fits)

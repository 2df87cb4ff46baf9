from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.log import logged
from scandia.io.models import write_models
from scandia.io.tables import read_table, write_table
from scandia.variography.fit import fit_variograms
from scandia.variography.settings import Variography

with logged(snakemake.log[0]):
    settings, mine_grid = typed(Variography, snakemake.params.variography), typed(MineGrid, snakemake.params.mine_grid)
    experimental, composites = read_table(snakemake.input.experimental), read_table(snakemake.input.composites)
    models, fits = fit_variograms(experimental, composites, settings, snakemake.params.variables, mine_grid)
    write_models(models, snakemake.output.models)
    write_table(fits, snakemake.output.fits)

from io import StringIO

import numpy as np
import pandas as pd
import pytest

from scandia.blockmodel.dataset import new_parts
from scandia.blockmodel.grid import Grid
from scandia.domains.settings import Domain
from scandia.synthetic.ground import MINE_GRID
from scandia.synthetic.settings import Synthetic
from scandia.synthetic.tables import csv_text, generate

SEED = 2039  # of the shipped deposits


@pytest.fixture(scope="session")
def tg():
    return Synthetic(generator="tg", seed=SEED)


@pytest.fixture(scope="session")
def raw(tg):
    """The tables of `tg`, read back from the text of the files with numbers as numbers."""
    texts = {name: csv_text(name, table, tg) for name, table in generate(tg).items()}
    return {name: pd.read_csv(StringIO(text), comment="#", dtype={"Campaign": str}) for name, text in texts.items()}


@pytest.fixture(scope="session")
def empty_parts():
    """A factory of block models of the three domains without variables."""
    domains = {
        name: Domain(code=code, label=name, lithology=())
        for code, name in enumerate(("olivine", "pyroxene", "internal_waste"), start=1)
    }

    def make(origin, size, count, *, mine_grid=MINE_GRID, named=domains):
        return new_parts(Grid(origin, size, count, mine_grid), named, "EPSG:26920", "test", "test")

    return make


@pytest.fixture(scope="session")
def realised_gamma():
    """A function that gives the variogram which the spectrum of a field promises."""

    def realised(field, lags):
        """Variogram of this very field, averaged over all space, at lags ``(n, 3)``; shape ``(n,)``, sill 1.

        Each mode of amplitude ``a`` adds ``a^2 / 2 (1 - cos(wave . lag))``.
        """
        gamma = np.zeros(len(lags))
        for waves, amplitude in zip(field.waves, field.amplitudes, strict=True):
            gamma += 0.5 * amplitude**2 * np.sum(1.0 - np.cos(np.asarray(lags, dtype=float) @ waves.T), axis=1)
        return gamma

    return realised

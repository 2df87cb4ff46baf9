"""Kriging of block parts: hard boundaries, world azimuths, reasons and attributes."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from scandia.blockmodel.chunks import cut_grid
from scandia.blockmodel.dataset import grid_of, new_parts
from scandia.blockmodel.grid import Grid
from scandia.blockmodel.slabs import chunk_of
from scandia.domains.settings import Domain
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid
from scandia.kriging.estimation import estimate
from scandia.kriging.parts import estimate_parts
from scandia.kriging.search import Pass, Search
from scandia.kriging.settings import Estimation
from scandia.variography.covariance import localise
from scandia.variography.model import Structure, Variogram
from scandia.vocabulary import CHECK_ESTIMATES, DIAGNOSTICS, Reason

GRID = Grid((0.0, 0.0, 0.0), (10.0, 10.0, 10.0), (6, 5, 4), MineGrid(azimuth=35.0))
STRUCTURE = Structure(kind="spherical", contribution=1.0, ranges=(60.0, 30.0, 10.0), azimuth=80.0, dip=60.0)
MODEL = Variogram(nugget=0.2, structures=(STRUCTURE,))
SEARCH = Search(azimuth=80.0, dip=60.0, passes=(Pass(ranges=(60.0, 40.0, 20.0), min_samples=2, max_samples=12),))
WIDE = Search(passes=(Pass(ranges=(99.0, 99.0, 99.0), min_samples=1, max_samples=6),))


def domains():
    names = ("ore", "halo", "dyke", "empty")
    return {name: Domain(code=code, label=name, lithology=(name,)) for code, name in enumerate(names, start=1)}


def blocks():
    parts = new_parts(GRID, domains(), "EPSG:26920", "test")
    share = np.random.default_rng(0).uniform(0, 0.25, (4, *GRID.shape))
    share[:, :, :, 0] = 0.0
    return parts.assign(fraction=(("domain", "z", "y", "x"), share))


def composites():
    rng = np.random.default_rng(1)
    table = pd.DataFrame(rng.uniform(0, 60, (120, 3)), columns=["x", "y", "z"])
    table["hole"] = [f"H{i % 7}" for i in range(120)]
    table["domain"] = ["ore", "halo", "dyke"] * 40
    table["Sc2O3"] = np.where(table["domain"] == "ore", 300.0, 50.0) + rng.normal(0, 10, 120)
    table["Y2O3"] = rng.lognormal(0, 1, 120)
    table.loc[table.index[::10], "Y2O3"] = np.nan
    return table


def plan(**changes):
    return Estimation(**({"variables": ("Sc2O3", "Y2O3"), "search": SEARCH, "domain_searches": {"halo": WIDE}} | changes))


MODELS = {name: {"Sc2O3": MODEL, "Y2O3": MODEL} for name in ("ore", "halo", "empty")}


@pytest.fixture(scope="module")
def kriged():
    return estimate_parts(blocks(), composites(), plan(), MODELS, units={"Sc2O3": "g/t"})


def test_every_variable_has_its_estimate_checks_and_diagnostics(kriged):
    for variable in ("Sc2O3", "Y2O3"):
        for name in (variable, *(f"{variable}_{end}" for end in (*CHECK_ESTIMATES, *DIAGNOSTICS))):
            assert kriged[name].dims == ("domain", "z", "y", "x")
            assert kriged[name].attrs["long_name"].startswith(variable)


def test_units_are_those_of_the_grades(kriged):
    units = {name: kriged[name].attrs["units"] for name in kriged.data_vars if name.startswith("Sc2O3")}
    assert units["Sc2O3"] == units["Sc2O3_nearest"] == "g/t"
    assert units["Sc2O3_variance"] == units["Sc2O3_lagrange"] == "(g/t)2"
    assert units["Sc2O3_mean_distance"] == "m"
    assert units["Sc2O3_slope"] == units["Sc2O3_samples"] == "1"


def test_a_domain_is_estimated_from_its_own_composites_alone(kriged):
    ore, halo = (kriged["Sc2O3"].sel(domain=name).values for name in ("ore", "halo"))
    assert np.nanmin(ore) > 250 > 100 > np.nanmax(halo)


@pytest.mark.parametrize(("domain", "search"), [("ore", SEARCH), ("halo", WIDE)])
@pytest.mark.parametrize("variable", ["Sc2O3", "Y2O3"])
def test_a_part_is_estimated_as_its_block_in_the_mine_grid(kriged, domain, search, variable):
    table = composites()
    used = table[(table["domain"] == domain) & table[variable].notna()]
    mask = blocks()["fraction"].sel(domain=domain).values > 0
    expected = estimate(
        used[["x", "y", "z"]].to_numpy(),
        used[variable].to_numpy(),
        (GRID, mask),
        variogram=localise(MODEL, GRID.mine_grid),
        search=localise(search, GRID.mine_grid),
        holes=used["hole"],
        discretisation=(4, 4, 4),
    )
    for name in (variable, f"{variable}_inverse_distance"):
        np.testing.assert_array_equal(kriged[name].sel(domain=domain).values, expected[name.replace(variable, "value")].values)
    for name in DIAGNOSTICS:
        np.testing.assert_array_equal(kriged[f"{variable}_{name}"].sel(domain=domain).values, expected[name].values)
    assert np.isfinite(expected["value"].values[mask]).any()


def test_every_part_has_a_reason(kriged):
    reason = kriged["Sc2O3_reason"]
    share = kriged["fraction"].values > 0
    assert (reason.sel(domain=["ore", "halo"]).values[~share[:2]] == Reason.OUTSIDE).all()
    assert (reason.sel(domain="dyke").values == -1).all()
    assert (reason.sel(domain="empty").values[share[3]] == Reason.NO_DOMAIN_SAMPLES).all()
    for variable in ("Sc2O3", "Y2O3"):
        known = kriged[variable].notnull().values
        np.testing.assert_array_equal(known, kriged[f"{variable}_reason"].values == Reason.ESTIMATED)


def test_the_parts_given_are_not_edited():
    before = blocks()
    given = before.copy(deep=True)
    estimate_parts(given, composites(), plan(variables=("Sc2O3",)), MODELS)
    xr.testing.assert_identical(given, before)


def test_row_order_and_threads_change_no_bit(kriged):
    shuffled = composites().sample(frac=1, random_state=3)
    again = estimate_parts(blocks(), shuffled, plan(), MODELS, units={"Sc2O3": "g/t"}, threads=2)
    xr.testing.assert_identical(again, kriged)


@pytest.mark.parametrize("size", [1, 13, 31, 60])
def test_chunks_change_no_bit(kriged, size):
    chunks = [chunk_of(blocks(), size, number) for number in range(len(cut_grid(GRID.count, size)))]
    found = [estimate_parts(chunk, composites(), plan(), MODELS, units={"Sc2O3": "g/t"}) for chunk in chunks]
    for name in set(kriged.data_vars) - {"crs"}:
        together = np.full(kriged[name].shape, -99, kriged[name].dtype)
        for chunk in found:
            (_, y, z), (_, rows, layers) = grid_of(chunk).first, grid_of(chunk).count
            together[:, z : z + layers, y : y + rows] = chunk[name].values
        assert together.tobytes() == kriged[name].values.tobytes(), name
        assert found[0][name].attrs.keys() == kriged[name].attrs.keys()


def test_what_is_missing_is_named():
    with pytest.raises(InputError, match="'TREO' is to be estimated, but the composites have no such column"):
        estimate_parts(blocks(), composites(), plan(variables=("TREO",)), MODELS)
    with pytest.raises(InputError, match=r"domain 'ore' has no variogram model of 'Y2O3', only of \['Sc2O3'\]"):
        estimate_parts(blocks(), composites(), plan(), {"ore": {"Sc2O3": MODEL}})
    table = pd.concat([composites(), composites().iloc[:1]])
    with pytest.raises(InputError, match=r"kriging of 'Sc2O3' in domain 'ore': 1 pairs of samples"):
        estimate_parts(blocks(), table, plan(), MODELS)

"""The block model's Dataset: grid and labels survive, metadata follow CF, and whole blocks keep the metal of their parts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st
from pyproj import CRS

from scandia.blockmodel.dataset import attributes, grid_of, new_parts, summarise, with_fractions
from scandia.blockmodel.density import assign_density
from scandia.blockmodel.grid import Grid
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, to_local
from scandia.vocabulary import Class, Reason

coordinates = st.floats(-1e7, 1e7)


@pytest.fixture
def parts(grid, domains):
    """Parts with two grades; block 0 has no part, block 1 an unestimated one, the rest are full of random parts."""
    rng = np.random.default_rng(5)
    shape = (2, *grid.shape)
    fraction = rng.dirichlet((1, 1, 1), grid.shape)[..., :2].transpose(3, 0, 1, 2)
    fraction.reshape(2, -1)[:, 0] = 0
    fraction.reshape(2, -1)[1, 5:50] = 0
    parts = with_fractions(new_parts(grid, domains.domains, "EPSG:26920", "test"), fraction, fraction.sum(axis=0))
    table = np.array([[3.0], [3.4]])
    density = np.where(fraction > 0, table[..., None, None], np.nan)
    parts = parts.assign(
        density=(("domain", "z", "y", "x"), density),
        tonnage=(("domain", "z", "y", "x"), fraction * 1000 * table[..., None, None]),
    )
    for name in ("sc", "sc_oxide"):
        grade = np.where((fraction > 0) & (rng.random(shape) > 0.2), rng.uniform(50, 400, shape), np.nan)
        grade.reshape(2, -1)[:, 1] = np.nan
        reason = np.where(np.isfinite(grade), Reason.ESTIMATED, np.where(fraction > 0, Reason.TOO_FEW_SAMPLES, Reason.OUTSIDE))
        dims = ("domain", "z", "y", "x")
        parts = parts.assign(
            {
                name: (dims, grade),
                f"{name}_nearest": (dims, grade + 1),
                f"{name}_variance": (dims, grade**2),
                f"{name}_reason": (dims, reason.astype(np.int8)),
            }
        )
    classes = np.where(np.isfinite(parts["sc"].values), rng.integers(1, 4, shape), 0).astype(np.int8)
    return parts.assign({"class": (("domain", "z", "y", "x"), classes)})


@given(
    origin=st.tuples(coordinates, coordinates, coordinates),
    size=st.tuples(*[st.floats(0.1, 50)] * 3),
    count=st.tuples(*[st.integers(1, 4)] * 3),
    placed=st.tuples(st.floats(-360, 360), *[coordinates] * 4),
)
@profile(max_examples=30)
def test_the_grid_comes_back_from_the_dataset_exactly(origin, size, count, placed):
    mine_grid = MineGrid(**dict(zip(("azimuth", "easting", "northing", "x", "y"), placed, strict=True)))
    grid = Grid(origin, size, count, mine_grid)
    assert grid_of(new_parts(grid, {}, "EPSG:26920", "any")) == grid


def test_domains_stand_in_the_order_of_their_codes(grid, domains):
    parts = new_parts(grid, domains.domains, "EPSG:26920", "test")
    assert parts["domain"].values.tolist() == ["rim", "core"]
    assert parts["domain_code"].values.tolist() == [1, 2]
    assert parts["domain_code"].dtype == np.int8


def test_world_coordinates_belong_to_the_block_centres(grid, domains, mine_grid):
    parts = new_parts(grid, domains.domains, "EPSG:26920", "test")
    x, y = to_local(mine_grid, parts["easting"].values, parts["northing"].values)
    np.testing.assert_allclose(x, np.broadcast_to(parts["x"].values, x.shape), atol=1e-7)
    np.testing.assert_allclose(y, np.broadcast_to(parts["y"].values[:, None], y.shape), atol=1e-7)
    assert parts["easting"].dims == ("y", "x")
    np.testing.assert_array_equal(parts["elevation"], parts["z"])


def test_the_nearest_section_is_the_one_with_its_number(grid, domains):
    parts = new_parts(grid, domains.domains, "EPSG:26920", "test")
    assert float(parts.sel(y=450, method="nearest")["y"]) == 450.0  # blocks of 20 m from 400: centres 410, 430, 450


def test_metadata_follow_cf(parts):
    out = attributes(parts, {"sc": "g/t"}, labels={"sc": "Sc₂O₃"})
    assert out.attrs["Conventions"] == "CF-1.11"
    assert CRS.from_cf(out["crs"].attrs) == CRS.from_epsg(26920)
    assert out["crs"].attrs["grid_mapping_name"] == "transverse_mercator"
    assert out["easting"].attrs["standard_name"] == "projection_x_coordinate"
    assert [out[name].attrs["axis"] for name in "xyz"] == ["X", "Y", "Z"]
    assert out["z"].attrs["positive"] == "up"
    for name in ("fraction", "ground", "sc", "sc_variance", "class"):
        assert out[name].attrs["grid_mapping"] == "crs"
    assert (out["sc"].attrs["units"], out["sc_variance"].attrs["units"], out["fraction"].attrs["units"]) == ("g/t", "(g/t)2", "1")
    assert out["sc"].attrs["long_name"] == "Sc₂O₃, estimate"
    parts["sc"].attrs["long_name"] = "sc, inverse distance estimate"
    assert attributes(parts, {"sc": "g/t"}, labels={"sc": "Sc₂O₃"})["sc"].attrs["long_name"] == "Sc₂O₃, inverse distance estimate"
    assert out["class"].attrs["flag_values"].dtype == np.int8
    assert dict(zip(out["class"].attrs["flag_values"].tolist(), out["class"].attrs["flag_meanings"].split(), strict=True)) == {
        member.value: member.name.lower() for member in Class
    }
    assert "units" not in parts["sc"].attrs  # the argument is not changed


def test_simulated_models_say_so(grid, domains):
    parts = new_parts(grid, domains.domains, "EPSG:26920", "TG Zone", "simulated by scandia, seed 1")
    assert parts.attrs["SYNTHETIC"] == "simulated by scandia, seed 1"
    assert parts.attrs["title"] == "TG Zone (SYNTHETIC)"
    assert "SYNTHETIC" not in new_parts(grid, domains.domains, "EPSG:26920", "real").attrs


def test_an_unknown_reference_system_is_refused(grid, domains):
    with pytest.raises(InputError, match="'EPSG:1' is no coordinate reference system"):
        new_parts(grid, domains.domains, "EPSG:1", "test")


def test_the_grid_of_blocks_that_do_not_follow_each_other_or_of_another_dataset_is_refused(parts):
    with pytest.raises(InputError, match="coordinate x is not that of the grid"):
        grid_of(parts.isel(x=slice(None, None, -1)))
    with pytest.raises(InputError, match="no attribute 'grid_origin'"):
        grid_of(parts.drop_attrs())


def test_metal_of_the_blocks_is_metal_of_the_parts(parts):
    blocks = summarise(parts, ["sc", "sc_oxide"])
    for name in ("sc", "sc_nearest", "sc_oxide"):
        metal = np.nansum(parts[name].values * parts["tonnage"].values)
        carrier = blocks["sc_oxide_tonnage" if name == "sc_oxide" else "sc_tonnage"]
        assert np.nansum(blocks[name].values * carrier.values) == pytest.approx(metal, rel=1e-12)
    assert blocks["tonnage"].values.sum() == pytest.approx(parts["tonnage"].values.sum(), rel=1e-12)
    assert blocks["tonnage"].dims == ("z", "y", "x")
    assert blocks["fraction"].dims == ("domain", "z", "y", "x")
    np.testing.assert_allclose(
        (blocks["density"] * blocks["fraction"].sum("domain") * 1000).fillna(0), blocks["tonnage"], atol=1e-9
    )


def test_a_block_of_two_parts_by_hand(parts):
    at = {"z": 3, "y": 2, "x": 1}
    values = {
        "tonnage": [1000.0, 3000.0],
        "sc": [100.0, 200.0],
        "sc_nearest": [90.0, np.nan],
        "sc_variance": [5.0, 7.0],
        "class": [1, 3],
        "fraction": [0.5, 0.5],
    }
    parts = parts.copy(deep=True)
    for name, pair in values.items():
        parts[name][{"domain": slice(None), **at}] = pair
    block = summarise(parts, ["sc"]).isel(at)
    assert float(block["sc"]) == pytest.approx(175.0)
    assert float(block["sc_nearest"]) == pytest.approx(90.0)
    assert float(block["sc_variance"]) == 7.0
    assert int(block["class"]) == 3
    assert int(block["main_domain"]) == 2
    parts["sc"][{"domain": 1, **at}] = np.nan  # the larger part is not estimated: the smaller one speaks
    block = summarise(parts, ["sc"]).isel(at)
    assert (float(block["sc"]), float(block["sc_variance"]), int(block["class"]), int(block["main_domain"])) == (100.0, 5.0, 1, 1)
    assert float(block["sc_tonnage"]) == 1000.0


def test_a_missing_grade_keeps_its_reason(parts):
    blocks = summarise(parts, ["sc"])
    assert blocks["sc_reason"].dtype == np.int8
    reason, domain = blocks["sc_reason"].values.ravel(), blocks["main_domain"].values.ravel()
    assert (reason[0], domain[0]) == (Reason.OUTSIDE, 0)
    assert reason[1] == Reason.TOO_FEW_SAMPLES
    assert domain[1] > 0
    np.testing.assert_array_equal(np.isnan(blocks["sc"].values.ravel()), reason != Reason.ESTIMATED)


def test_a_diagnostic_belongs_to_the_grade_with_the_longest_name(parts):
    blocks = summarise(parts, ["sc", "sc_oxide"])
    one = (parts["sc_oxide"].notnull() & (parts["fraction"] > 0)).sum("domain").values == 1
    expected = parts["sc_oxide"].max("domain").values ** 2
    np.testing.assert_allclose(blocks["sc_oxide_variance"].values[one], expected[one])


def test_a_summary_needs_its_variables(parts):
    with pytest.raises(InputError, match="treo"):
        summarise(parts, ["treo"])


def test_density_is_assigned_where_there_is_rock(parts):
    out = assign_density(parts, pd.DataFrame({"domain": ["core", "rim"], "used": [3.4, 3.0]}))
    there = parts["fraction"].values > 0
    np.testing.assert_array_equal(np.isnan(out["density"].values), ~there)
    assert (out["tonnage"].values[~there] == 0).all()
    np.testing.assert_allclose(out["tonnage"].isel(domain=1), parts["fraction"].isel(domain=1) * 1000 * 3.4)
    assert out["tonnage"].attrs["units"] == "t"
    with pytest.raises(InputError, match="domain 'core' has no density"):
        assign_density(parts, pd.DataFrame({"domain": ["rim"], "used": [3.0]}))

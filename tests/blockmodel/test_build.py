"""The building of blocks: windows of any size give the same model and tables, in memory that does not grow with sub-cells."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from scandia.blockmodel import build, fractions, stable
from scandia.blockmodel import solids as solids_of_files
from scandia.blockmodel.build import build_blocks
from scandia.blockmodel.settings import DensitySettings, GridSettings
from scandia.blockmodel.slabs import gather
from scandia.domains import uncertainty
from scandia.domains.settings import Domain, SolidFile
from scandia.geometry.mesh import mesh_of
from scandia.geometry.minegrid import MineGrid
from scandia.geometry.readings import Readings
from scandia.geometry.surface import Surface

GRID = GridSettings(origin=(-10.0, -10.0, -100.0), size=(10.0, 10.0, 5.0), count=(9, 9, 24))
SIZES = [{"OPENED": 200, "COUNTED": 700}, {"OPENED": 30, "COUNTED": 1}]  # of layers of 81 blocks


def ground(level, east):
    axis = np.array([-200.0, 0.0, 400.0])
    return Surface(axis, axis, level + east * axis + 0.0 * axis[:, None])


def dyke():
    """A closed upright plate of 4 m across the layers."""
    low, high = np.array((30.3, -20.0, -90.0)), np.array((34.3, 95.0, 20.0))
    corners = np.array([np.where(((n >> 2) & 1, (n >> 1) & 1, n & 1), high, low) for n in range(8)])
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    return mesh_of(corners, np.array([part for a, b, c, d in faces for part in ((a, b, c), (a, c, d))]), "dyke")


@pytest.fixture
def built(layers, domains):
    """A function that builds the blocks of layered ground."""
    intervals, stations = layers
    logged = replace(domains.implicit, uncertainty_groups=3)
    dykes = {"dyke": Domain(code=3, label="Dyke", solid=SolidFile(file="any.obj"), priority=1)}
    several = replace(domains, implicit=logged, domains=domains.domains | dykes, finest=6)
    assigned = {"core": 3.1, "rim": 2.9, "dyke": 2.7}

    def build_them(*, own_points, solids, grid=GRID, sides=True, subcells=(4, 4, 4)):
        given = replace(several if solids else replace(domains, implicit=logged, finest=6), subcells=subcells)
        density = DensitySettings(method="assigned", assigned={name: assigned[name] for name in given.domains})
        sections = {"domains": given, "grid": grid, "density": density, "mine_grid": MineGrid()}
        cuts = {"surface": ground(2.0, -0.05), "overburden": ground(-1.0, -0.08), "solids": {"dyke": dyke()} if solids else {}}
        words = {"crs": "EPSG:32619", "title": "Layers", "synthetic": "by hand", "own_points": own_points}
        tables = {"intervals": intervals, "stations": stations}
        turned = {"rim": Readings(source="solid")} if sides else {}
        return build_blocks(tables, **sections, **cuts, **words, orientations=turned)

    return build_them


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize(
    ("own_points", "solids", "subcells"), [(False, False, (1, 1, 10)), (False, True, (4, 4, 4)), (True, True, (3, 4, 5))]
)
def test_the_size_of_windows_changes_no_bit(built, monkeypatch, own_points, solids, subcells, sizes):
    asked = {"own_points": own_points, "solids": solids, "subcells": subcells, "grid": replace(GRID, size=(10.0, 10.0, 6.0))}
    parts, *tables = built(**asked)
    whole = gather(parts)
    assert 0 < int((whole["fraction"] > 0).sum()) < whole["fraction"].size
    for name, size in sizes.items():
        monkeypatch.setattr(fractions, name, size)
    monkeypatch.setattr(solids_of_files, "OPENED", 50)
    monkeypatch.setattr(build, "WINDOW", 50)  # rows of a layer
    monkeypatch.setattr(uncertainty, "CHUNK", 77)
    pieces, *others = built(**asked)
    pieces = list(pieces.windows)
    assert len(pieces) > 24
    again = gather(build.Streamed(pieces))
    xr.testing.assert_identical(again.transpose(*whole.dims), whole)
    for table, other in zip(tables, others, strict=True):
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(table, other, check_exact=True)


def test_the_table_of_solids_is_that_of_the_blocks(built):
    parts, _, solids, *_ = built(own_points=False, solids=True)
    whole = gather(parts)
    rows = solids.set_index("domain")
    for name in whole["domain"].values:
        share, tonnage = whole["fraction"].sel(domain=name), whole["tonnage"].sel(domain=name)
        assert rows.loc[name, "blocks"] == int((share > 0).sum())
        assert rows.loc[name, "volume"] == pytest.approx(float(share.sum()) * 500.0, rel=1e-12)
        assert rows.loc[name, "tonnage"] == pytest.approx(float(tonnage.sum()), rel=1e-12)


def test_four_times_the_layers_take_the_memory_of_their_shares_and_ground(built, monkeypatch):
    """Of 2 domains and the ground 24 bytes a block, and what comes with it; 64 sub-cells of a block alone take 64 bytes."""
    for name, size in {"OPENED": 20 * 81, "COUNTED": 64 * 81}.items():
        monkeypatch.setattr(fractions, name, size)
    monkeypatch.setattr(build, "WINDOW", 20 * 81)
    monkeypatch.setattr(stable, "MOST", 0)  # as of a large model, no finer sub-cells are tried
    monkeypatch.setattr(uncertainty, "CHUNK", 2000)
    monkeypatch.setattr(uncertainty, "MOST_POINTS", 1000)
    held, peaks = [], []
    for layers in (40, 40, 160):  # what the first call imports and keeps is not of the model
        grid = replace(GRID, size=(10.0, 10.0, 100.0 / layers), count=(9, 9, layers))
        tracemalloc.start()
        parts = built(own_points=False, solids=False, grid=grid, sides=False)[0]
        held.append(tracemalloc.get_traced_memory()[0])
        for _ in parts.windows:
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[2] - peaks[1]) / (9 * 9 * 120) < 64
    assert (held[2] - held[1]) / (9 * 9 * 120) < 32

"""Whatever is told of a block model is the same to the last bit in slabs of any size, and of a model that stays on disk."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from economy import an_economy, assumption, slopes
from made import UNITS, made_composites, made_parts

from scandia.blockmodel.dataset import summarise
from scandia.blockmodel.density_regression import with_regressed_density
from scandia.blockmodel.slabs import Streamed, slabs
from scandia.drillholes.settings import Analyte
from scandia.io.netcdf import content_hash, read_dataset, write_dataset
from scandia.io.streamed import write_streamed
from scandia.resource.classify import CLASSED, classify
from scandia.resource.classify_settings import (
    Classification,
    ClassOverride,
    ClassRule,
    HolesWithin,
    ProductionError,
    Smoothing,
    Untrusted,
)
from scandia.resource.classify_tables import class_tables
from scandia.resource.economic_settings import Pit
from scandia.resource.efficiency import negative_efficiency
from scandia.resource.pit import ADDED, optimise
from scandia.resource.plausible import plausible_limits
from scandia.resource.publish import _losing
from scandia.resource.tonnage import grade_tonnage
from scandia.validation.bias import global_bias
from scandia.validation.diagnostics import diagnostics
from scandia.validation.settings import Direction, Validation
from scandia.validation.support import change_of_support
from scandia.validation.swath import swaths
from scandia.variography.model import Structure, Variogram

COMPOSITES = made_composites()
SPACED = {"holes_within": (HolesWithin(count=2, distance=30.0),), "max_spacing": 60.0, "min_slope": 0.2}
PRODUCTION = ProductionError(tonnes=9e4, error=0.4)
RULES = Classification(
    rules=(
        ClassRule(resource_class="measured", max_pass=1, min_holes=4, **SPACED),
        ClassRule(resource_class="indicated", max_pass=2, min_holes=3, production=PRODUCTION, **SPACED),
        ClassRule(resource_class="inferred", max_pass=3, max_distance=80.0),
    ),
    reason="Made up",
    untrusted=Untrusted(holes=("H3",), reason="Made up"),
    smoothing=Smoothing(minimum_blocks=3, reason="Made up"),
    overrides=tuple(
        ClassOverride(resource_class=name, polygon=corners, coordinates="local", reason="R", who="W", date="2025-01-01")
        for name, corners in (
            ("inferred", ((-30, 400), (20, 400), (20, 480))),
            ("measured", ((0, 420), (60, 420), (60, 500), (0, 500))),
        )
    ),
)
SPHERICAL = Structure(kind="spherical", contribution=0.8, ranges=(60.0, 60.0, 30.0))
MODELS = {"ore": dict.fromkeys(UNITS, Variogram(nugget=0.2, structures=(SPHERICAL,))), "halo": {}}
ESTIMATION = SimpleNamespace(discretisation=(2, 2, 2))
PIT = Pit(slopes=slopes(), waste_density=assumption(2.7), factors=(0.5, 1.0), blocks=(2, 1, 2))
ECONOMY = an_economy(processing=2.0, general=1.0, mining=1.0, pit=PIT)
ANALYTES = {"scandium": Analyte(label="Sc", unit="g/t", species="Sc2O3", column="a", column_unit="ppm", column_species="Sc")}
MODEL = SimpleNamespace(reporting=SimpleNamespace(variable="copper", base_cutoff=1.0), economics=ECONOMY)
LINES = pd.DataFrame(
    {"domain": ["ore", "halo"], "analyte": "copper", "used": [1, 0]}
    | {"intercept": 2.4, "slope": 0.05, "grade_minimum": 0.5, "grade_maximum": 4.0}
)
SWATHS = Validation(swaths=(20.0, 30.0, 7.0), directions={"along": Direction(azimuth=60.0, dip=-20.0, width=15.0)})
GROUND = np.linspace(400.0, 430.0, 77).reshape(7, 11)
COMBINED = {"data_vars": "minimal", "coords": "minimal", "compat": "override"}
CONSUMERS = {
    "tonnage": lambda parts: grade_tonnage(parts, (0.0, 1.0, 2.5, 99.0), list(UNITS), variable="copper"),
    "tonnage_by_nsr": lambda parts: grade_tonnage(parts, (-1.0, 3.0), list(UNITS), variable="nsr", by=("shell",)),
    "efficiency": lambda parts: negative_efficiency(parts, "scandium", 1.0, lead="copper"),
    "plausible": lambda parts: plausible_limits(parts, COMPOSITES, list(UNITS)),
    "losing": lambda parts: _losing(parts, MODEL),
    "bias": lambda parts: global_bias(COMPOSITES, parts, list(UNITS)),
    "swaths": lambda parts: swaths(COMPOSITES, parts, list(UNITS), SWATHS),
    "diagnostics": lambda parts: diagnostics(parts, list(UNITS)),
    "support": lambda parts: change_of_support(COMPOSITES, parts, list(UNITS), MODELS, ESTIMATION),
    "classes": lambda parts: classify(parts, RULES, "scandium", composites=COMPOSITES, untrusted=("H3",)).load(),
    "class_tables": lambda parts: class_tables(parts, RULES, "scandium", GROUND),
    "blocks": lambda parts: xr.combine_by_coords([summarise(slab, list(UNITS)) for slab in slabs(parts)], **COMBINED),
    "density": lambda parts: with_regressed_density(parts, LINES).load(),
    "pit": lambda parts: optimise(parts.drop_vars(ADDED), ECONOMY, ANALYTES, surface=None),
}


@pytest.fixture(scope="module")
def parts():
    """A classified model with a pit, in one slab."""
    made = classify(made_parts(), RULES, "scandium", composites=COMPOSITES, untrusted=("H3",))
    made = optimise(made, ECONOMY, ANALYTES, surface=None).parts
    assert len(set(np.unique(made["class_reason"].values)) & {1, 2, 3, 126, 80, 81, 127, 0, -1}) == 9
    assert 0 < made["pit"].values.mean() < 1
    return made


@pytest.fixture(scope="module")
def stored(parts, tmp_path_factory):
    """The same model on disk."""
    return read_dataset(write_dataset(parts, tmp_path_factory.mktemp("model") / "parts.nc"), held=0)


@pytest.fixture(scope="module")
def whole(parts):
    """Results of all consumers of the model in one slab."""
    return {name: consume(parts) for name, consume in CONSUMERS.items()}


@pytest.mark.parametrize("size", [20_000, *(pytest.param(size, marks=pytest.mark.exhaustive) for size in (1, 6000, 70_000))])
@pytest.mark.parametrize("name", CONSUMERS)
def test_the_size_of_slabs_changes_no_bit(monkeypatch, stored, whole, name, size):
    monkeypatch.setattr("scandia.blockmodel.slabs.SLAB", size)
    monkeypatch.setattr("scandia.resource.pit.LAYERS", size)
    assert_same(CONSUMERS[name](stored), whole[name])


def test_classes_and_pit_are_added_to_a_copy_of_the_file(parts, tmp_path, monkeypatch):
    base = write_dataset(parts.drop_vars([*CLASSED, *ADDED]), tmp_path / "kriged.nc")
    monkeypatch.setattr("scandia.blockmodel.slabs.SLAB", 20_000)
    classed = classify(read_dataset(base, held=0), RULES, "scandium", composites=COMPOSITES, untrusted=("H3",))
    path = write_streamed(Streamed(slabs(classed, CLASSED), base), tmp_path / "parts.nc")
    made = optimise(read_dataset(path, held=0), ECONOMY, ANALYTES, surface=None)
    path = write_streamed(Streamed(slabs(made.parts, ADDED), path), tmp_path / "pit.nc")
    assert content_hash(read_dataset(path)) == content_hash(parts)
    xr.testing.assert_identical(read_dataset(path), parts)


def assert_same(found, expected):
    """Nothing, where two results are the same to the last bit."""
    if isinstance(expected, pd.DataFrame):
        assert len(expected)
        pd.testing.assert_frame_equal(found, expected, check_exact=True)
    elif isinstance(expected, xr.Dataset):
        xr.testing.assert_identical(found.transpose(..., "z", "y", "x"), expected.transpose(..., "z", "y", "x"))
    elif isinstance(expected, tuple):
        for one, other in zip(found, expected, strict=True):
            assert_same(one, other)
    elif hasattr(expected, "benches"):
        assert_same((found.shells, found.benches, found.parts.load()), (expected.shells, expected.benches, expected.parts))
        np.testing.assert_array_equal(found.number, expected.number)
    else:
        assert found == expected and found

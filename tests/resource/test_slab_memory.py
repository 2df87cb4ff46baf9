"""Whoever reads a block model slab by slab needs no more memory for four times as many blocks."""

import tracemalloc

import numpy as np
import pytest
from made import made_parts
from test_slabs import CONSUMERS

from scandia.io.netcdf import read_dataset, write_dataset

pytestmark = pytest.mark.exhaustive
DIMS = ("domain", "z", "y", "x")
WHOLE = ("classes", "density", "pit", "blocks")  # these give arrays of the size of the model
READERS = {name: consume for name, consume in CONSUMERS.items() if name not in WHOLE}


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Models of 16,000 and of 64,000 blocks on disk, with any classes and pit."""
    folder = tmp_path_factory.mktemp("models")
    return [read_dataset(write_dataset(_any_classes(made_parts((40, 40, n))), folder / f"{n}.nc"), held=0) for n in (10, 40)]


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_blocks_take_no_more_memory(stored, name, monkeypatch):
    monkeypatch.setattr("scandia.blockmodel.slabs.SLAB", 1 << 18)
    monkeypatch.setattr("test_slabs.GROUND", np.full((40, 40), 500.0))
    small, large = (_peak(READERS[name], parts) for parts in stored)
    assert large < 1.2 * small + 2e5
    assert large < 3 * stored[1]["scandium"].nbytes  # of more than forty columns


def _peak(consume, parts):
    """Most memory that was held at a time, bytes."""
    tracemalloc.start()
    consume(parts)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _any_classes(parts):
    random, shape = np.random.default_rng(5), parts["fraction"].shape
    reasons = np.where(parts["fraction"].values > 0, random.integers(0, 4, shape), -1).astype(np.int8)
    whole = {
        name: random.integers(0, 4, shape).astype(np.int8) for name in ("class", "class_by_rules", "class_smoothed", "class_rule")
    }
    added = {**whole, "class_reason": reasons, "class_barred": random.integers(0, 512, shape).astype(np.int16)}
    added |= {"drill_spacing": 200.0 * random.random(shape), "nsr": 9.0 * random.random(shape)}
    parts = parts.assign({name: (DIMS, values) for name, values in added.items()})
    return parts.assign(pit=(DIMS[1:], random.integers(0, 2, shape[1:]).astype(np.int8)))

"""The forecast of an estimation: memory by counting, time by a probe."""

import tracemalloc

import numpy as np
import pytest

from scandia.blockmodel.grid import Grid
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import Pass, Search, layout
from scandia.kriging import forecast as module
from scandia.kriging.columns import empty_columns, fill_columns
from scandia.kriging.forecast import forecast
from scandia.kriging.request import make_request
from scandia.variography.model import Structure, Variogram

VARIOGRAM = Variogram(nugget=0.1, structures=(Structure(kind="spherical", contribution=0.9, ranges=(50.0, 50.0, 50.0)),))
SEARCH = Search(passes=(Pass(ranges=(60.0, 60.0, 60.0), min_samples=1, max_samples=8),))
OPTIONS = {"variogram": VARIOGRAM, "search": SEARCH}


@pytest.fixture
def samples():
    rng = np.random.default_rng(1)
    return rng.uniform(0, 100, (50, 3)), rng.random(50)


def grid(count):
    return Grid((0.0, 0.0, 0.0), (5.0, 5.0, 5.0), (count, count, count), MineGrid())


def test_the_probe_without_the_set_up_is_scaled_to_all_targets_and_threads(samples, monkeypatch):
    ticks = iter([0.0, 9.0, 10.0, 10.25, 20.0, 20.75] * 2)
    monkeypatch.setattr(module.time, "perf_counter", lambda: next(ticks))
    one = forecast(*samples, grid(20), **OPTIONS)
    assert one.targets == 8000
    assert one.seconds == pytest.approx(0.25 + 0.5 * 8000 / 512)
    assert forecast(*samples, grid(20), threads=2, **OPTIONS).seconds == pytest.approx(0.25 + 0.25 * 8000 / 512)


def test_memory_counts_what_the_results_hold(samples):
    small, large = (forecast(*samples, grid(count), **OPTIONS).memory for count in (40, 80))
    assert large - small >= 8 * (80**3 - 40**3) * 9
    mask = np.zeros((40, 40, 40), dtype=bool)
    mask[:10] = True
    assert forecast(*samples, (grid(40), mask), **OPTIONS).targets == 16000


def test_the_sentence_names_everything(samples):
    words = forecast(*samples, samples[0], **OPTIONS).sentence()
    assert words.startswith("50 targets from 50 samples: about ")
    assert words.endswith("MiB of working memory")


def test_nothing_to_estimate_takes_no_time(samples):
    assert forecast(*samples, np.empty((0, 3)), **OPTIONS).seconds == 0.0


def peak(request):
    """Bytes at the peak of the estimation and of its columns, beside what the request holds."""
    fill_columns(request, empty_columns(request.names, request.layout.count))  # compiled and loaded
    tracemalloc.start()
    fill_columns(request, empty_columns(request.names, request.layout.count))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


@pytest.mark.parametrize("kind", ["points of the grid", "orientations", "own points", "domains", "two variables"])
def test_the_memory_told_is_the_memory_taken(samples, kind, monkeypatch):
    """The forecast against the allocator; pieces are small, so that what grows with the targets leads."""
    monkeypatch.setattr(layout, "PIECE", 1 << 13)
    monkeypatch.setattr(module, "PIECE", 1 << 13)
    points, values = samples
    blocks, rng = grid(60), np.random.default_rng(2)
    count = 60**3
    options = OPTIONS | {"discretisation": (2, 2, 2)}
    options |= {
        "orientations": {"orientations": rng.uniform(0, 90, (count, 3))},
        "own points": {"inside": rng.random((count, 8)) < 0.5},
        "domains": {"domains": (np.where(points[:, 0] < 50, "a", "b"), np.where(blocks.centres()[:, 0] < 50, "a", "b"))},
    }.get(kind, {})
    values = {"a": values, "b": values[::-1]} if kind == "two variables" else values
    request = make_request(points, values, blocks, **options)
    told = module.forecast_request(request).memory
    held = module._held(request)
    assert held == sum(item.nbytes for item in (request.orientations, request.inside, request.of_targets) if item is not None)
    taken = peak(request) + held
    assert 0.85 * taken < told < 1.35 * taken, (told / 2**20, taken / 2**20)


def test_nothing_but_the_columns_grows_with_the_targets(samples, monkeypatch):
    """A second copy of the results would double what a column more of blocks takes."""
    monkeypatch.setattr(layout, "PIECE", 1 << 12)
    sizes = {}
    for count in (24, 48):
        request = make_request(*samples, grid(count), **OPTIONS)
        sizes[count] = peak(request)
    columns = sum(column.nbytes for column in empty_columns(("value",), 48**3 - 24**3).values())
    assert sizes[48] - sizes[24] < 1.15 * columns

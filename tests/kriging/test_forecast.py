"""The forecast of an estimation: memory by counting, time by a probe."""

import numpy as np
import pytest

from scandia.blockmodel.grid import Grid
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import Pass, Search
from scandia.kriging import forecast as module
from scandia.kriging.forecast import forecast
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

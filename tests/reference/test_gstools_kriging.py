"""Kriging equals GSTools, run live: all samples, points, exact at data."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import gstools
import numpy as np
import pytest

from scandia.kriging import estimate
from scandia.variography.gstools_models import to_gstools

models = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("models.py"))))
PROGRAM = f"GSTools {gstools.__version__}, live"
MEAN = 0.7


@pytest.fixture
def problems():
    """Five sets of samples and targets, three of them at samples, each with a rotated model of two structures."""
    made = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        points, values, targets = rng.uniform(0, 100, (60, 3)), rng.normal(size=60), rng.uniform(0, 100, (40, 3))
        angles = {"azimuth": rng.uniform(0, 360), "dip": rng.uniform(-90, 90), "rake": rng.uniform(-90, 90)}
        structures = [(kind, 0.5, (a, 0.5 * a, 0.2 * a)) for kind, a in (("spherical", 60.0), ("exponential", 120.0))]
        made.append((points, values, np.vstack([targets, points[:3]]), models.nested(0.2, *structures, **angles)))
    return made


def outside(points):
    """An external drift: a curved surface."""
    return np.sin(points[:, 0] / 30.0) + (points[:, 2] / 50.0) ** 2


def theirs(method, points, values, targets, variogram):
    """Estimates and variances of GSTools."""
    model, place = to_gstools(variogram), points.T
    if method == "simple":
        return gstools.krige.Simple(model, place, values, mean=MEAN, exact=True)(targets.T)
    if method == "linear_drift":
        return gstools.krige.Universal(model, place, values, "linear", exact=True)(targets.T)
    if method == "external_drift":
        krige = gstools.krige.ExtDrift(model, place, values, outside(points), exact=True)
        return krige(targets.T, ext_drift=outside(targets))
    return gstools.krige.Ordinary(model, place, values, exact=True)(targets.T)


@pytest.mark.parametrize("method", ["ordinary", "simple", "linear_drift", "external_drift"])
def test_global_kriging(problems, method, compare):
    ours, answers = [], []
    for points, values, targets, variogram in problems:
        options = {"simple": {"mean": MEAN}, "external_drift": {"drift": {"f": (outside(points), outside(targets))}}}.get(
            method, {}
        )
        search = models.all_of(points)
        got = estimate(points, values, targets, variogram=variogram, search=search, method=method, **options)
        ours.append([got["value"].values, got["variance"].values])
        answers.append(theirs(method, points, values, targets, variogram)[:2])
    about = {"program": PROGRAM, "data": "5 random sets of 60 samples, SYNTHETIC", "tolerance": 1e-9, "why": ""}
    for quantity, k in (("estimate", 0), ("variance", 1)):
        found, answer = [pair[k] for pair in ours], [pair[k] for pair in answers]
        what = f"{quantity}, {method.replace('_', ' ')}, points, some at samples, all samples"
        compare(found, answer, compared=what, **about)

"""Weights listed for everything that the engine estimates: they give the estimate again, and solve the listed system."""

import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.kriging import Boundaries, HighGrade, estimate, list_weights
from scandia.kriging.request import make_request
from scandia.kriging.search import Pass, Search
from scandia.kriging.weights import covariances_of, weights_of
from scandia.variography.model import Structure, Variogram

systems = runpy.run_path(str(Path(__file__).with_name("systems.py")))
random_variogram, SIZE = systems["random_variogram"], systems["SIZE"]

RNG = np.random.default_rng(77)
POINTS, GRADES, HOLES = RNG.uniform(0, 60, (160, 3)), RNG.lognormal(0, 1, 160), RNG.integers(0, 14, 160).astype(str)
TARGETS = RNG.uniform(5, 55, (25, 3))
OF_SAMPLES = np.where(POINTS[:, 0] < 30, "ore", "waste")
OF_TARGETS = np.where(TARGETS[:, 0] < 30, "ore", "waste")
WHY = {"reason": "outliers", "name": "QP"}
SEARCH = Search(
    azimuth=30.0,
    dip=40.0,
    passes=(
        Pass(ranges=(20.0, 15.0, 10.0), min_samples=6, max_samples=12, max_per_hole=3),
        Pass(ranges=(60.0, 50.0, 30.0), min_samples=5, max_samples=20, azimuth=100.0, dip=10.0, rake=5.0),
    ),
)
USUAL = {"search": SEARCH, "variogram": random_variogram(np.random.default_rng(3)), "holes": HOLES}
BLOCKS = {"discretisation": (2, 3, 2), "block_size": SIZE}
CASES = {
    "points": {},
    "blocks": BLOCKS,
    "own points": BLOCKS | {"inside": RNG.random((25, 12)) < 0.4},
    "orientations": BLOCKS | {"orientations": RNG.uniform(0, 90, (25, 3))},
    "orientations and own points": BLOCKS | {"orientations": RNG.uniform(0, 90, (25, 3)), "inside": RNG.random((25, 12)) < 0.4},
    "linear drift": BLOCKS | {"method": "linear_drift"},
    "external drift": {"method": "external_drift", "drift": {"depth": (POINTS[:, 2] ** 2, TARGETS[:, 2] ** 2)}},
    "simple": BLOCKS | {"method": "simple", "mean": 1.3},
    "inverse distance": {"method": "inverse_distance", "power": 3.0},
    "nearest": {"method": "nearest"},
    "nearest, dropped": {
        "method": "nearest", "high_grade": HighGrade(threshold=0.5, ranges=(8.0, 6.0, 4.0), action="drop", **WHY)
    },
    "nearest, clamped": {
        "method": "nearest", "high_grade": HighGrade(threshold=0.5, ranges=(8.0, 6.0, 4.0), action="clamp", **WHY)
    },
    "inverse distance, clamped": {
        "method": "inverse_distance", "high_grade": HighGrade(threshold=0.5, ranges=(8.0, 6.0, 4.0), action="clamp", **WHY)
    },
    "merged": {"duplicates": "merge", "duplicate_distance": 3.0},
    "hard boundaries": BLOCKS | {"domains": (OF_SAMPLES, OF_TARGETS)},
    "soft boundaries": {"domains": (OF_SAMPLES, OF_TARGETS), "boundaries": Boundaries(soft={"ore": {"waste": 5.0}})},
    "merged across": {
        "domains": (OF_SAMPLES, OF_TARGETS), "boundaries": Boundaries(soft={"ore": {"waste": 9.0}, "waste": {"ore": 9.0}}),
        "duplicates": "merge", "duplicate_distance": 3.0,
    },
    "clamped": BLOCKS | {"high_grade": HighGrade(threshold=1.5, ranges=(8.0, 6.0, 4.0), action="clamp", **WHY)},
    "clamped, turned": {
        "high_grade": HighGrade(threshold=1.5, ranges=(8.0, 6.0, 4.0), action="clamp", **WHY),
        "orientations": RNG.uniform(0, 90, (25, 3)),
    },
    "dropped": {"high_grade": HighGrade(threshold=1.5, ranges=(8.0, 6.0, 4.0), action="drop", **WHY)},
    "rescaled": BLOCKS | {"negative_weights": "zero_and_rescale"},
    "no sill": {"variogram": Variogram(nugget=0.1, structures=(Structure(kind="linear", contribution=1.0, ranges=(30.0,) * 3),))},
}  # fmt: skip
UNSOLVED = [name for name, case in CASES.items() if case.get("method", "ordinary") not in ("ordinary", "simple")] + ["rescaled"]
EVERY = pytest.mark.parametrize("name", CASES)


def listed(name):
    """Weights, and the same targets estimated."""
    case = USUAL | CASES[name]
    high = case.get("high_grade")
    options = case | ({"high_grade": {"value": high}} if high else {})
    return list_weights(POINTS, GRADES, TARGETS, **case), estimate(POINTS, GRADES, TARGETS, **options), options


@EVERY
def test_the_estimate_computed_from_the_list_is_the_engines(name):
    table, known, options = listed(name)
    mean = options.get("mean", 0.0)
    assert set(table["target"]) == set(np.flatnonzero(known["reason"].values == 0)) and len(set(table["target"])) > 5
    for target, rows in table.groupby("target"):
        again = mean + np.sum(rows["weight"] * (rows["counted"] - mean))
        assert again == pytest.approx(known["value"].values[target], rel=1e-12)
        assert (rows["estimate"] == known["value"].values[target]).all()
        assert (rows["pass"] == known["pass"].values[target]).all()
        np.testing.assert_array_equal(rows["variance"], known["variance"].values[target])
        if "nearest" not in name:
            assert len(rows) == known["samples"].values[target]
        if options.get("method") != "simple":
            assert rows["weight"].sum() == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("name", [name for name in CASES if name not in UNSOLVED])
def test_the_weights_solve_the_system_of_the_listed_covariances(name):
    """Ordinary (or simple) kriging by NumPy from nothing but the two tables."""
    case = USUAL | CASES[name]
    high = case.pop("high_grade", None)
    request = make_request(POINTS, GRADES, TARGETS, high_grade=high and {"value": high}, **case)
    table = weights_of(request)
    pairs = covariances_of(request, table)
    for target, rows in table.groupby("target"):
        own, count = pairs[pairs["target"] == target], len(rows)
        order = {sample: i for i, sample in enumerate(rows["sample"])}
        matrix, right = np.ones((count + 1, count + 1)), np.append(rows["covariance"], 1.0)
        i, j = own["sample"].map(order).to_numpy(), own["other"].map(order).to_numpy()
        matrix[i, j] = matrix[j, i] = own["covariance"]
        assert len(own) == count * (count + 1) // 2
        matrix[-1, -1] = 0.0
        if request.method == "simple":
            matrix, right = matrix[:-1, :-1], right[:-1]
        solved = np.linalg.solve(matrix, right)[:count]
        np.testing.assert_allclose(rows["weight"], solved, rtol=1e-8, atol=1e-9)


def test_a_method_without_a_system_has_no_covariances():
    for name in ("inverse distance", "nearest"):
        table, _, options = listed(name)
        assert table["covariance"].isna().all()
        assert covariances_of(make_request(POINTS, GRADES, TARGETS, **options), table).empty


def test_merged_samples_are_listed_once_with_their_mean():
    table, known, _ = listed("merged")
    groups = [[int(one) for one in group.split()] for group in known.attrs["merged_samples"].split("; ")]
    assert len(groups) > 1
    first = {group[0]: GRADES[group].mean() for group in groups}
    gone = {one for group in groups for one in group[1:]}
    assert not gone & set(table["sample"])
    shown = table[table["sample"].isin(first)]
    assert len(shown)
    np.testing.assert_allclose(shown["value"], shown["sample"].map(first))


def test_the_order_of_the_rows_changes_nothing_but_their_numbers():
    for name in ("merged across", "nearest", "orientations and own points"):
        case, order = USUAL | CASES[name], np.random.default_rng(5).permutation(len(POINTS))
        own = case | {"holes": HOLES[order]}
        if "domains" in case:
            own["domains"] = (OF_SAMPLES[order], OF_TARGETS)
        one, other = list_weights(POINTS, GRADES, TARGETS, **case), list_weights(POINTS[order], GRADES[order], TARGETS, **own)
        other["sample"] = order[other["sample"]]
        pd.testing.assert_frame_equal(one, other.sort_values(["target", "sample"], ignore_index=True), check_exact=True)


def test_several_variables_are_refused():
    with pytest.raises(InputError, match="2 variables; weights are listed for one"):
        list_weights(POINTS, {"a": GRADES, "b": GRADES}, TARGETS, **USUAL)

"""The plain path against analytic truth and hand-worked numbers, apart from the engine; what it does not know it names."""

import ast
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from scandia.audit.plain.composites import _closed, _composites, _pieces, _runs, _snapped
from scandia.audit.plain.estimate import Samples, axes, choose, covariance, estimate, samples_of
from scandia.audit.plain.holes import _legs, locate, unit_vector
from scandia.audit.plain.known import unknown
from scandia.audit.plain.recompute import _row, recompute
from scandia.audit.plain.tables import grades, numbers, read_table, species_factor
from scandia.audit.plain.totals import classes
from scandia.config.load import resolve

ALLOWED = {"csv", "dataclasses", "itertools", "math", "numpy", "pandas", "pathlib", "re"}


def test_the_plain_path_imports_numpy_and_pandas_and_itself_only(project):
    for path in (project / "src" / "scandia" / "audit" / "plain").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in ALLOWED or name.startswith("scandia.audit.plain"), f"{path.name} imports {name}"
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            assert called not in {"eval", "exec", "compile", "__import__"}, path.name


def test_a_quarter_circle_is_followed_to_rounding():
    radius = 200.0 / np.pi  # a quarter of its circumference is 100 m
    legs = _legs(np.zeros(3), [(0.0, unit_vector(90.0, -90.0)), (100.0, unit_vector(90.0, 0.0))], 150.0)
    for depth in (0.0, 25.0, 50.0, 99.0, 100.0):
        turned = np.pi / 2.0 * depth / 100.0
        assert locate(legs, depth) == pytest.approx([radius * (1 - np.cos(turned)), 0.0, -radius * np.sin(turned)], abs=1e-12)
    assert locate(legs, 120.0) == pytest.approx([radius + 20.0, 0.0, -radius], abs=1e-12)


def test_above_the_first_record_a_hole_is_straight():
    legs = _legs(np.array([1.0, 2.0, 3.0]), [(10.0, unit_vector(0.0, -90.0))], 20.0)
    assert locate(legs, 15.0) == pytest.approx([1.0, 2.0, -12.0])


SETTINGS = {"length": 3.0, "residual": "merge", "minimum_share": 0.5, "minimum_coverage": 0.5}


@pytest.mark.parametrize(
    ("length", "residual", "ends"),
    [
        (9.0, "merge", [3.0, 6.0, 9.0]),
        (10.0, "merge", [3.0, 6.0, 10.0]),
        (10.5, "merge", [3.0, 6.0, 9.0, 10.5]),
        (1.0, "merge", [1.0]),
        (10.0, "keep", [3.0, 6.0, 9.0, 10.0]),
        (10.0, "drop", [3.0, 6.0, 9.0]),
        (10.5, "drop", [3.0, 6.0, 9.0, 10.5]),
        (1.0, "drop", []),
        (10.0, "distribute", [10 / 3, 20 / 3, 10.0]),
    ],
)
def test_a_run_is_divided_as_on_paper(length, residual, ends):
    run = [[0.0, length, "ore", np.array([1.0]), None]]
    found = list(_composites(run, SETTINGS | {"residual": residual}, 1))
    assert [stop for _, stop, _ in found] == pytest.approx(ends)
    assert [start for start, _, _ in found] == pytest.approx([0.0, *ends[:-1]][: len(ends)])


def test_grades_are_weighted_by_length_and_thin_cover_has_none():
    run = [[0.0, 1.0, "ore", np.array([6.0]), None], [1.0, 3.0, "ore", np.array([3.0]), None]]
    run += [[3.0, 4.0, "ore", np.array([5.0]), None], [4.0, 6.0, "ore", np.array([np.nan]), None]]
    assert [means for _, _, means in _composites(run, SETTINGS, 1)] == [[4.0], [pytest.approx(np.nan, nan_ok=True)]]


def test_pieces_end_at_samples_and_contacts_and_runs_at_contacts():
    samples = _closed([(0.0, 4.0, np.array([1.0])), (4.005, 6.0, np.array([2.0]))], 8.0, 0.01)
    logs = _snapped(_closed([(0.0, 2.0, "X"), (2.0, 8.004, "Y")], 8.0, 0.01), [0.0, 8.0, 4.0, 6.0], 0.01)
    pieces = _pieces(samples, logs, 8.0, {"Y": "ore"}, 1)
    assert [(top, bottom, domain) for top, bottom, domain, _, _ in pieces] == [
        (0.0, 2.0, "outside"), (2.0, 4.0, "ore"), (4.0, 6.0, "ore"), (6.0, 8.0, "ore"),
    ]  # fmt: skip
    assert [domain for domain, _ in _runs(pieces)] == ["ore"]


def test_scandium_becomes_its_oxide_and_a_limit_a_share_of_itself():
    assert species_factor("Sc", "Sc2O3") == pytest.approx((2 * 44.956 + 3 * 15.999) / (2 * 44.956), rel=1e-15)
    analyte = {"column": "Sc", "below_detection": 0.5, "missing": ["NS", "-0.02"], "column_unit": "%", "unit": "g/t"}
    config = {"analytes": {"sc": analyte | {"species": "Sc", "column_species": "Sc"}}}
    values = grades(config, pd.DataFrame({"Sc": ["0.1", "<0.2", None, "NS", "-.02"]}), "sc")
    assert values == pytest.approx([1000.0, 1000.0, np.nan, np.nan, np.nan], nan_ok=True)


def test_a_number_that_means_missing_is_a_depth_in_a_key(tmp_path):
    (tmp_path / "a.csv").write_text("#\nBH;From;Cu\nA;0;0\n\nB; 1;NS\n", encoding="utf-8")
    table = {"file": "a.csv", "root": None, "encoding": "utf-8", "comment": "#", "separator": ";", "missing": ["0", "NS"]}
    config = {"drillholes": {"root": str(tmp_path), "assay": table | {"columns": {"hole": "BH", "from": "From"}}}}
    frame = read_table(config, "assay")
    assert numbers(frame["from"]).tolist() == [0.0, 1.0]
    assert frame["Cu"].isna().all()


MODEL = {
    "nugget": 0.2,
    "structures": [
        {"kind": "spherical", "contribution": 0.8, "ranges": [100.0, 50.0, 20.0], "azimuth": 0.0, "dip": 0.0, "rake": 0.0}
    ],
}
PASS = {"ranges": [100.0, 100.0, 100.0], "min_samples": 1, "max_samples": 8, "max_per_hole": 0, "min_holes": 1}
PASS |= {"azimuth": None, "dip": None, "rake": None}
SEARCH = {"azimuth": 0.0, "dip": 0.0, "rake": 0.0, "passes": [PASS]}


def test_axes_follow_the_convention():
    assert axes(35.0, 90.0, 0.0)[0] == pytest.approx([np.sin(np.radians(35)), np.cos(np.radians(35)), 0.0])
    assert axes(35.0, 90.0, 0.0)[1] == pytest.approx([0.0, 0.0, -1.0])


def test_a_spherical_covariance_is_the_textbooks():
    lags = np.array([[0.0, 50.0, 0.0], [0.0, 100.0, 0.0], [25.0, 0.0, 0.0]])
    assert covariance(lags, MODEL, 0.0) == pytest.approx([0.8 * (1 - 0.6875), 0.0, 0.8 * (1 - 0.6875)])


def test_two_samples_at_equal_distance_have_the_mean_and_a_point_at_a_sample_its_value():
    samples = Samples(np.array([[0.0, -10.0, 0.0], [0.0, 10.0, 0.0]]), np.array(["A", "B"]), np.array([1.0, 3.0]))
    block = estimate(np.zeros(3), samples, SEARCH, MODEL, (5.0, 5.0, 5.0), (2, 2, 2), 0.0)
    assert (block.grade, block.number, block.holes, block.mean_distance) == (pytest.approx(2.0), 1, 2, 10.0)
    point = estimate(np.array([0.0, 10.0, 0.0]), samples, SEARCH, MODEL, (5.0, 5.0, 5.0), (1, 1, 1), 0.0)
    assert (point.grade, point.variance) == (pytest.approx(3.0), pytest.approx(0.0, abs=1e-12))


def test_a_two_point_system_solved_by_hand():
    samples = Samples(np.array([[0.0, 0.0, 0.0], [0.0, 50.0, 0.0]]), np.array(["A", "B"]), np.array([1.0, 2.0]))
    block = estimate(np.array([0.0, 25.0, 0.0]) - [0.0, 5.0, 0.0], samples, SEARCH, MODEL, (1, 1, 1), (1, 1, 1), 0.0)
    near, far, between = (0.8 * (1 - 1.5 * h + 0.5 * h**3) for h in (0.2, 0.3, 0.5))
    weight = 0.5 + (near - far) / (2.0 * (1.0 - between))  # of two samples with equal variance, by elimination
    assert block.grade == pytest.approx(weight * 1.0 + (1.0 - weight) * 2.0, rel=1e-14)


def test_the_search_takes_the_nearest_within_its_limits_and_breaks_ties_by_order():
    places = np.array([[0.0, 10.0, 0.0], [0.0, -10.0, 0.0], [0.0, 20.0, 0.0], [0.0, 101.0, 0.0]])
    samples = Samples(places, np.array(["A", "B", "B", "C"]), np.arange(4.0))
    pick = lambda **changes: choose(np.zeros(3), samples, SEARCH, PASS | changes, 0.0)  # noqa: E731
    assert pick().tolist() == [0, 1, 2]
    assert pick(max_samples=1).tolist() == [0]
    assert pick(max_per_hole=1).tolist() == [0, 1]
    assert pick(min_samples=4) is None
    assert pick(min_holes=3) is None


def test_ties_are_in_the_order_of_hole_and_place():
    frame = pd.DataFrame({"hole": ["B", "A"], "domain": "ore", "x": [0.0, 0.0], "y": 0.0, "z": 0.0, "cu": [2.0, 1.0]})
    assert samples_of(frame, "ore", "cu").holes.tolist() == ["A", "B"]


def test_classes_follow_the_rules_and_never_one_hole():
    parts = {"fraction": np.ones(4), "cu": np.array([1.0, 1.0, 1.0, np.nan]), "cu_pass": np.array([1, 1, 2, 0])}
    parts |= {"cu_holes": np.array([3, 1, 2, 0]), "cu_mean_distance": np.array([10.0, 10.0, 60.0, np.nan])}
    rules = [{"resource_class": "indicated", "max_pass": 1, "min_holes": 1, "max_distance": 50.0, "min_slope": None}]
    rules += [{"resource_class": "inferred", "max_pass": 2, "min_holes": 2, "max_distance": 99.0, "min_slope": None}]
    assert classes({"model": {"classification": {"rules": rules}}}, parts, "cu").tolist() == [2, 0, 3, 0]


@pytest.fixture(scope="module")
def config(project):
    return resolve(yaml.safe_load((project / "config" / "deposits" / "tiny" / "config.yaml").read_text(encoding="utf-8")))


def test_the_config_of_tiny_is_known_whole(config):
    assert unknown(config, {"olivine": {"sc2o3": MODEL}}) == []


@pytest.mark.parametrize(
    ("keys", "value", "name"),
    [
        (("drillholes", "desurvey", "method"), "tangential", "drillholes.desurvey.method: tangential"),
        (("drillholes", "assay", "depth_unit"), "ft", "drillholes.assay.depth_unit: ft"),
        (("model", "composites", "weighting"), "density", "model.composites.weighting: density"),
        (("model", "estimation", "negative_weights"), "zero_and_rescale", "model.estimation.negative_weights: zero_and_rescale"),
        (("model", "estimation", "own_points"), True, "model.estimation.own_points: True"),
        (("model", "estimation", "boundaries", "soft"), {"a": {"b": 1.0}}, "model.estimation.boundaries.soft: {'a': {'b': 1.0}}"),
        (("model", "estimation", "a_key_of_tomorrow"), 3, "model.estimation.a_key_of_tomorrow: 3"),
        (("model", "a_section_of_tomorrow"), {"key": 1}, "model.a_section_of_tomorrow: {'key': 1}"),
        (("qaqc", "on_failure"), "hold_out", "qaqc.on_failure: hold_out"),
        (("model", "classification", "smoothing"), {"size": 3}, "model.classification.smoothing: {'size': 3}"),
        (("model", "reporting", "variable"), "nsr", "a cut-off on nsr"),
        (("model", "overburden"), {"file": "base.csv"}, "model.overburden: {'file': 'base.csv'}"),
    ],
)
def test_what_is_not_known_is_named(config, keys, value, name):
    changed = yaml.safe_load(yaml.safe_dump(config))
    node = changed
    for key in keys[:-1]:
        node = node[key]
    node[keys[-1]] = value
    assert unknown(changed, {}) == [name]
    table = recompute(changed, {}, {}, [], pd.DataFrame(), seed=1)
    assert table[["what", "verdict"]].to_numpy().tolist() == [[name, "not recomputed"]]


def test_models_and_left_out_rows_that_are_not_known_are_named(config):
    strange = {"olivine": {"sc2o3": {"nugget": 0.0, "structures": [{"kind": "matern"}]}}}
    assert unknown(config, strange) == ["the matern variogram of sc2o3 in olivine"]
    table = recompute(config, {}, {}, [], pd.DataFrame(), seed=1, excluded=["assay"])
    assert table["what"].tolist() == ["rows of assay that the checks left out"]


@pytest.mark.parametrize(
    ("run", "plain", "share", "verdict"),
    [
        (1.0, 1.0 + 0.9e-9, 1e-9, "identical"),
        (1.0, 1.0 + 1.1e-9, 1e-9, "different"),
        (np.nan, np.nan, 1e-9, "identical"),
        (np.nan, 1.0, 1e-9, "different"),
        (1.0, np.nan, None, "different"),
        (1e6, 1e6 + 0.9, None, "identical"),
        (1e6, 1e6 + 1.1, None, "different"),
    ],
)
def test_numbers_agree_to_their_tolerance(run, plain, share, verdict):
    assert _row("x", run, plain, share)[-1] == verdict


def test_nothing_compiled_is_loaded_by_the_plain_path():
    import subprocess

    words = (
        "import sys, scandia.audit.plain.recompute; print(sorted(n for n in sys.modules if n in ('numba', 'scipy', 'xarray')))"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True, cwd=Path(__file__).parent)
    assert done.stdout.strip() == "[]"

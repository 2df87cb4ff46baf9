"""The weights that a run writes down: anyone can compute the model's estimates from them again."""

import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scandia.blockmodel.points import with_own_points
from scandia.errors import InputError
from scandia.geometry.readings import Readings
from scandia.kriging.audit import COVARIANCES, WEIGHTS, audit, chosen_blocks
from scandia.kriging.high_grade import HighGrade
from scandia.kriging.parts import estimate_parts
from scandia.kriging.settings import Audit, Boundaries, Estimator

case = runpy.run_path(str(Path(__file__).with_name("test_choices.py")))
GRID, MODELS, READINGS, blocks, with_twins, plan, readings, packed = (
    case[name] for name in ("GRID", "MODELS", "TURNING", "blocks", "with_twins", "plan", "readings", "packed")
)
MODELS = {domain: models | {"other": models["grade"]} for domain, models in MODELS.items()}
HIGH = HighGrade(threshold=4.0, ranges=(15.0, 10.0, 5.0), action="clamp", reason="One nugget.", name="A. Geologist")


def composites():
    table = with_twins()
    other = np.random.default_rng(9).lognormal(size=len(table))
    other[::17] = np.nan
    depths = {"from": 2.0 * np.arange(len(table)), "to": 2.0 * np.arange(len(table)) + 2.0}
    return table.assign(other=other, composite=1000 + np.arange(len(table)), **depths)


def everything(**changes):
    """An estimation in which every choice is made, its blocks and readings."""
    inside = np.random.default_rng(2).uniform(size=(2, *GRID.shape, 8)) < 0.6
    inside[..., 0] = True
    choices = {
        "variables": ("grade", "other"),
        "own_points": True,
        "duplicates": "merge",
        "duplicate_distance": 0.05,
        "boundaries": Boundaries(soft={"ore": {"halo": 6.0}}),
        "high_grade": {"ore": {"grade": HIGH}},
        "orientations": {"ore": Readings(file="readings.csv")},
        "estimators": {
            "ore": {"other": Estimator(method="external_drift", drift=("grade",))},
            "halo": {"other": Estimator(method="inverse_distance", power=3.0), "grade": Estimator(method="simple", mean=2.5)},
        },
    }
    return (
        plan(**(choices | changes)),
        with_own_points(blocks(), packed(inside), (2, 2, 2)),
        {"ore": readings([[80.0, 60.0, 20.0]])},
    )


@pytest.fixture(scope="module")
def audited():
    (estimation, parts, turned), table = everything(), composites()
    model = estimate_parts(parts, table, estimation, MODELS, readings=turned)
    settings = Audit(random=12, seed=4, blocks=((4, 3, 2),), points=((1.0, 1.0, 15.0),))
    return model, table, *audit(model, parts, table, estimation, MODELS, settings, readings=turned)


def test_the_estimates_of_the_model_follow_from_the_table_to_the_last_digits(audited):
    model, _, weights, _ = audited
    assert list(weights.columns) == WEIGHTS
    cases = weights.groupby(["variable", "domain", "block_x", "block_y", "block_z"])
    assert len(cases) > 40 and set(weights["method"]) == {"ordinary", "simple", "external_drift", "inverse_distance"}
    for (variable, domain, x, y, z), rows in cases:
        mean = rows["mean"].fillna(0.0)
        again = mean.iloc[0] + np.sum(rows["weight"] * (rows["counted"] - mean))
        own = model.sel(domain=domain).isel(x=x, y=y, z=z)
        assert again == pytest.approx(float(own[variable]), rel=1e-12)
        assert rows["estimate"].iloc[0] == float(own[variable])
        assert len(rows) == int(own[f"{variable}_samples"]) and rows["hole"].nunique() == int(own[f"{variable}_holes"])
        assert rows["distance"].min() == pytest.approx(float(own[f"{variable}_nearest_distance"]))
        assert rows["sum_of_weights"].iloc[0] == pytest.approx(rows["weight"].sum(), rel=1e-12)
        np.testing.assert_allclose(rows[["x", "y", "z"]], [[own["x"], own["y"], own["z"]]] * len(rows))


def test_every_row_leads_to_its_composites(audited):
    _, table, weights, _ = audited
    by_number = table.set_index("composite")
    for row in weights.itertuples():
        own = by_number.loc[row.composite]
        assert (row.hole, row.to, row.sample_x) == (own["hole"], own["to"], own["x"])
        numbers = [int(number) for number in row.merged.split()] or [row.composite]
        assert row.composite == numbers[0]
        assert row.value == pytest.approx(by_number.loc[numbers, row.variable].mean(), rel=1e-14)
    assert (weights["merged"] != "").any()
    assert (weights["counted"] < weights["value"]).any()


def test_the_covariances_are_those_of_every_pair(audited):
    _, _, weights, covariances = audited
    assert list(covariances.columns) == COVARIANCES
    keys = ["variable", "domain", "block_x", "block_y", "block_z"]
    kriged = weights[weights["method"] != "inverse_distance"].groupby(keys).size()
    pairs = covariances.groupby(keys).size()
    pd.testing.assert_series_equal(pairs, kriged * (kriged + 1) // 2)
    own = covariances[covariances["composite"] == covariances["other"]]
    np.testing.assert_allclose(own["covariance"], 1.1)  # nugget and sill of the model


def test_the_blocks_are_those_that_were_asked_for():
    model = estimate_parts(blocks(), composites(), plan(), MODELS)
    asked = Audit(blocks=((4, 3, 2), (0, 0, 1)), points=((12.0, 25.0, 1.0),))
    numbers = chosen_blocks(model, plan(), asked)
    assert numbers.tolist() == sorted([(2 * 4 + 3) * 5 + 4, 4 * 5, 2 * 5 + 1])
    drawn = chosen_blocks(model, plan(), Audit(random=7, seed=3))
    assert len(drawn) == 7 and np.isfinite(model["grade"].values).any(axis=0).ravel()[drawn].all()
    assert drawn.tolist() != chosen_blocks(model, plan(), Audit(random=7, seed=4)).tolist()
    for outside in (Audit(blocks=((5, 0, 0),)), Audit(points=((-1.0, 5.0, 5.0),))):
        with pytest.raises(InputError, match="lies outside the grid"):
            chosen_blocks(model, plan(), outside)


def test_a_model_of_other_composites_is_refused():
    table = composites()
    estimation = plan(duplicates="merge", duplicate_distance=0.05)
    model = estimate_parts(blocks(), table, estimation, MODELS)
    changed = table.assign(grade=table["grade"] * 1.0001)
    with pytest.raises(InputError, match=r"the weights of block \d+ give .* for 'grade' in domain 'ore', the model has"):
        audit(model, blocks(), changed, estimation, MODELS, Audit(random=3))


def test_nothing_is_written_where_nothing_is_asked():
    model = estimate_parts(blocks(), composites(), plan(duplicates="merge"), MODELS)
    weights, covariances = audit(model, blocks(), composites(), plan(duplicates="merge"), MODELS, Audit())
    assert weights.empty and covariances.empty and list(weights.columns) == WEIGHTS
    assert not Audit().asked and Audit(random=1).asked

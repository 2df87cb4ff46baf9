"""From kriged parts to a statement: the tables of the engine fit the rooms that judge and report them."""

import numpy as np
import pandas as pd
import pytest

from scandia.kriging.parts import estimate_parts
from scandia.kriging.search import Pass, Search
from scandia.kriging.settings import Estimation
from scandia.resource.classify import classify
from scandia.resource.classify_settings import Classification, ClassRule
from scandia.resource.classify_tables import class_table
from scandia.resource.plausible import plausible_limits
from scandia.resource.statement import statement
from scandia.resource.tonnage import cutoff_list, grade_tonnage, reported_variables
from scandia.validation.bias import global_bias
from scandia.validation.settings import Validation
from scandia.validation.swath import swaths
from scandia.validation.truth import compare_truth
from scandia.variography.model import Structure, Variogram

UNITS = {"scandium": "g/t", "copper": "%"}
MODEL = Variogram(
    nugget=100.0, structures=(Structure(kind="spherical", contribution=2500.0, ranges=(150.0, 40.0, 40.0), azimuth=90.0),)
)
NEAR, FAR = (Pass(ranges=(radius,) * 3, min_samples=4, max_samples=12, max_per_hole=3, min_holes=2) for radius in (60.0, 120.0))
ESTIMATION = Estimation(variables=("scandium", "copper"), search=Search(passes=(NEAR, FAR)), discretisation=(2, 2, 2))
RULES = Classification(
    rules=(
        ClassRule(resource_class="indicated", max_pass=1, min_holes=3, max_distance=40.0),
        ClassRule(resource_class="inferred", max_pass=2, min_holes=2, max_distance=90.0),
    ),
    reason="A test.",
)


@pytest.fixture(scope="module")
def composites():
    """Seven vertical holes of four composites, in ore (x below 200) or halo."""
    rng = np.random.default_rng(12)
    x = np.repeat([5.0, 45.0, 85.0, 125.0, 165.0, 205.0, 245.0], 4)
    frame = pd.DataFrame({"x": x, "y": 5.0 + rng.uniform(-2, 2, 28), "z": np.tile([-1.5, 1.0, 3.5, 6.0], 7)})
    frame["hole"] = [f"H{int(number)}" for number in x]
    frame["domain"] = np.where(x < 200, "ore", "halo")
    frame["scandium"] = rng.normal(250, 50, 28)
    frame["copper"] = rng.uniform(0.1, 0.5, 28)
    return frame.assign(length=2.0, weight=1.0, composite=np.arange(28) + 1)


@pytest.fixture(scope="module")
def parts(make_parts, composites):
    ore = {"fraction": np.where(np.arange(60) < 20, 1.0, 0.0)}
    halo = {"fraction": np.where(np.arange(60) < 20, 0.0, 1.0)}
    blank = make_parts({"ore": ore, "halo": halo, "waste": {"fraction": np.zeros(60)}})[["fraction", "density", "tonnage"]]
    models = {"ore": dict.fromkeys(UNITS, MODEL), "halo": dict.fromkeys(UNITS, MODEL)}
    return classify(estimate_parts(blank, composites, ESTIMATION, models, units=UNITS), RULES, "scandium")


def test_every_tonne_of_a_domain_is_in_the_table_of_classes_and_in_the_curves(parts, reporting):
    classes = class_table(parts, RULES, "scandium")
    assert classes["tonnage"].sum() == pytest.approx(60_000.0)
    assert set(classes["class"]) == {"indicated", "inferred", "unclassified"}
    table = grade_tonnage(parts, cutoff_list(reporting), reported_variables(reporting))
    whole = table[(table["domain"] == "all") & (table["cutoff"] == 0)]
    assert whole["tonnage"].sum() + whole["unestimated_tonnage"].sum() == pytest.approx(60_000.0)
    assert whole["unestimated_tonnage"].sum() > 0
    by_class = classes.groupby("class")["tonnage"].sum()
    assert whole.set_index("class").loc["indicated", "tonnage"] == by_class["indicated"]


def test_the_statement_follows_from_the_estimate(parts, composites, reporting, analytes):
    table = grade_tonnage(parts, cutoff_list(reporting), reported_variables(reporting))
    limits = plausible_limits(parts, composites, reported_variables(reporting))
    result = statement(table, reporting, limits=limits, analytes=analytes, title="Draft")
    total = result.unrounded.set_index(["class", "domain"])["tonnage"]
    assert total["indicated", "all"] + total["inferred", "all"] <= 60_000.0
    assert result.printed["Class"].iloc[0] == "Measured" and result.printed["Tonnes (kt)"].iloc[0] == "–"


def test_the_checks_read_the_estimate(parts, composites):
    settings = Validation(swaths=(40.0, 20.0, 10.0))
    bias = global_bias(composites, parts, UNITS).set_index(["variable", "domain"])
    assert abs(bias.loc[("scandium", "ore"), "bias_declustered"]) < 0.15
    assert set(swaths(composites, parts, UNITS, settings)["domain"]) == {"ore", "halo", "all"}
    tables = compare_truth(parts, parts, list(UNITS), [200.0])
    assert (tables["local"].query("estimator == 'estimate'")["rmse"] == 0).all()
    assert set(tables["uncertainty"]["by"]) == {"all", "domain", "class", "decile"}

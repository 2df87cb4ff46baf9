"""The config is typed, checked once, and names every fault with a hint."""

import copy
import re
from datetime import date

import pytest
import yaml

from scandia.config.load import load, resolve
from scandia.config.typed import plain, typed
from scandia.errors import SettingError
from scandia.variography.model import Models


@pytest.fixture
def raw(project):
    return yaml.safe_load((project / "config" / "config.yaml").read_text())


def test_resolving_twice_changes_nothing(raw):
    once = resolve(raw)
    assert resolve(once) == once


def test_resolving_fills_every_default(raw):
    assert resolve(raw)["model"]["estimation"]["negative_weights"] == "keep"


def change(raw, path, value):
    changed = copy.deepcopy(raw)
    node = changed
    for part in path[:-1]:
        node = node[part]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["modle"], {}, "modle: unknown key (value {}). Did you mean 'model'?"),
        (["model", "composites", "lenght"], 2.0, "model.composites.lenght: unknown key (value 2.0). Did you mean 'length'?"),
        (["model", "composites", "length"], -1, "model.composites.length is -1: it must be greater than 0."),
        (["model", "composites", "residual"], "halve", "model.composites.residual is 'halve': it must be 'keep', 'merge'"),
        (["title"], None, "title: this key is required and missing."),
        (
            ["model", "reporting", "variable"],
            "sc2o",
            "variable names 'sc2o', which is no estimated variable. Did you mean 'sc2o3'",
        ),
        (["deposit"], "../elsewhere", "it names a folder"),
    ],
)
def test_a_fault_is_named_with_key_value_and_hint(raw, path, value, words):
    with pytest.raises(SettingError) as caught:
        load(change(raw, path, value))
    assert words in str(caught.value)


def test_all_faults_are_named_at_once(raw):
    faulty = change(change(raw, ["titel"], "x"), ["model", "composites", "length"], 0)
    with pytest.raises(SettingError) as caught:
        load(faulty)
    assert "titel" in str(caught.value)
    assert "model.composites.length" in str(caught.value)


@pytest.mark.parametrize(
    ("path", "wrong", "near"),
    [
        (["drillholes", "assay"], "sampl", "sample"),
        (["drillholes", "assay"], "bacth", "batch"),
        (["drillholes", "collar"], "depht", "depth"),
        (["qaqc", "table"], "datum", "date"),
    ],
)
def test_a_misspelt_name_in_columns_is_refused(raw, path, wrong, near):
    with pytest.raises(SettingError, match=rf"{'.'.join(path)}.columns names '{wrong}'.*Did you mean '{near}'"):
        load(change(raw, [*path, "columns", wrong], "X"))


@pytest.mark.parametrize("name", ["../../etc", "a/b", "", ".hidden", "icp\n", "a b", "Assay", "QC"])
def test_a_further_assay_table_cannot_name_a_file_elsewhere(raw, name):
    with pytest.raises(SettingError, match=r"drillholes\.assays"):
        load(change(raw, ["drillholes", "assays"], {name: raw["drillholes"]["assay"]}))
    load(change(raw, ["drillholes", "assays"], {"icp_2": raw["drillholes"]["assay"]}))


def test_names_of_further_assay_tables_differ_in_more_than_capitals(raw):
    with pytest.raises(SettingError, match="differ in capitals only"):
        load(change(raw, ["drillholes", "assays"], dict.fromkeys(["icp", "ICP"], raw["drillholes"]["assay"])))


def test_published_tables_are_not_read_from_databases(project):
    raw = yaml.safe_load((project / "config" / "deposits" / "crater_lake_2020" / "config.yaml").read_text())
    raw["published"]["claims"] |= {"format": "sqlite", "relation": "claims"}
    with pytest.raises(SettingError, match=r"published.*claims.*sqlite"):
        load(raw)


def test_a_cap_without_a_reason_is_refused(raw):
    domain = next(iter(raw["model"]["domains"]["domains"]))
    variable = raw["model"]["estimation"]["variables"][0]
    faulty = change(raw, ["model", "statistics", "caps"], {domain: {variable: {"value": 500.0, "who": "A. Geologist"}}})
    with pytest.raises(SettingError, match=r"reason: this key is required"):
        load(faulty)


def test_a_sum_of_elements_among_oxides_is_refused(raw):
    oxide = {"unit": "g/t", "column_unit": "ppm"}
    for element in ("Nd", "Pr"):
        raw["analytes"][element] = oxide | {"label": element, "species": element, "column": element, "column_species": element}
    raw["analytes"]["Nd"]["species"] = "Nd2O3"
    raw["analytes"]["magnet"] = {"label": "m", "unit": "g/t", "species": "MREO", "sum_of": ["Nd", "Pr"]}
    raw["analytes"]["loop"] = {"label": "l", "unit": "g/t", "species": "TREO", "sum_of": ["loop"]}
    with pytest.raises(SettingError) as caught:
        load(raw)
    assert "analytes.magnet.sum_of names 'Pr', which is Pr; the parts of MREO must be simple oxides of Nd," in str(caught.value)
    assert "analyte loop is a sum of itself: loop → loop" in str(caught.value)
    raw["analytes"]["Pr"]["species"] = "Pr6O11"
    del raw["analytes"]["loop"]
    assert load(raw).analytes["magnet"].sum_of == ("Nd", "Pr")


def test_a_checked_sum_of_what_cannot_be_converted_is_refused(raw):
    checks = raw["drillholes"].setdefault("checks", {})
    grade = {"unit": "ppm", "column_unit": "ppm"}
    for name in ("Fe", "Fe2O3", "Ni"):
        raw["analytes"][name] = grade | {"label": name, "species": name, "column": name, "column_species": name}
    for sums, words in (
        ({"Fe2O3": ["Ni"]}, "take Ni out of drillholes.checks.sums.Fe2O3"),
        ({"Fe2O4": ["Fe"]}, "drillholes.checks.sums names 'Fe2O4', which is no analyte. Did you mean 'Fe2O3'"),
        ({"Fe2O3": ["Fee"]}, "drillholes.checks.sums.Fe2O3 names 'Fee', which is no analyte. Did you mean 'Fe'"),
    ):
        checks["sums"] = sums
        with pytest.raises(SettingError, match=re.escape(words)):
            load(raw)
    checks["sums"] = {"Fe2O3": ["Fe"]}
    assert load(raw).drillholes.checks.sums == {"Fe2O3": ("Fe",)}


def test_one_permission_outside_of_a_list_is_named(raw):
    raw["drillholes"]["straight"] = {"holes": "all", "reason": "lost", "who": "J. Doe"}
    with pytest.raises(SettingError, match=r"drillholes\.straight is \{'holes': 'all', .*\}: it must be a list\."):
        load(raw)


def test_a_day_that_yaml_reads_as_a_date_is_its_text(raw):
    ignored = raw["drillholes"].setdefault("checks", {}).setdefault("ignored", {})
    ignored["gap_at_end"] = {"reason": "known", "who": "J. Doe", "date": date(2024, 5, 31)}
    assert load(raw).drillholes.checks.ignored["gap_at_end"].date == "2024-05-31"
    ignored["gap_at_end"]["date"] = "31.5.2024"
    with pytest.raises(SettingError, match=r"gap_at_end\.date is '31\.5\.2024'; it must be a day, as '2024-05-31'"):
        load(raw)


RESTRICTION = {"threshold": 400.0, "ranges": [20.0, 20.0, 5.0], "action": "clamp", "reason": "A test.", "name": "A tester"}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        (
            "boundaries",
            {"soft": {"olivin": {"pyroxene": 5.0}}},
            "boundaries.soft names 'olivin', which is no estimated domain. Did",
        ),
        (
            "boundaries",
            {"soft": {"olivine": {"piroxene": 5.0}}},
            "boundaries.soft.olivine names 'piroxene', which is no domain. Did",
        ),
        ("boundaries", {"soft": {"olivine": {"pyroxene": -1.0}}}, "is -1.0; it must be above 0 m"),
        ("high_grade", {"olivin": {"sc2o3": RESTRICTION}}, "high_grade names 'olivin', which is no estimated domain. Did"),
        ("high_grade", {"olivine": {"la2o3": RESTRICTION}}, "high_grade.olivine names 'la2o3', which is no estimated variable."),
        ("high_grade", {"olivine": {"sc2o3": RESTRICTION | {"reason": " "}}}, "high_grade.olivine.sc2o3.reason is empty"),
        ("orientations", {"olivin": {"file": "a.csv"}}, "orientations names 'olivin', which is no estimated domain. Did"),
        ("negative_weights", "zero", "negative_weights is 'zero': it must be 'keep' or 'zero_and_rescale'"),
        ("duplicates", "drop", "duplicates is 'drop': it must be 'error' or 'merge'"),
        ("estimators", {"olivin": {}}, "estimators names 'olivin', which is no estimated domain. Did"),
        ("estimators", {"olivine": {"la2o3": {}}}, "estimators.olivine names 'la2o3', which is no estimated variable."),
        ("estimators", {"olivine": {"sc2o3": {"method": "simple"}}}, "simple kriging needs a mean"),
        (
            "estimators",
            {"olivine": {"sc2o3": {"method": "external_drift", "drift": ["treo_y"]}}},
            "estimators.olivine.sc2o3.drift names 'treo_y', which is no variable estimated before 'sc2o3'.",
        ),
        ("estimator", {"method": "cokriging"}, "estimator.method is 'cokriging': it must be 'ordinary'"),
    ],
)
def test_choices_of_the_estimate_are_checked(raw, key, value, words):
    with pytest.raises(SettingError) as caught:
        load(change(raw, ["model", "estimation", key], value))
    assert words in str(caught.value)


def test_rescaled_weights_need_a_method_that_can_bear_them(raw):
    rescaled = change(raw, ["model", "estimation", "negative_weights"], "zero_and_rescale")
    drifting = {"olivine": {"treo_y": {"method": "linear_drift"}}}
    with pytest.raises(SettingError, match=r"estimators\.olivine\.treo_y\.method is 'linear_drift', whose weights must keep"):
        load(change(rescaled, ["model", "estimation", "estimators"], drifting))
    powers = {"olivine": {"treo_y": {"method": "inverse_distance"}}}
    assert load(change(rescaled, ["model", "estimation", "estimators"], powers)).model.estimation.negative_weights != "keep"


def test_simple_kriging_needs_a_model_with_a_sill(raw):
    path = ["model", "variography", "domains", "pyroxene", "models"]
    simple = change(raw, ["model", "estimation", "estimators"], {"pyroxene": {"treo_y": {"method": "simple", "mean": 9000.0}}})
    assert load(simple).model.estimation.estimator_of("pyroxene", "treo_y").mean == 9000.0
    with pytest.raises(SettingError, match=r"estimators\.pyroxene\.treo_y\.method is 'simple', but the model .* has no sill"):
        load(change(simple, path, {"treo_y": POWER}))


def test_own_points_need_the_points_that_the_fractions_count(raw):
    asked = change(raw, ["model", "estimation", "own_points"], True)
    assert load(asked).model.estimation.own_points
    with pytest.raises(SettingError, match=r"discretisation is \[4, 4, 4\] and model\.domains\.subcells is \[5, 5, 5\]"):
        load(change(asked, ["model", "domains", "subcells"], [5, 5, 5]))


POWER = {"nugget": 1.0, "structures": [{"kind": "power", "contribution": 2.0, "ranges": [50.0, 50.0, 50.0], "exponent": 0.8}]}


def test_a_model_may_be_unbounded_but_not_be_borrowed(raw):
    path = ["model", "variography", "domains", "olivine", "models"]
    faulty = change(raw, path, {"treo_y": POWER})
    with pytest.raises(SettingError) as caught:
        load(faulty)
    words = "model.variography.domains.pyroxene borrows an unbounded model of treo_y, which has no sill to scale."
    assert words in str(caught.value)
    for domain in ("pyroxene", "internal_waste"):
        faulty["model"]["variography"]["domains"][domain]["models"] = {"treo_y": POWER}
    given = load(faulty).model.variography.domains["pyroxene"].models["treo_y"]
    assert (given.bounded, given.structures[0].exponent) == (False, 0.8)


def test_a_parameter_of_another_kind_is_named_with_its_place(raw):
    structure = {"kind": "spherical", "contribution": 2.0, "ranges": [50.0, 50.0, 50.0], "smoothness": 0.5}
    faulty = change(
        raw, ["model", "variography", "domains", "olivine", "models"], {"sc2o3": {"nugget": 1.0, "structures": [structure]}}
    )
    with pytest.raises(SettingError, match=r"olivine.models.sc2o3.structures.0.smoothness is 0.5 for the kind spherical"):
        load(faulty)


def test_models_of_every_kind_survive_being_written_and_read():
    shapes = [{"kind": "matern", "smoothness": 2.5}, {"kind": "power", "exponent": 0.8}, {"kind": "linear"}, {"kind": "cubic"}]
    structures = [shape | {"contribution": 2.0, "ranges": [50.0, 40.0, 30.0]} for shape in shapes]
    models = typed(Models, {"core": {"grade": {"nugget": 1.0, "structures": structures}}})
    assert [s.kind for s in models["core"]["grade"].structures] == ["matern", "power", "linear", "cubic"]
    assert typed(Models, plain(Models, models)) == models


def test_a_log_is_needed_only_where_its_codes_choose_a_domain(raw):
    bare = change(raw, ["drillholes", "lithology"], None)
    with pytest.raises(SettingError, match=r"domains\.olivine is chosen by logged codes, which needs drillholes\.lithology"):
        load(bare)
    domains = bare["model"]["domains"]["domains"]
    for name, cutoff in (("olivine", 150.0), ("pyroxene", 300.0), ("internal_waste", 10.0)):
        domains[name] = {"code": domains[name]["code"], "label": name, "select": {"analyte": "sc2o3", "cutoff": cutoff}}
    assert load(bare).drillholes.lithology is None
    domains["olivine"]["select"]["lithology"] = ["OLFESYN"]
    with pytest.raises(SettingError, match=r"domains\.olivine is chosen by logged codes"):
        load(bare)


def test_a_soft_boundary_must_cite_the_contact_analysis(raw):
    soft = change(raw, ["model", "estimation", "boundaries"], {"soft": {"olivine": {"pyroxene": 3.0}}})
    with pytest.raises(
        SettingError, match=r"soft\.olivine\.pyroxene cites no contact analysis\. Give model\.statistics\.contacts"
    ):
        load(soft)
    reasons = {"soft_reasons": {"olivine": {"pyroxene": "No jump within 3 m in 10 holes, statistics/contact_jumps.csv."}}}
    assert load(change(soft, ["model", "statistics", "contacts"], reasons))
    with pytest.raises(SettingError, match="is empty; it must cite"):
        load(change(soft, ["model", "statistics", "contacts"], {"soft_reasons": {"olivine": {"pyroxene": " "}}}))


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (
            ["model", "domains", "domains", "olivine"],
            {"code": 1, "label": "Shell", "select": {"analyte": "sc2o", "cutoff": 1.0}},
            "olivine.select.analyte names 'sc2o', which is no analyte. Did you mean 'sc2o3'",
        ),
        (["model", "domains", "domains", "olivine"], {"code": 1, "label": "Nothing"}, "olivine has no source"),
        (
            ["model", "composites"],
            {"length": 5.0, "method": "bench", "residual": "distribute", "unsampled": "missing"},
            "residual is distribute; with method bench",
        ),
        (["model", "composites"], {"length": 5.0, "residual": "keep", "unsampled": "value"}, "values is empty"),
    ],
)
def test_domains_and_composites_that_contradict_themselves_are_refused(raw, path, value, words):
    with pytest.raises(SettingError) as caught:
        load(change(raw, path, value))
    assert words in str(caught.value)


def test_density_weighs_only_where_it_was_measured(raw):
    weighed = change(
        raw, ["model", "composites"], {"length": 3.0, "residual": "merge", "unsampled": "missing", "weighting": "density"}
    )
    assert load(weighed)
    with pytest.raises(SettingError, match=r"weighting is density, which needs drillholes\.density"):
        load(change(weighed, ["drillholes", "density"], None))


@pytest.mark.parametrize(
    ("crs", "words"),
    [
        ("EPSG:4326", "whose coordinates are degrees, not eastings and northings in metres"),
        ("EPSG:4978", "not eastings and northings in metres"),
        (
            "EPSG:2264",
            "in units of US survey foot; .* Give the same system in metres, and the unit of the tables as coordinate_unit",
        ),
        ('LOCAL_CS["grid",UNIT["foot",0.3048]]', "in units of foot"),
    ],
)
def test_a_reference_system_that_is_not_in_metres_is_refused(raw, crs, words):
    with pytest.raises(SettingError, match=words):
        load(raw | {"crs": crs})


@pytest.mark.parametrize("crs", ["EPSG:2193", "EPSG:26920+5703", 'LOCAL_CS["grid",UNIT["metre",1]]'])
def test_a_reference_system_in_metres_is_taken(raw, crs):
    assert load(raw | {"crs": crs}).crs == crs

"""Classes by written rules: order, limits, reasons, and never a class from one hole."""

import numpy as np
import pytest

from scandia.errors import InputError, SettingError
from scandia.resource.classify import classify
from scandia.resource.classify_settings import Classification, ClassRule
from scandia.resource.classify_tables import class_table
from scandia.resource.classify_words import reason_words, rule_words
from scandia.vocabulary import Class

RULES = Classification(
    rules=(
        ClassRule(resource_class="indicated", max_pass=1, min_holes=3, max_distance=50.0, min_slope=0.8),
        ClassRule(resource_class="inferred", max_pass=2, min_holes=2, max_distance=100.0),
    ),
    reason="Fences are 50 m apart.",
)


@pytest.fixture
def parts(make_parts):
    ore = {
        #            indicated  slope   distance  pass 2  one hole  no estimate  no part  pass 3
        "fraction": [1.0, 1.0, 1.0, 0.5, 1.0, 1.0, 0.0, 1.0],
        "grade": [200.0, 200.0, 200.0, 200.0, 200.0, np.nan, np.nan, 100.0],
        "grade_pass": [1, 1, 1, 2, 1, 0, 0, 3],
        "grade_holes": [3, 3, 3, 2, 1, 0, 0, 5],
        "grade_mean_distance": [50.0, 50.0, 50.1, 100.0, 10.0, np.nan, np.nan, 20.0],
        "grade_slope": [0.8, 0.79, 0.9, np.nan, 0.99, np.nan, np.nan, 0.9],
    }
    return make_parts({"ore": ore})


def test_the_first_rule_that_holds_gives_the_class_and_its_number(parts):
    result = classify(parts, RULES, "grade")
    assert result["class"].values.ravel().tolist() == [2, 3, 3, 3, 0, 0, 0, 0]
    assert result["class_reason"].values.ravel().tolist() == [1, 2, 2, 2, 127, 0, -1, 127]
    assert result["class"].dtype == np.int8 and result["class_reason"].dtype == np.int8
    assert "class" not in parts  # the input is not edited


def test_no_rule_gives_a_class_from_one_hole(parts):
    rule = ClassRule(resource_class="measured", max_pass=9)
    object.__setattr__(rule, "min_holes", 1)  # as no config can
    result = classify(parts, Classification(rules=(rule,), reason="Generous"), "grade")
    one_hole = parts["grade_holes"].values < 2
    assert (result["class"].values[one_hole] == Class.UNCLASSIFIED).all()
    assert (result["class"].values[~one_hole] == Class.MEASURED).all()
    with pytest.raises(SettingError, match="min_holes is 1"):
        ClassRule(resource_class="inferred", max_pass=1, min_holes=1, max_distance=1.0)


def test_without_an_estimate_or_rules_a_part_is_unclassified(parts):
    result = classify(parts, Classification(rules=(), reason="None"), "grade")
    assert (result["class"].values == Class.UNCLASSIFIED).all()
    assert (result["class"].values[~np.isfinite(parts["grade"].values)] == Class.UNCLASSIFIED).all()


def test_tightening_a_rule_never_raises_a_class(parts):
    loose = classify(parts, RULES, "grade")["class"].values
    rules = tuple(
        ClassRule(resource_class=rule.resource_class, max_pass=rule.max_pass, min_holes=rule.min_holes + 1, max_distance=40.0)
        for rule in RULES.rules
    )
    tight = classify(parts, Classification(rules=rules, reason="Tighter"), "grade")["class"].values
    certainty = {0: 0, 3: 1, 2: 2, 1: 3}
    assert all(certainty[a] <= certainty[b] for a, b in zip(tight.ravel(), loose.ravel(), strict=True))


def test_rules_out_of_order_are_refused(parts):
    backwards = Classification(rules=RULES.rules[::-1], reason="Backwards")
    with pytest.raises(SettingError, match="inferred, indicated"):
        classify(parts, backwards, "grade")


def test_a_missing_diagnostic_is_named(parts):
    with pytest.raises(InputError, match="grade_slope"):
        classify(parts.drop_vars("grade_slope"), RULES, "grade")


def test_the_table_counts_every_part_of_a_domain_once(parts):
    classified = classify(parts, RULES, "grade")
    table = class_table(classified, RULES, "grade")
    assert table["parts"].sum() == 7 and table["tonnage"].sum() == pytest.approx(6500.0)
    assert table["metal_share"].sum() == pytest.approx(1.0)
    assert table["class"].tolist() == ["indicated", "inferred", "unclassified", "unclassified"]
    inferred = table[table["class"] == "inferred"].iloc[0]
    assert inferred["tonnage"] == 2500.0 and inferred["metal_share"] == pytest.approx(500 / (900 + 100))
    assert inferred["rule"] == "rule 2: inferred if pass <= 2, holes >= 2, mean distance <= 100 m"
    assert table["rule"].tolist()[2:] == ["no rule holds", "no estimate"]


def test_codes_carry_their_meaning(parts):
    attributes = classify(parts, RULES, "grade")["class_reason"].attrs
    meanings = dict(zip(attributes["flag_values"].tolist(), attributes["flag_meanings"].split(), strict=True))
    assert meanings == {-1: "no_part", 0: "no_estimate", 1: "rule_1_indicated", 2: "rule_2_inferred", 127: "no_rule_holds"}
    assert set(meanings) == set(reason_words(RULES))


def test_a_rule_reads_as_a_phrase():
    assert rule_words(RULES.rules[0]) == "indicated if pass <= 1, holes >= 3, mean distance <= 50 m, slope >= 0.8"

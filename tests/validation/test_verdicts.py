"""The one verdict: at each edge of its limits, and a bad number of every check."""

import numpy as np
import pandas as pd
import pytest

from scandia.errors import SettingError
from scandia.validation.checks import judge_model
from scandia.validation.limits import Limits
from scandia.validation.settings import Direction, Neighbourhood, Validation
from scandia.validation.verdicts import limit_words, tally, verdict, verdict_table

LIMITS = Limits()


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("bias", 0.0499, "pass"), ("bias", -0.0499, "pass"), ("bias", 0.05, "warn"), ("bias", -0.0999, "warn"),
        ("bias", 0.10, "fail"), ("bias", -0.5, "fail"), ("bias", np.nan, "not judged"), ("bias", None, "not judged"),
        ("error_variance", 1.2499, "pass"), ("error_variance", 0.801, "pass"), ("error_variance", 0.8, "warn"),
        ("error_variance", 1.9, "warn"), ("error_variance", 2.0, "fail"), ("error_variance", 0.5, "fail"),
        ("error_variance", 0.0, "fail"),
        ("slope", 0.8, "pass"), ("slope", 0.7999, "warn"), ("slope", 0.6, "warn"), ("slope", 0.5999, "fail"),
        ("efficiency", 0.0, "warn"), ("efficiency", -0.01, "fail"),
        ("negative_estimates", 0.0, "pass"), ("negative_estimates", 1e-9, "warn"), ("negative_estimates", 0.001, "fail"),
    ],
)  # fmt: skip
def test_the_verdict_at_the_edges(name, value, word):
    assert verdict(value, LIMITS, name) == word


def test_the_limits_are_named_and_can_be_set():
    assert verdict(0.12, Limits(bias=(0.15, 0.2)), "bias") == "pass"
    assert limit_words(LIMITS, "bias") == ("± less than 5 %", "± 5 % to 10 %", "± 10 % or more")
    assert limit_words(LIMITS, "slope") == ("≥ 0.8", "0.6 to 0.8", "< 0.6")
    assert limit_words(LIMITS, "negative_estimates")[0] == "none"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("coverage", ("± less than 5 points", "± 5 points to 10 points", "± 10 points or more")),
        ("swath", ("less than 10 %", "10 % to 20 %", "20 % or more")),
        ("unestimated", ("less than 1 %", "1 % to 10 %", "10 % or more")),
        ("negative_weights", ("above −5 %", "−5 % to −10 %", "−10 % or lower")),
        ("excess_variance", ("< 1.1", "1.1 to 1.25", "≥ 1.25")),
    ],
)  # fmt: skip
def test_limits_have_the_sign_and_the_unit_of_what_they_judge(name, words):
    assert limit_words(LIMITS, name) == words


@pytest.mark.parametrize(
    ("change", "value", "check", "case", "words"),
    [
        ("scores__coverage_50", 0.718, "coverage of 50 % intervals", "without its hole", "71.8 % held, +21.8 points"),
        ("scores__coverage_50", 0.3, "coverage of 50 % intervals", "without its hole", "30 % held, −20 points"),
        ("diagnostics__negative_weights", -0.117, "negative weights", "", "−11.7 %"),
        ("diagnostics__judged_efficiency", -0.3, "kriging efficiency", "Indicated", "−0.3"),
        ("swaths__declustered", 2.0, "swath", "along x", "100 %"),
        ("bias__bias_sure", -0.2, "global bias of the surest classes against nearest neighbour", "Indicated", "−20 %"),
    ],
)  # fmt: skip
def test_a_verdict_tells_its_number_and_its_case_in_words(change, value, check, case, words):
    found = judge_model(Validation(swaths=(1.0, 1.0, 1.0)), **tables(**{change: value})).iloc[0]
    assert (found["verdict"], found["check"], found["case"], found["words"]) == ("fail", check, case, words)


@pytest.mark.parametrize(("ratio", "word"), [(1.0, "pass"), (1.05, "pass"), (1.12, "warn"), (1.41, "fail"), (0.4, "warn")])
def test_estimates_that_vary_more_than_true_blocks_do_not_pass(ratio, word):
    found = (
        judge_model(Validation(swaths=(1.0, 1.0, 1.0)), **tables(variances__smoothing=ratio)).set_index("check").loc["smoothing"]
    )
    assert found["verdict"] == word and found["limit"].endswith("excess_variance" if ratio > 1 else "smoothing")


@pytest.mark.parametrize("wrong", [{"bias": (0.1, 0.05)}, {"slope": (0.5, 0.8)}, {"error_variance": (0.9, 2.0)}])
def test_limits_in_the_wrong_order_are_refused(wrong):
    with pytest.raises(SettingError, match=next(iter(wrong))):
        Limits(**wrong)


def tables(**changes):
    """Tables of a model in which every check passes, with the changes named ``table__column``."""
    keys = {"domain": "ore", "variable": "cu"}
    rows = {
        "bias": keys | {"bias_declustered": 0.01, "bias_nearest": 0.01, "bias_sure": 0.01, "sure_classes": "Indicated"},
        "swaths": keys | {"axis": "x", "estimate": 1.0, "declustered": 1.02, "tonnage": 1e6, "composites": 50},
        "scores": keys | {
            "leave": "hole", "relative_bias": 0.0, "slope": 1.0, "standardised_variance": 1.0, "coverage_50": 0.5,
            "coverage_80": 0.8, "coverage_90": 0.9,
        },
        "diagnostics": keys | {
            "negative_volume": 0.0, "unestimated": 0.0, "negative_weights": -0.01, "judged_slope": 0.95, "judged_efficiency": 0.6,
            "sure": 5, "sure_classes": "Indicated",
        },
        "variances": keys | {
            "point_variance": 1.0, "variance_ratio": 1.0, "smoothing": 0.8, "change_of_support": 0.0, "cutoff": 0.3,
        },
    }  # fmt: skip
    for name, value in changes.items():
        table, column = name.split("__")
        rows[table][column] = value
    return {name: pd.DataFrame([row]) for name, row in rows.items()}


def test_a_sound_model_passes_every_check():
    found = judge_model(Validation(swaths=(1.0, 1.0, 1.0)), **tables())
    assert set(found["verdict"]) == {"pass"} and len(found) == 3 + 1 + 6 + 5 + 4
    assert (found["limit"].str.removeprefix("model.validation.limits.").map(lambda name: hasattr(LIMITS, name))).all()
    assert found["table"].str.startswith("validation/").all() and found["picture"].str.startswith("figures/validation/").all()


@pytest.mark.parametrize(
    ("change", "value", "check"),
    [
        ("bias__bias_declustered", 0.2, "global bias against declustered composites"),
        ("bias__bias_nearest", -0.2, "global bias against nearest neighbour"),
        ("bias__bias_sure", 0.2, "global bias of the surest classes against nearest neighbour"),
        ("swaths__declustered", 2.0, "swath"),
        ("scores__relative_bias", 0.2, "cross-validation bias"),
        ("scores__slope", 0.2, "cross-validation slope"),
        ("scores__standardised_variance", 3.0, "standardised error variance"),
        ("scores__coverage_90", 0.7, "coverage of 90 % intervals"),
        ("diagnostics__negative_volume", 0.01, "negative estimates"),
        ("diagnostics__unestimated", 0.2, "unestimated blocks"),
        ("diagnostics__negative_weights", -0.2, "negative weights"),
        ("diagnostics__judged_slope", 0.3, "slope of regression"),
        ("diagnostics__judged_efficiency", -0.3, "kriging efficiency"),
        ("variances__point_variance", 0.4, "sill against composites"),
        ("variances__variance_ratio", 3.0, "block variance against theory"),
        ("variances__smoothing", 0.1, "smoothing"),
        ("variances__smoothing", 1.41, "smoothing"),
        ("variances__change_of_support", -0.2, "change of support"),
    ],
)
def test_a_bad_number_fails_its_check_alone_and_stands_first(change, value, check):
    found = judge_model(Validation(swaths=(1.0, 1.0, 1.0)), **tables(**{change: value}))
    assert found.loc[found["verdict"] == "fail", "check"].tolist() == [check]
    assert found.iloc[0]["verdict"] == "fail" and tally(found) == {"fail": 1, "warn": 0, "pass": len(found) - 1, "not judged": 0}


def test_only_the_ways_that_the_config_judges_are_judged_and_the_others_stand_with_their_numbers():
    given = tables(scores__slope=0.1)
    given["scores"] = pd.concat([given["scores"].assign(slope=1.0), given["scores"].assign(leave="fold")])
    found = judge_model(Validation(swaths=(1.0, 1.0, 1.0)), **given)
    others = found[found["case"] == "without its part of space"]
    assert set(others["verdict"]) == {"not judged"} and len(others) == 6 and others.index.min() > 0
    assert others.loc[others["check"] == "cross-validation slope", ["value", "words"]].to_numpy().tolist() == [[0.1, "0.1"]]
    assert tally(found) == {"fail": 0, "warn": 0, "pass": len(found) - 6, "not judged": 6}
    judged = judge_model(Validation(swaths=(1.0, 1.0, 1.0), judged=("fold",)), **given)
    assert judged.iloc[0][["check", "case", "verdict"]].tolist() == ["cross-validation slope", others.iloc[0]["case"], "fail"]


def test_an_empty_table_has_its_columns():
    assert "verdict" in verdict_table([])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"judged": ("fold",), "cross_validation": ("hole",)}, "judged"),
        ({"directions": {"x": Direction(azimuth=1.0, width=1.0)}}, "directions"),
        ({"cross_validation": ("hole", "hole")}, "each once"),
    ],
)
def test_settings_that_cannot_be_are_refused(wrong, words):
    with pytest.raises(SettingError, match=words):
        Validation(swaths=(1.0, 1.0, 1.0), **wrong)


def test_a_study_without_cases_or_with_too_many_points_is_refused():
    with pytest.raises(SettingError, match="max_samples is empty"):
        Neighbourhood(max_samples=())
    with pytest.raises(SettingError, match="1 to 8 points"):
        Neighbourhood(discretisations=((9, 1, 1),))

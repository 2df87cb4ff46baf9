"""What the report says of sensitivities and trials comes from their tables."""

import pandas as pd
import pytest

from scandia.report.words import paragraphs


def trials(fitted=0.87, bias=0.004, converged=1.0):
    rows = []
    for variogram, cover in (("true", 0.9), ("fitted", fitted)):
        for measure, mean in (("coverage_90", cover), ("standardised_variance", 1.2), ("relative_bias", bias)):
            rows.append((variogram, "estimate", "all", measure, 100, 25_000, mean, 0.005, mean - 0.01, mean + 0.01))
    rows.append(("fitted", "estimate", "all", "share_of_fits_that_converge", 100, 100, converged, 0.0, 1.0, 1.0))
    columns = ["variogram", "estimator", "group", "measure", "seeds", "blocks", "mean", "standard_error", "low", "high"]
    return {"trials/summary.csv": pd.DataFrame(rows, columns=columns)}


def test_trials_are_told_as_they_are():
    true, fitted, last = paragraphs("trials", {}, trials())
    assert "90 % intervals hold 90.0 % of 25,000 blocks of 100 deposits (89.0 to 91.0 %)" in true
    assert "inside its own standard error of 0.50 %" in true
    assert "87.0 %" in fitted and "Nothing is widened" in last
    assert "outside its own" in paragraphs("trials", {}, trials(bias=0.006))[0]
    assert any("3 had no fit" in words for words in paragraphs("trials", {}, trials(converged=0.97)))
    assert paragraphs("trials", {}, {}) == ()


def test_the_largest_choices_of_each_measure_are_named_in_order():
    columns = ["resource", "measure", "rank", "choice", "share", "swing"]
    rows = [
        ("Inferred", "tonnage", k, name, s, s)
        for k, (name, s) in enumerate((("domain", 0.2), ("search", 0.1), ("density", 0.05)), 1)
    ]
    said = paragraphs("sensitivity", {}, {"sensitivity/tornado.csv": pd.DataFrame(rows, columns=columns)})
    assert said[-1] == "Tonnage of Inferred: domain (up to 20.0 %), search (up to 10.0 %), density (up to 5.0 %)."


@pytest.mark.parametrize("smoothed", [True, False])
def test_what_moved_classes_is_told(smoothed):
    chosen = {
        "reason": "Fences.",
        "smoothing": {"minimum_blocks": 5, "reason": "No spots."} if smoothed else None,
        "overrides": [],
    }
    said = " ".join(paragraphs("classification", {"model": {"classification": chosen}}, {}))
    assert ("fewer than 5 blocks" in said) == smoothed and ("Nothing was smoothed" in said) != smoothed

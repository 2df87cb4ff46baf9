"""The running text says what the config chose for the estimate."""

import pandas as pd

from scandia.report.words import paragraphs

USUAL = {
    "discretisation": [4, 4, 4], "inverse_distance_power": 2.0, "negative_weights": "keep", "own_points": False,
    "boundaries": {"soft": {}}, "high_grade": {}, "orientations": {},
}  # fmt: skip
CHOSEN = {
    "negative_weights": "zero_and_rescale",
    "own_points": True,
    "boundaries": {"soft": {"ore": {"halo": 5.0}}},
    "high_grade": {"ore": {"sc": {"threshold": 300.0, "reason": "One lens.", "name": "A. Geologist"}}},
    "orientations": {"ore": {"file": "readings.csv"}},
}


def words(**changes):
    return " ".join(paragraphs("estimation", {"model": {"estimation": USUAL | changes}}, {}))


def test_the_usual_choices_are_one_paragraph():
    said = words()
    assert "with hard boundaries: samples of other domains are never used" in said
    assert "Negative weights are kept and their sum is stored" in said
    assert "readings" not in said and "restricted" not in said and "inside that domain" not in said


def test_other_choices_are_told():
    said = words(**CHOSEN)
    for part in (
        "with soft boundaries",
        "set to zero",
        "inside that domain alone",
        "with the",
        "readings.csv",
        "above 300 restricted",
    ):
        assert part in said
    assert "never used" not in said and "kept" not in said


def test_the_truth_is_told_at_the_base_cut_off_and_by_domain():
    rows = [("ore", 0.20), ("halo", -0.17), ("waste", float("nan")), ("all", -0.06)]
    totals = pd.DataFrame(
        {"scope": "everywhere", "domain": name, "cutoff": 150.0, "variable": "sc", "tonnage_error": error, "grade_error": 0.01}
        for name, error in rows
    ).assign(metal_error=lambda table: table["tonnage_error"] + 0.01)
    domains = {"domains": {"ore": {"label": "Ore shell"}}}
    config = {"analytes": {"sc": {"label": "Sc", "unit": "g/t"}}}
    config["model"] = {"domains": domains, "reporting": {"base_cutoff": 150.0, "variable": "sc"}}
    said = " ".join(paragraphs("truth", config, {"truth/totals.csv": totals}))
    assert "At the base case's 150 g/t Sc: all: tonnes -6.0 %, grade +1.0 %, metal -5.0 %; Ore shell: tonnes +20.0 %" in said
    assert "halo: tonnes -17.0 %" in said
    assert "waste" not in said and "nan" not in said


def test_the_estimator_is_named():
    assert words().startswith("Ordinary kriging of blocks")
    assert words(estimator={"method": "inverse_distance"}).startswith("Inverse distance of blocks")
    own = {"ore": {"sc": {"method": "simple"}}}
    assert "ore, sc: simple kriging instead." in words(estimators=own)

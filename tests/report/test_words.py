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


def test_located_samples_are_not_called_desurveyed_here():
    located = {"drillholes": {"located": {"kind": "composites"}, "survey": None}}
    said = " ".join(paragraphs("drilling", located, {}))
    assert "The composites came with their places: nothing was desurveyed here" in said and "minimum curvature" not in said
    raw = {"drillholes": {"located": None, "survey": None, "desurvey": {"method": "minimum_curvature"}}}
    assert "no downhole survey" in " ".join(paragraphs("drilling", raw, {}))


def test_the_method_of_desurvey_and_what_lies_below_the_surveys_are_told():
    holes = pd.DataFrame(
        {"depth": [100.0, 50.0], "records": [1, 4], "extrapolated": [100.0, 5.0], "uncertain": ["one survey record", ""]}
    )
    config = {"drillholes": {"survey": {}, "desurvey": {"method": "balanced_tangential"}}}
    said = " ".join(paragraphs("drilling", config, {"drillholes/holes.csv": holes}))
    assert "joined by balanced tangents" in said
    assert "105 m of 2 holes lie below the last record, 100.0 m at the longest" in said
    assert "1 of the holes has one survey record" in said


def test_every_table_of_one_file_counts_in_the_account_and_ignored_checks_name_who_and_why():
    rows = pd.DataFrame({"file": ["a.csv", "a.csv"], "table": ["assay", "density"], "rows_in": [10, 10], "rows_used": [10, 7]})
    rows["rows_excluded"] = rows["rows_in"] - rows["rows_used"]
    why = {"interval_overlap": {"reason": "re-sampled core", "who": "A. Geologist"}}
    config = {"drillholes": {"checks": {"ignored": why}}}
    findings = pd.DataFrame({"severity": ["ignored", "note"]})
    said = " ".join(paragraphs("verification", config, {"rows.csv": rows, "findings.csv": findings}))
    assert "Rows in 20 = rows used 17 + rows excluded 3." in said
    assert "The checks found 1 note, 1 ignored." in said
    assert "The check interval overlap is ignored by A. Geologist: re-sampled core." in said


def test_the_estimator_is_named():
    assert words().startswith("Ordinary kriging of blocks")
    assert words(estimator={"method": "inverse_distance"}).startswith("Inverse distance of blocks")
    own = {"ore": {"sc": {"method": "simple"}}}
    assert "ore, sc: simple kriging instead." in words(estimators=own)


def test_the_ways_of_leaving_out_are_told_as_a_sentence():
    said = " ".join(paragraphs("validation", {"model": {"validation": {"judged": ["hole", "campaign"]}}}, {}))
    assert "Cross-validation is judged by estimating each composite without its hole and without its and later campaigns." in said

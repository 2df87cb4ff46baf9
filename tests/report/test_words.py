"""The running text says what the config chose for the estimate."""

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

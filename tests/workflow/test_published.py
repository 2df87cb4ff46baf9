"""The real tables of the press release run to a plain sentence, and that is a success."""

import pandas as pd
import pytest

pytestmark = pytest.mark.endtoend


def test_the_run_ends_well_with_a_plain_sentence(published):
    workspace, printed = published
    sentence = workspace.results("crater_lake_2020", "published", "conclusion.txt").read_text(encoding="utf-8")
    assert sentence.startswith("No estimate: of 4 holes only CL20037 has published assays")
    assert sentence.split(".")[0] in printed
    assert not list(workspace.results("crater_lake_2020").rglob("*.nc"))


def test_the_holes_stand_on_their_sections(published):
    workspace, _ = published
    holes = pd.read_csv(workspace.results("crater_lake_2020", "drillholes", "holes.csv")).set_index("hole")
    assert holes.loc["CL20037", "y"] == pytest.approx(450, abs=1)
    assert holes.loc["CL20038", "y"] == pytest.approx(100, abs=1)
    end = holes.loc["CL20037", ["end_easting", "end_northing", "end_elevation"]].to_numpy(dtype=float)
    assert end == pytest.approx([440765.95, 6133737.86, 319.99], abs=0.01)


def test_the_published_figures_are_recomputed_and_the_unsupported_claim_is_named(published):
    workspace, _ = published
    checks = pd.read_csv(workspace.results("crater_lake_2020", "published", "checks.csv"))
    mean = checks[(checks["check"] == "weighted_mean") & checks["subject"].str.contains("sc2o3")]["recomputed"].item()
    assert mean == pytest.approx(265.3, abs=0.05)
    refused = checks[checks["verdict"] == "not supported"].set_index("subject")
    treo = refused.loc["Highlight: TREO+Y up to"]
    assert (treo["published"], treo["recomputed"]) == (0.419, 0.445)
    assert checks[checks["subject"] == "Metres drilled, Table 2"]["recomputed"].item() == pytest.approx(675.63)


def test_nothing_of_a_real_deposit_says_that_it_is_simulated(published):
    workspace, _ = published
    for path in workspace.results("crater_lake_2020").rglob("*"):
        if path.suffix in (".csv", ".txt", ".html", ".yaml"):
            assert "SYNTHETIC" not in path.read_text(encoding="utf-8"), path.name

"""The target neighbourhood: a job for each case of the matrix, gathered, recommended and drawn."""

import pandas as pd
import pytest
import yaml

pytestmark = [pytest.mark.endtoend, pytest.mark.exhaustive]
STUDY = {
    "blocks": 10, "block_sizes": [1.0], "max_samples": [6, 12], "max_per_hole": [3], "discretisations": [[2, 2, 2]],
    "search_factors": [1.0], "crossed": ["max_samples", "discretisations"],
}  # fmt: skip


def test_a_job_for_each_case_and_a_recommendation_that_names_no_block_size(make_workspace):
    workspace = make_workspace()
    path = workspace.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    raw["model"]["validation"]["neighbourhood"] = STUDY
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    workspace.snakemake("tiny", "neighbourhood")
    matrix = pd.read_csv(workspace.results("tiny", "neighbourhood", "matrix.csv"), comment="#")
    cases = sorted(workspace.results("tiny", "neighbourhood", "cases").glob("*.csv"))
    assert len(cases) == matrix["case"].nunique() >= 6
    assert (matrix["milliseconds"] > 0).all() and (matrix["blocks"] <= 10).all()
    found = pd.read_csv(workspace.results("tiny", "neighbourhood", "recommendation.csv"), comment="#")
    assert (found.loc[found["setting"] == "block_size", "recommended"] == "–").all()
    assert list(workspace.results("tiny", "neighbourhood", "figures").glob("neighbourhood_*.png"))
    assert not workspace.results("tiny", "report.html").exists()  # the study needs no report

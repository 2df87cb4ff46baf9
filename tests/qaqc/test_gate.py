"""The gate lets sound tables pass and stops the run otherwise."""

import pandas as pd
import pytest

from scandia.drillholes.findings import find, no_findings
from scandia.errors import FindingsError
from scandia.qaqc.gate import accept

BATCHES = pd.DataFrame({"batch": ["1", "2"], "verdict": ["pass", "fail"]})


def test_sound_tables_pass_with_a_sentence():
    assert accept(no_findings()).startswith("The tables are accepted: no errors, no findings.")


def test_an_error_stops_the_run_and_is_named():
    with pytest.raises(FindingsError, match=r"assay\.csv"):
        accept(find("file_missing", "assay.csv", path="x"))


def test_a_failed_batch_stops_the_run_where_quality_control_gates_it():
    with pytest.raises(FindingsError, match="1 of 2 batches: 2"):
        accept(no_findings(), BATCHES)
    assert "All 1 batches passed" in accept(no_findings(), BATCHES[BATCHES["verdict"] == "pass"])

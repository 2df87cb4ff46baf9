"""The gate lets sound tables pass and stops the run otherwise."""

import pandas as pd
import pytest

from scandia.drillholes.findings import find, no_findings
from scandia.errors import FindingsError
from scandia.qaqc.gate import accept_quality, accept_tables, quality_words

BATCHES = pd.DataFrame({"batch": ["1", "2"], "verdict": ["pass", "fail"]})


def verdict(**checks):
    rows = [*checks.items(), ("overall", "fail" if "fail" in checks.values() else "pass")]
    return pd.DataFrame(rows, columns=["check", "verdict"])


def test_sound_tables_pass_with_a_sentence():
    assert accept_tables(no_findings()) == "The tables are accepted: no errors, no findings.\n"


def test_an_error_stops_the_run_and_is_named():
    with pytest.raises(FindingsError, match=r"assay\.csv: there is no such file"):
        accept_tables(find("file_missing", "assay.csv", path="x"))


def test_a_failure_stops_the_run_only_where_the_config_says_so():
    failed = verdict(standards="fail", batches="fail")
    assert "failed in standards, batches; 1 of 2 batches: 2" in accept_quality(failed, BATCHES, on_failure="report")
    with pytest.raises(FindingsError, match="1 of 2 batches: 2"):
        accept_quality(failed, BATCHES, on_failure="stop")


def test_duplicates_fail_though_every_batch_passes():
    failed, passed = verdict(batches="pass", field_duplicate="fail"), BATCHES.assign(verdict="pass")
    assert quality_words(failed, passed) == "failed in field duplicate"
    with pytest.raises(FindingsError, match="field duplicate"):
        accept_quality(failed, passed, on_failure="stop")


def test_what_passes_says_so():
    passed = BATCHES.assign(verdict="pass")
    assert "all 2 batches and every check of them passed" in accept_quality(verdict(batches="pass"), passed, on_failure="stop")

"""The gate lets sound tables pass and stops the run otherwise."""

import pandas as pd
import pytest

from scandia.drillholes.findings import find, no_findings
from scandia.drillholes.settings import Table
from scandia.errors import FindingsError
from scandia.qaqc.gate import accept_quality, accept_tables, held_words, quality_words
from scandia.qaqc.settings import QualityControl

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
    assert "failed in standards, batches; 1 of 2 batches: 2" in accept_quality(failed, BATCHES, on_failure="keep_with_warning")
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


def test_what_a_person_accepted_is_said_with_reason_and_name():
    batches = BATCHES.assign(
        verdict=["pass", "overridden"], override_reason=["", "wrong bag."], override_name=["", "A. Geologist"]
    )
    words = quality_words(verdict(batches="overridden"), batches)
    assert words == (
        "1 of 2 batches passed, 1 did not and is accepted, and 1 check did not pass and is accepted; "
        "batch 2 accepted by A. Geologist: wrong bag"
    )


def test_batches_that_fail_under_an_accepted_check_are_no_passed_ones():
    checks = verdict(standards="overridden", blanks="pass", batches="overridden")
    given = checks["verdict"].eq("overridden")
    checks = checks.assign(override_reason=given.map({True: "x", False: ""}), override_name=given.map({True: "G", False: ""}))
    words = quality_words(
        checks, pd.DataFrame({"batch": ["1", "2", "3", "4"], "verdict": ["pass", "fail", "fail", "not judged"]})
    )
    assert words == (
        "1 of 4 batches passed, 2 failed (2, 3), and 2 checks did not pass and are accepted; standards accepted by G: x; "
        "batches accepted by G: x; 1 of 4 batches hold nothing to judge them by"
    )


def test_batches_without_control_samples_are_no_silent_pass():
    words = quality_words(verdict(batches="pass"), BATCHES.assign(verdict=["pass", "not judged"]))
    assert words == "1 of 2 batches passed, and no check failed; 1 of 2 batches hold nothing to judge them by"


def test_samples_of_failed_batches_are_counted_whatever_the_policy():
    held = pd.DataFrame({"length": [1.5, 2.0], "batch": ["B", "B"], "verdict": "fail"})
    settings = {"table": Table(file="qc.csv", columns={}), "analytes": (), "detection_limits": {}}
    out = held_words(held, QualityControl(**settings, on_failure="hold_out"))
    assert out.startswith("2 core samples (3.5 m) of 1 batches that failed are held out")
    kept = held_words(held, QualityControl(**settings, on_failure="keep_with_warning"))
    assert "are in the estimate" in kept
    assert held_words(held.iloc[:0], QualityControl(**settings)) is None

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.checks_page import checks_page
from scandia.drillholes.findings import concat, describe, find, no_findings, require_no_errors, show, sort, summarise
from scandia.drillholes.rules import RULES
from scandia.errors import FindingsError, InputError
from scandia.vocabulary import FINDING, SEVERITIES

PROJECT = Path(__file__).resolve().parents[2]
FRAME = pd.DataFrame({"row": [2, 5, 9], "hole": ["B", "A", "C"], "from": [1.0, 0.1 + 0.2, np.nan]})


def test_findings_take_place_and_value_of_the_rows_at_fault():
    found = find(
        "beyond_hole_depth",
        "assay.csv",
        FRAME,
        [False, True, True],
        column="TO",
        value=FRAME["from"],
        depth=np.array([1, 2, 3.5]),
    )
    assert list(found.columns) == list(FINDING)
    assert found["row"].tolist() == [5, 9] and found["hole"].tolist() == ["A", "C"]
    assert found["value"].tolist() == ["0.3", ""]
    assert found["message"].tolist() == [f"the interval ends below the end of the hole at {end} m" for end in ("2", "3.5")]
    assert set(found["severity"]) == {"error"}


def test_a_finding_about_a_file_has_no_row():
    found = find("file_empty", "assay.csv")
    assert len(found) == 1 and found["row"].isna().all() and found.loc[0, "hole"] == ""


def test_findings_sort_by_file_row_and_rule_with_the_file_itself_first():
    parts = [
        find("missing_key", "b.csv", FRAME, [True, False, True]),
        find("text_in_number", "b.csv", FRAME, [True, False, False]),
        find("file_empty", "b.csv"),
        find("file_missing", "a.csv", path="a"),
    ]
    found = concat(parts)
    assert found["rule"].tolist() == ["file_missing", "file_empty", "missing_key", "text_in_number", "missing_key"]
    pd.testing.assert_frame_equal(concat(parts[::-1]), found)
    pd.testing.assert_frame_equal(sort(found.iloc[::-1]), found)


def test_the_same_finding_twice_is_one():
    assert len(concat([find("file_empty", "a"), find("file_empty", "a"), find("file_empty", "b")])) == 2


def test_no_findings_have_the_same_columns_and_types():
    assert no_findings().dtypes.equals(find("file_empty", "a").dtypes)
    assert concat([]).dtypes.equals(no_findings().dtypes)
    assert summarise(no_findings()).empty


def test_the_summary_counts_by_rule_with_errors_first():
    found = concat(
        [
            find("interval_gap", "a", FRAME, length=1.0, kind="lost core", mend="log it"),
            find("missing_key", "b", FRAME),
            find("missing_key", "a", FRAME),
        ]
    )
    table = summarise(found)
    assert table.values.tolist() == [["error", "missing_key", 6, "a, b"], ["note", "interval_gap", 3, "a"]]


def test_errors_stop_with_their_places_and_notes_do_not():
    notes = find("interval_gap", "a.csv", FRAME, length=1.0, kind="lost core", mend="log it")
    assert require_no_errors(notes) is notes
    with pytest.raises(
        FindingsError, match=r"(?s)3 errors.*a\.csv:2, hole B, column FROM = '1': hole or depth is missing.*Hint.*and 2 more"
    ) as caught:
        require_no_errors(find("missing_key", "a.csv", FRAME, column="FROM", value="1"), shown=1)
    assert str(caught.value).count("missing_key") == 1


def test_a_finding_reads_as_one_line():
    line = describe(find("file_empty", "a.csv").to_dict("records")[0])
    assert line.startswith("a.csv: the file has no header line [file_empty]. Hint: ")


def test_an_unknown_rule_is_refused():
    with pytest.raises(InputError, match="unknown rule 'nonsense'"):
        find("nonsense", "a.csv")


@pytest.mark.parametrize(
    ("value", "text"), [(0.1 + 0.2, "0.3"), (5, "5"), (np.float64("nan"), ""), (None, ""), (pd.NA, ""), ("<1", "<1")]
)
def test_values_are_shown_as_a_reader_wants_them(value, text):
    assert show(value) == text


def test_every_check_is_named_documented_and_stands_on_the_page_of_checks():
    page = checks_page()
    for name, rule in RULES.items():
        assert re.fullmatch("[a-z_]+", name) and rule.severity in SEVERITIES[:3] and rule.message and rule.hint
        assert rule.why.endswith("."), f"{name} does not say why it matters"
        assert f"| `{name}` | {rule.severity} |" in page
    assert page.count("\n| `") == len(RULES)


def test_the_page_of_checks_is_the_one_in_the_manual():
    assert (PROJECT / "docs" / "checks.md").read_text(encoding="utf-8") == checks_page(), "run python -m scandia.config"


def test_one_of_a_thing_is_no_plural():
    frame = pd.DataFrame({"row": [2, 3], "hole": ["A", "B"]})
    found = find("hole_without_collar", "assay.csv", frame, count=np.array([1, 2]), near="")
    assert [text.split(" of a hole")[0] for text in found["message"]] == ["1 row", "2 rows"]


def test_a_thousand_errors_of_one_kind_do_not_hide_another():
    rows = pd.DataFrame({"row": range(2, 1002), "hole": "A"})
    many, other = find("missing_key", "assay.csv", rows), find("file_missing", "survey.csv", path="survey.csv")
    with pytest.raises(FindingsError) as caught:
        require_no_errors(concat([many, other]))
    assert "hold 1,001 errors" in str(caught.value) and "(and 999 more of this kind in this file)" in str(caught.value)
    assert "survey.csv: there is no such file" in str(caught.value) and "… and" not in str(caught.value)

"""The statement of a run is put together from its config and tables, and its last words count no tonne twice."""

from types import SimpleNamespace

import pandas as pd

from scandia.report.statement_page import statement_page
from scandia.resource.footnotes import excluded_title
from scandia.resource.publish import conclude, failure_words, footnote_text, table_mark, warning_words
from scandia.resource.statement import Statement

PRINTED = pd.DataFrame(
    {
        "Class": ["Measured", "Indicated", "Indicated", "Measured + Indicated", "Inferred"],
        "Domain": ["Total", "Core", "Total", "Total", "Total"],
        "Tonnes (kt)": ["–", "100", "100", "100", "50"],
        "Sc₂O₃ (g/t)": ["–", "250", "250", "250", "240"],
    }
)
RESULT = Statement("Title", True, PRINTED, PRINTED, PRINTED, ("First.", "Second."))


def test_the_last_words_name_each_class_that_has_tonnes_once():
    assert conclude(RESULT) == "Title: Indicated 100 kt at 250 g/t Sc₂O₃; Inferred 50 kt at 240 g/t Sc₂O₃.\n"


def test_footnotes_follow_an_empty_line():
    assert footnote_text(RESULT) == "Title\n\nFirst.\nSecond.\n"


def test_the_table_of_what_is_excluded_says_simulated_and_draft():
    reporting = SimpleNamespace(qualified_person=None, effective_date="2024-05-31")
    title = excluded_title("Deposit", reporting, synthetic=True)
    assert title == "SYNTHETIC: Deposit: Draft, outside the pit shell, NOT reported, effective 2024-05-31"
    excluded = Statement(title, True, PRINTED, PRINTED, PRINTED, ())
    assert f">{title}</h2>" in statement_page(RESULT, excluded)
    assert table_mark(excluded, "SYNTHETIC: simulated") == f"SYNTHETIC: simulated. {title}"
    assert table_mark(excluded, None) == title
    reporting = SimpleNamespace(qualified_person="A. Person", effective_date="2024-05-31")
    assert "raft" not in excluded_title("Deposit", reporting, synthetic=False)


def verdicts(*rows):
    names = ["check", "domain", "variable", "words", "verdict"]
    return pd.DataFrame(rows, columns=names)


NAMES = SimpleNamespace(
    model=SimpleNamespace(domains=SimpleNamespace(domains={"ore": SimpleNamespace(label="Ore zone")})),
    analytes={"cu": SimpleNamespace(label="Cu")},
)


def test_each_failed_check_is_named_once_with_its_results_and_no_more_than_four():
    several = [("swath", "all", "cu", f"{share} %", "fail") for share in range(20, 26)]
    table = verdicts(("global bias", "ore", "cu", "12 %", "fail"), *several, ("slope", "ore", "cu", "0.7", "warn"))
    swaths = ", ".join(f"Cu in all domains {share} %" for share in range(20, 24))
    assert failure_words(table, NAMES) == f"global bias (Cu in Ore zone 12 %); swath ({swaths}, and 2 more)"
    assert warning_words(table) == "slope (1)"


def test_a_sound_model_has_nothing_to_say():
    table = verdicts(("swath", "all", "cu", "1 %", "pass"))
    assert failure_words(table, NAMES) is None and warning_words(table) is None

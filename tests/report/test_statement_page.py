"""The statement for Word: complete, escaped, and without anything from outside."""

import pandas as pd

from scandia.report.statement_page import statement_page
from scandia.resource.statement import Statement


def a_statement(title):
    printed = pd.DataFrame({"Class": ["Indicated"], "Domain": ["<b>Ore</b>"], "Tonnes (kt)": ["13,400"]})
    return Statement(title, True, printed, printed, printed, ("DRAFT & <i>open</i>.",))


def test_all_is_there_and_nothing_of_it_is_markup():
    page = statement_page(a_statement("Somewhere"), a_statement("Outside"))
    assert page.count("<table") == 2
    assert "&lt;b&gt;Ore&lt;/b&gt;" in page
    assert "DRAFT &amp; &lt;i&gt;open&lt;/i&gt;." in page
    assert "13,400" in page
    assert "<b>" not in page
    assert "http" not in page and "<script" not in page

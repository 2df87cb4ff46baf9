"""The statement of a run is put together from its config and tables, and its last words count no tonne twice."""

import pandas as pd

from scandia.resource.publish import conclude, footnote_text
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

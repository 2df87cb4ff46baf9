"""Verdicts in the report: each leads to its table and its picture, and a failed one marks the first page."""

import pandas as pd
import pytest

from scandia.io.figures import png_bytes
from scandia.report.contents import contents, table_anchor
from scandia.report.document import Picture
from scandia.report.render import render
from scandia.validation.limits import Limits
from scandia.validation.verdicts import row, verdict_table

PICTURE = "figures/validation/quantiles_sc2o3.png"


def verdicts(*values):
    words = {"check": "global bias", "measure": "share", "table": "validation/bias.csv", "picture": PICTURE, "variable": "sc2o3"}
    return verdict_table([row(Limits(), "bias", value, domain=f"d{k}", **words) for k, value in enumerate(values)])


@pytest.fixture
def page(config, samples):
    content = png_bytes(samples.figures_of("class_tonnes"), resolution=30)
    picture = Picture("c", content, "a", PICTURE, anchor="figure-validation-quantiles_sc2o3")

    def made(*values, pictures=((("validation", picture)),)):
        tables = {"validation/verdicts.csv": verdicts(*values), "validation/bias.csv": pd.DataFrame({"domain": ["d0"]})}
        banner, sections = contents(config, tables, list(pictures))
        return banner, render(banner, sections)

    return made


def test_each_verdict_leads_to_its_table_and_its_picture(page):
    _, text = page(0.01, 0.2)
    anchor = table_anchor("validation/bias.csv")
    assert text.count(f'<a href="#{anchor}">validation/bias.csv</a>') == 2 and f'id="{anchor}"' in text
    assert text.count(f'<a href="#figure-validation-quantiles_sc2o3">{PICTURE}</a>') == 2
    assert 'id="figure-validation-quantiles_sc2o3"' in text


def test_a_picture_that_is_not_there_is_named_without_a_link(page):
    _, text = page(0.2, pictures=())
    assert PICTURE in text and "#figure-validation" not in text


def test_a_failed_check_marks_the_first_page(page):
    banner, text = page(0.01, 0.07, 0.2)
    first = text[: text.index("<main")]
    assert banner.verdict == "fail" and "VALIDATION FAILED" in first and "1 failed, 1 warn, 1 passed" in first
    assert f'href="#{table_anchor("validation/verdicts.csv")}"' in first


def test_a_warning_marks_it_too_and_a_sound_model_does_not(page):
    assert "VALIDATION WARNS" in page(0.07)[1] and "VALIDATION FAILED" not in page(0.07)[1]
    banner, text = page(0.01)
    assert banner.verdict == "" and "VALIDATION" not in text

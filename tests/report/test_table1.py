"""JORC Table 1: every criterion answered by the run, by a person, or with the reason why not."""

from typing import get_args

import pandas as pd

from scandia.audit.settings import Criterion
from scandia.report.contents import contents
from scandia.report.table1 import KEYS, NOBODY, RUN, WRITERS, table_1

SECTIONS = (12, 10, 14)  # criteria of sections 1 to 3 of the edition of 2012


def rows(config, tables=None):
    return {row.key: row for _, criteria in table_1(config, tables or {}) for row in criteria}


def test_all_criteria_are_there_and_the_config_knows_them():
    assert tuple(len(criteria) for _, criteria in table_1({}, {})) == SECTIONS
    assert get_args(Criterion) == KEYS
    assert set(WRITERS) <= set(KEYS)


def test_the_run_answers_what_it_knows(config):
    density = pd.DataFrame({"domain": ["olivine"], "density": [3.2]})
    told = rows({**config, "words": {"cutoff": "Sc₂O₃", "cutoff_unit": "g/t"}}, {"domains/density.csv": density})
    assert told["estimation"].answers[0][1] == RUN
    assert "rdinary kriging of sc2o3, treo_y" in told["estimation"].answers[0][0]
    assert "Sc₂O₃ ≥ 150 g/t" in told["cutoff"].answers[0][0]
    assert "35°" in told["location_of_data"].answers[0][0]
    assert told["bulk_density"].answers[0][1] == RUN


def test_what_nobody_answers_says_why_not(config):
    told = rows(config)
    for key in ("tenure", "site_visits", "sample_security", "environment"):
        ((text, who),) = told[key].answers
        assert who == NOBODY
        assert text.startswith("Not answered: ")
    bare = rows({key: value for key, value in config.items() if key not in ("model", "qaqc", "intercepts")} | {"model": None})
    assert bare["assay_quality"].answers == (("Not answered: no control samples came with the tables.", NOBODY),)
    assert bare["estimation"].answers[0][1] == NOBODY


def test_a_person_adds_to_what_the_run_says(config):
    said = {"tenure": {"text": "Claims are in good standing.", "who": "A. Person"}, "logging": {"text": "Relogged.", "who": "B"}}
    told = rows({**config, "table1": said})
    assert told["tenure"].answers == (("Claims are in good standing.", "A. Person"),)
    assert [who for _, who in told["logging"].answers] == [RUN, "B"]


def test_economics_answer_for_mining_and_metallurgy(config):
    recovery = {"value": 0.773, "source": "PEA 2022"}
    economics = {
        "currency": "CAD",
        "mining_cost": {"value": 5.0},
        "pit": {},
        "products": {"sc": {"label": "Sc₂O₃", "recovery": recovery}},
    }
    told = rows({**config, "model": {**config["model"], "economics": economics}})
    assert told["metallurgy"].answers == (("Sc₂O₃: recovery 77.3 % (PEA 2022).", RUN),)
    assert "5 CAD/t" in told["mining"].answers[0][0]


def test_the_annex_stands_before_the_settings_and_links_to_chapters_that_are_there(config):
    _, sections = contents(config, {}, [])
    anchors = [section.anchor for section in sections]
    assert anchors[-3:] == ["table1", "provenance", "reproducibility"]
    annex = sections[-3]
    assert all(set(item.chapters) <= set(anchors) for item in annex.items)

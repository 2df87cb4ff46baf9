"""Holes of the previous estimate: by campaign, nothing lost, and unknown campaigns refused."""

import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.resource.reconcile_holes import campaign_table, previous_holes, tables_of_holes

COLLAR = pd.DataFrame({"hole": list("ABCD"), "depth": [10.0, 20.0, 30.0, 40.0], "campaign": ["2019", "2021", None, "2019"]})


def test_holes_of_the_campaigns_are_taken_and_a_hole_without_one_is_new():
    assert previous_holes(COLLAR, ["2019"]) == {"A", "D"}
    assert previous_holes(COLLAR, []) == set("ABCD")
    assay = pd.DataFrame({"hole": list("ABBDC"), "value": range(5)})
    taken = tables_of_holes({"assay": assay}, {"A", "D"})["assay"]
    assert taken["value"].tolist() == [0, 3] and list(taken.index) == [0, 1]


def test_campaigns_with_numbers_as_names_are_found():
    assert previous_holes(COLLAR.assign(campaign=[2019, 2021, 2022, 2019]), ["2019"]) == {"A", "D"}


def test_every_hole_and_metre_stands_in_the_table():
    table = campaign_table(COLLAR, ["2019"]).set_index("campaign")
    assert table["holes"].to_dict() == {"2019": 2, "2021": 1, "not given": 1}
    assert table["metres"].to_dict() == {"2019": 50.0, "2021": 20.0, "not given": 30.0}
    assert table["previous"].to_dict() == {"2019": "yes", "2021": "no", "not given": "no"}
    assert campaign_table(COLLAR.drop(columns="campaign"), [])["holes"].tolist() == [4]


def test_an_unknown_campaign_is_named_beside_those_that_are_there():
    with pytest.raises(InputError, match=r"names '2020', but no hole .* its campaigns are 2019, 2021"):
        previous_holes(COLLAR, ["2019", "2020"])

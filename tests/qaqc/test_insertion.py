import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.qaqc.insertion import insertion_rates, insertion_table


def controls(*types):
    return pd.DataFrame({"sample": [f"Q{i}" for i in range(len(types))], "type": list(types)})


def test_shares_are_of_all_samples_sent():
    table = insertion_table(controls("standard", "blank", "standard"), pd.DataFrame({"sample": range(17)})).set_index("type")
    assert table.loc["core", ["count", "share"]].tolist() == [17, 0.85]
    assert table.loc["standard", ["count", "share"]].tolist() == [2, 0.10]
    assert table.loc["blank", ["count", "share"]].tolist() == [1, 0.05]
    assert table.loc["pulp_duplicate", ["count", "share"]].tolist() == [0, 0.0]
    assert table.loc["all_control", ["count", "share"]].tolist() == [3, pytest.approx(0.15)]


def test_the_press_release_of_2020_sent_5_percent_control_samples():
    """350 samples, "including 17 QA-QC samples": 4.9 %."""
    table = insertion_table(controls(*["standard"] * 9, *["blank"] * 8), pd.DataFrame({"sample": range(333)}))
    assert table.set_index("type").loc["all_control", "share"] == pytest.approx(0.049, abs=0.0005)


def test_types_add_up_to_all_control():
    table = insertion_table(controls("blank", "field_duplicate", "pulp_duplicate"), pd.DataFrame({"sample": [1]})).set_index(
        "type"
    )
    assert table["count"].drop(["core", "all_control"]).sum() == table.loc["all_control", "count"] == 3


def test_an_unknown_type_is_named_with_what_is_allowed():
    with pytest.raises(InputError, match=r"Q1 has the type 'umpire'; allowed are standard, blank"):
        insertion_table(controls("blank", "umpire"), pd.DataFrame({"sample": [1]}))


def test_a_missing_type_is_not_passed_over():
    with pytest.raises(InputError, match="Q0 has the type"):
        insertion_table(controls(None), pd.DataFrame({"sample": [1]}))


def test_no_samples_at_all_have_no_share():
    assert insertion_table(controls(), pd.DataFrame({"sample": []}))["share"].isna().all()


def test_rates_by_batch_laboratory_and_campaign_by_hand():
    """B1: 3 of core, 1 control, 25 %. B2: 1 of core, none. Campaign of a control is that of most of the core in its batch."""
    assay = pd.DataFrame({"hole": ["H1", "H1", "H2", "H2"], "batch": ["B1", "B1", "B1", "B2"], "laboratory": "L"})
    qc = pd.DataFrame({"sample": ["Q1"], "type": ["blank"], "batch": ["B1"], "laboratory": ["L"]})
    campaigns = pd.Series({"H1": "2020", "H2": "2021"})
    rates = insertion_rates(qc, assay, {"all_control": 0.2}, campaigns=campaigns).set_index(["by", "group"])
    assert rates["core"].to_dict() == {
        ("batch", "B1"): 3,
        ("batch", "B2"): 1,
        ("laboratory", "L"): 4,
        ("campaign", "2020"): 2,
        ("campaign", "2021"): 2,
    }
    assert rates["share"].tolist() == pytest.approx([0.25, 0.0, 0.2, 1 / 3, 0.0])
    assert rates["verdict"].tolist() == ["pass", "warning", "pass", "pass", "warning"]
    assert rates.loc[("batch", "B2"), "reason"] == "all control below 20 %"


def test_rates_need_the_batches_of_the_core_and_sensible_limits():
    qc = pd.DataFrame({"sample": ["Q1"], "type": ["blank"], "batch": ["B1"]})
    assert insertion_rates(qc, pd.DataFrame({"hole": ["H"]}), {}).empty
    for limits in ({"blank": 1.5}, {"blanks": 0.05}):
        with pytest.raises(InputError, match=r"qaqc.insertion_limits has blank"):
            insertion_rates(qc, pd.DataFrame({"hole": ["H"]}), limits)

"""The register holds every decision that has a reason, says who made it, and leaves empty what nobody said."""

import pandas as pd

from scandia.audit.decisions import COLUMNS, decisions

REPORTING = {"variable": "cu", "base_cutoff": 0.3, "cutoff_basis": "Assumed.", "qualified_person": None}
CONFIG = {
    "drillholes": {"checks": {"ignored": {"twins": {"reason": "Known.", "who": "A. Person", "date": "2026-01-02"}}}},
    "qaqc": {"overrides": {"batches": {"B1": {"reason": "Swapped on paper.", "name": "B. Person", "date": None}}}},
    "model": {
        "statistics": {
            "caps": {"ore": {"cu": {"value": 4.0, "reason": "Break of the plot.", "who": "C. Person", "evidence": "figure 3"}}},
            "contacts": {"soft_reasons": {"ore": {"halo": "No jump."}}},
        },
        "estimation": {"boundaries": {"soft": {"ore": {"halo": 10.0}}}},
        "variography": {"domains": {"ore": {"source": "given", "models": {"cu": {"nugget": 0.1}}}}},
        "classification": {"rules": [], "reason": "Spacing."},
        "reporting": REPORTING,
    },
}


def test_every_decision_stands_in_the_register_with_who_made_it():
    table = decisions(CONFIG)
    assert list(table.columns) == list(COLUMNS)
    rows = table.set_index("kind")
    assert rows.loc["cap", ["reason", "name", "evidence"]].tolist() == ["Break of the plot.", "C. Person", "figure 3"]
    assert rows.loc["cap", "decision"] == '{"value": 4.0}'
    assert rows.loc["ignored check", ["name", "date"]].tolist() == ["A. Person", "2026-01-02"]
    assert rows.loc["override of quality control", "place"] == "qaqc.overrides.batches.B1"
    assert rows.loc["override of quality control", "name"] == "B. Person"
    assert rows.loc["soft boundary", ["place", "reason"]].tolist() == [
        "model.statistics.contacts.soft_reasons.ore.halo",
        "No jump.",
    ]
    assert rows.loc["variogram that is given, not fitted", "reason"] == ""
    assert rows.loc["cut-off of the statement", ["decision", "name"]].tolist() == ["cu at or above 0.3", ""]
    assert table["number"].tolist() == list(range(1, 8))


def test_corrections_are_decisions_too():
    row = {"table": "assay", "hole": "A1", "from": "3", "column": "Cu", "old": "30", "new": "3.0", "reason": "Slip.", "who": "D"}
    table = decisions({"model": None}, pd.DataFrame([row | {"date": "2026-03-04"}]))
    assert table.loc[0, ["kind", "place", "name", "date"]].tolist() == ["correction of a raw table", "assay", "D", "2026-03-04"]
    assert table.loc[0, "decision"] == "Cu of A1 from 3: 30 becomes 3.0"


def test_a_config_without_decisions_has_an_empty_register():
    assert decisions({"model": None}).empty

"""The first step equals a direct run of the previous estimate, the last the present one, and steps add up between them."""

import csv
from fractions import Fraction

import pandas as pd
import pytest
import yaml

pytestmark = [pytest.mark.endtoend]

TABLE = "resource/grade_tonnage.csv"
CAMPAIGNS = ["2019", "2021", "2022"]
CAP = {"value": 330.0, "reason": "Test.", "who": "Test"}
PREVIOUS = {
    "title": "Estimate of 2022",
    "source": "ASSUMED for a test.",
    "campaigns": CAMPAIGNS,
    "model": {"statistics": {"caps": {"olivine": {"sc2o3": CAP}}}, "reporting": {"base_cutoff": 100.0}},
}


def edit(workspace, change):
    path = workspace.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")


def keep_old_holes(workspace):
    """The tables cut down by hand, without the code that takes the holes."""
    lines = workspace.deposit("tiny", "collar.csv").read_text(encoding="utf-8").splitlines()
    head = next(place for place, line in enumerate(lines) if not line.startswith("#"))
    old = {row["HoleID"] for row in csv.DictReader(lines[head:]) if row["Campaign"] in CAMPAIGNS}
    for name in ("collar", "survey", "assay", "lithology", "density"):
        path = workspace.deposit("tiny", f"{name}.csv")
        rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [row for row in rows if row.startswith(("#", "HoleID")) or row.split(",")[0] in old]
        assert len(kept) < len(rows)
        path.write_text("".join(kept), encoding="utf-8")


@pytest.mark.exhaustive
def test_the_waterfall_runs_from_a_direct_run_of_then_to_one_of_now(make_workspace):
    mine, then, now = make_workspace(), make_workspace("then"), make_workspace("now")
    edit(mine, lambda raw: raw.update(previous=PREVIOUS))
    mine.snakemake("tiny", "reconcile")
    keep_old_holes(then)
    edit(then, lambda raw: raw.update(qaqc=None))  # its table names samples of holes that are no longer there
    edit(then, lambda raw: [raw["model"][name].update(keys) for name, keys in PREVIOUS["model"].items()])
    for workspace in (then, now):
        workspace.snakemake("tiny", f"results/tiny/{TABLE}")
    first, whole = read(mine, "reconcile/previous", TABLE), read(then, TABLE)
    pd.testing.assert_frame_equal(first, whole, check_exact=True)
    pd.testing.assert_frame_equal(read(mine, TABLE), read(now, TABLE), check_exact=True)
    table = read(mine, "reconcile/waterfall.csv")
    for _, own in table.groupby(["resource", "measure"]):
        steps, total = own[own["cause"] != "total"].set_index("cause"), own[own["cause"] == "total"].iloc[0]
        gone = sum(Fraction(to) - Fraction(one) for one, to in zip(steps["before"], steps["after"], strict=True))
        assert gone == Fraction(total["after"]) - Fraction(total["before"])
        assert (steps.loc[["domains", "density", "classification"], "difference"] == 0).all()
    tonnes = table[(table["resource"] == "Inferred") & (table["measure"] == "tonnage")].set_index("cause")["difference"]
    assert tonnes["new drilling"] != 0.0
    assert tonnage(whole, 100.0) == table[(table["resource"] == "Inferred") & (table["measure"] == "tonnage")]["before"].iloc[0]
    done = mine.snakemake("tiny", "reconcile")
    assert "Nothing to be done" in done.stdout
    mine.snakemake("tiny")
    assert 'id="reconcile"' in mine.results("tiny", "report.html").read_text(encoding="utf-8")


@pytest.mark.exhaustive
def test_without_a_previous_estimate_the_target_ends_in_words(make_workspace):
    done = make_workspace().snakemake("tiny", "reconcile", check=False)
    assert done.returncode != 0 and "has no section `previous`" in done.stdout and "Traceback" not in done.stdout


def read(workspace, *parts):
    return pd.read_csv(workspace.results("tiny", *parts), comment="#")


def tonnage(table, cutoff):
    """Tonnes of Inferred, written without the code of the waterfall."""
    chosen = table[(table["class"] == "inferred") & (table["domain"] == "all") & (table["cutoff"] == cutoff)]
    return chosen.loc[chosen["shell"] == "inside", "tonnage"].sum() if "shell" in table else chosen["tonnage"].sum()

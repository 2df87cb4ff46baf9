"""The default deposit, run by the workflow: its known truth lies in the intervals that the run itself states."""

import runpy
from pathlib import Path

import pandas as pd
import pytest
import yaml

from scandia.config.load import load
from scandia.synthetic.deposit import true_variogram

pytestmark = [pytest.mark.endtoend, pytest.mark.exhaustive]

REGULARISED = Path(__file__).parents[1] / "variography" / "regularised.py"


@pytest.fixture(scope="module")
def stages(make_workspace):
    """A run of `tg` as far as the truth of its solids and the intervals of its variograms."""
    workspace = make_workspace()
    default = (workspace.folder / "config" / "config.yaml").read_text(encoding="utf-8")
    workspace.deposit("tg", "config.yaml").write_text(default, encoding="utf-8")
    targets = ("truth/geology.csv", "variography/intervals.csv", "composites/composites.parquet", "tables/assay.parquet")
    workspace.snakemake("tg", *(f"results/tg/{name}" for name in targets))
    return workspace


def test_volumes_and_means_of_every_domain_hold_the_truth(stages):
    table = pd.read_csv(stages.results("tg", "truth", "geology.csv"), comment="#")
    assert set(table["domain"]) == {"olivine", "pyroxene", "internal_waste"}
    assert (table["what"] == "volume").sum() == 3
    assert (table["what"] == "mean").sum() == 6
    inside = (table["low"] <= table["truth"]) & (table["truth"] <= table["high"])
    assert inside.all()
    assert table["contains"].all()
    # An interval that holds everything would say nothing
    means = table[table["what"] == "mean"]
    assert ((means["high"] - means["low"]) < 0.25 * means["value"]).all()


def test_nugget_sill_and_ranges_hold_the_truth(stages):
    config = load(yaml.safe_load(stages.deposit("tg", "config.yaml").read_text(encoding="utf-8")))
    composites = pd.read_parquet(stages.results("tg", "composites", "composites.parquet"))
    assay = pd.read_parquet(stages.results("tg", "tables", "assay.parquet"))
    rows = pd.read_csv(stages.results("tg", "variography", "intervals.csv"), comment="#")
    rows = rows[(rows["domain"] == "olivine") & (rows["variable"] == "sc2o3")].set_index("parameter")
    truth = true_variogram(config.synthetic)
    seen = runpy.run_path(str(REGULARISED))["on_composites"]
    nugget, sill = seen(truth, composites[composites["domain"] == "olivine"], assay, config.mine_grid)
    expected = {"nugget": nugget, "sill": sill}
    for number, structure in enumerate(truth.structures, start=1):
        expected |= {f"range {axis} {number}": structure.ranges[k] for k, axis in enumerate(("major", "semi", "minor"))}
    outside = [name for name, value in expected.items() if not rows.loc[name, "low"] <= value <= rows.loc[name, "high"]]
    assert outside == []

"""A deposit whose domains come from the log, from a rule of grades and from a solid, under overburden, in bench composites."""

import pandas as pd
import pytest
import xarray as xr
import yaml

pytestmark = pytest.mark.endtoend

LOW, HIGH = (342.5, 335.0, 340.0), (380.0, 395.0, 480.0)  # corners of the solid, local m, on the edges of sub-cells
CORNERS = [(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]
FACES = [(1, 3, 4, 2), (5, 6, 8, 7), (1, 2, 6, 5), (3, 7, 8, 4), (1, 5, 7, 3), (2, 4, 8, 6)]
TARGETS = (
    "domains/solid.csv",
    "domains/blocks.nc",
    "composites/conservation.csv",
    "statistics/contact_jumps.csv",
    "statistics/caps.csv",
)


@pytest.fixture(scope="module")
def workspace(make_workspace):
    made = make_workspace()
    path = made.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    domains = raw["model"]["domains"]["domains"]
    domains["pyroxene"] |= {
        "lithology": [],
        "select": {"analyte": "sc2o3", "cutoff": 330.0, "minimum_length": 3.0, "maximum_dilution": 3.0},
    }
    domains["internal_waste"] |= {
        "lithology": [],
        "solid": {"file": "waste.obj", "coordinates": "local", "inward": True},
        "priority": 1,
    }
    raw["model"]["overburden"] = {"file": "base.obj"}
    raw["model"]["composites"] = {
        "method": "bench",
        "length": 5.0,
        "residual": "merge",
        "unsampled": "missing",
        "weighting": "density",
    }
    raw["model"]["statistics"]["declustering"] |= {"method": "nearest", "orientation": {"azimuth": 42.0}}
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    vertices = [tuple(high if one else low for one, low, high in zip(corner, LOW, HIGH, strict=True)) for corner in CORNERS]
    _obj(made.deposit("tiny", "waste.obj"), vertices, FACES)
    square = [(-1e4, -1e4), (1e4, -1e4), (1e4, 1e4), (-1e4, 1e4)]
    _obj(made.deposit("tiny", "base.obj"), [(440870.0 + x, 6133665.0 + y, 520.0) for x, y in square], [(1, 2, 3, 4)])
    return made


def _obj(path, vertices, faces):
    lines = [f"v {x} {y} {z}" for x, y, z in vertices] + ["f " + " ".join(map(str, face)) for face in faces]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.exhaustive
def test_log_rule_solid_overburden_and_benches_together(workspace):
    workspace.snakemake("tiny", *(f"results/tiny/{name}" for name in TARGETS))
    solid = pd.read_csv(workspace.results("tiny", "domains", "solid.csv"), comment="#").set_index("domain")
    assert solid.loc["internal_waste", "verdict"] == "agrees within 0.5 %"
    assert solid.loc["internal_waste", "volume"] == pytest.approx(37.5 * 60.0 * 140.0, rel=1e-9)
    with xr.open_dataset(workspace.results("tiny", "domains", "blocks.nc")) as blocks:
        above = blocks["fraction"].sel(z=blocks["z"] > 530.0)
        assert float(above.sum()) == 0.0
        assert float(blocks["fraction"].sum("domain").max()) <= 1.0 + 1e-12
    intervals = pd.read_parquet(workspace.results("tiny", "domains", "intervals.parquet"))
    inside = ((intervals[["x", "y", "z"]].to_numpy() > LOW) & (intervals[["x", "y", "z"]].to_numpy() < HIGH)).all(axis=1)
    assert (inside == (intervals["domain"] == "internal_waste")).all()
    assert (intervals.loc[intervals["domain"] != "outside", "z"] <= 520.0).all()
    chosen = intervals[intervals["domain"] == "pyroxene"]
    assert (chosen["length"] * chosen["sc2o3"].fillna(0.0)).sum() / chosen["length"].sum() >= 330.0
    account = pd.read_csv(workspace.results("tiny", "composites", "conservation.csv"), comment="#")
    assert (account["difference"].abs() <= 1e-9 * account["metal_before"]).all()
    assert (account["length_dropped"].abs() < 1e-6).all()


@pytest.mark.exhaustive
def test_a_shell_of_grades_and_a_solid_need_no_log(make_workspace):
    """Whole run of `tiny` without its lithology table: what carries grade is the domain, but for the solid of waste."""
    made = make_workspace("no log")
    path = made.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    del raw["drillholes"]["lithology"], raw["synthetic"]
    raw["model"]["domains"]["domains"] = {
        "ore": {"code": 1, "label": "Shell", "select": {"analyte": "sc2o3", "cutoff": 150.0, "minimum_length": 5.0,
                "maximum_dilution": 6.0}},
        "waste": {"code": 2, "label": "Waste", "solid": {"file": "waste.obj", "coordinates": "local", "inward": True},
                  "priority": 1, "estimate": False},
    }  # fmt: skip
    raw["model"]["variography"]["domains"] = {"ore": {"source": "fit", "azimuth": 35.0, "dip": 90.0, "rake": 0.0}}
    raw["model"]["density"]["assigned"] = {"ore": 3.2, "waste": 2.8}
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    made.deposit("tiny", "lithology.csv").unlink()
    vertices = [tuple(high if one else low for one, low, high in zip(corner, LOW, HIGH, strict=True)) for corner in CORNERS]
    _obj(made.deposit("tiny", "waste.obj"), vertices, FACES)
    made.snakemake("tiny")
    solid = pd.read_csv(made.results("tiny", "domains", "solid.csv"), comment="#").set_index("domain")
    assert solid.loc["ore", "share"] > 0.9
    assert solid.loc["outside", "share"] > 0.9
    assert solid.loc["waste", "counted_volume"] == pytest.approx(37.5 * 60.0 * 140.0, rel=1e-9)
    statement = pd.read_csv(made.results("tiny", "resource", "statement_unrounded.csv"), comment="#")
    assert statement["tonnage"].max() > 0.0


def test_an_open_solid_is_a_finding_that_stops_the_run_at_the_tables(workspace):
    path = workspace.deposit("tiny", "waste.obj")
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    done = workspace.snakemake("tiny", "results/tiny/domains/intervals.parquet", check=False)
    assert done.returncode != 0
    assert "the solid is not closed: 4 edges belong to one triangle only" in done.stdout
    findings = pd.read_csv(workspace.results("tiny", "findings.csv"), comment="#")
    assert findings.loc[findings["rule"] == "solid_open", "file"].tolist() == ["waste.obj"]

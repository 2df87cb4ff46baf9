"""The choices of the estimate, all of them at once, from the config to the footnotes."""

import pandas as pd
import pytest
import xarray as xr
import yaml

pytestmark = pytest.mark.endtoend

CHOICES = {
    "discretisation": [4, 4, 4],
    "own_points": True,
    "negative_weights": "zero_and_rescale",
    "boundaries": {"soft": {"olivine": {"pyroxene": 3.0, "internal_waste": 3.0}}},
    "high_grade": {
        "olivine": {
            "sc2o3": {"threshold": 330.0, "ranges": [30.0, 30.0, 10.0], "action": "drop", "reason": "A test.", "name": "T"}
        }
    },
    "duplicates": "merge",
    "duplicate_distance": 3.2,  # neighbours of 3 m down the hole become one, so that something is merged
    "orientations": {
        "olivine": {"file": "readings.csv", "neighbours": 2},
        "pyroxene": {"source": "solid", "azimuth": 35.0, "neighbours": 12},
    },
    "estimators": {"pyroxene": {"sc2o3": {"method": "inverse_distance", "power": 3.0}}},
}
AUDIT = {"random": 4, "seed": 2}
READINGS = "x,y,z,azimuth,dip,rake\n380,290,480,215,83,0\n380,350,480,35,88,0\n380,410,480,35,70,0\n"


@pytest.fixture(scope="module")
def workspace(make_workspace):
    made = make_workspace()
    path = made.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    raw["model"]["estimation"] |= CHOICES
    reasons = {"olivine": {"pyroxene": "A test of soft boundaries.", "internal_waste": "A test of soft boundaries."}}
    raw["model"]["statistics"]["contacts"] = {"soft_reasons": reasons}
    raw["model"]["audit"] = AUDIT
    raw["model"]["validation"] |= {"cross_validation": ["fold", "hole"], "folds": 3}
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    made.deposit("tiny", "readings.csv").write_text(READINGS, encoding="utf-8")
    return made


@pytest.mark.exhaustive
def test_a_run_with_every_choice_made(workspace):
    names = ("parts.nc", "kriging/merged.csv", "validation/errors.csv", "resource/footnotes.txt", "domains/blocks.nc")
    workspace.snakemake("tiny", *(f"results/tiny/{name}" for name in names))
    with xr.open_dataset(workspace.results("tiny", "domains", "blocks.nc")) as blocks:
        assert blocks["own_points"].dims == ("domain", "z", "y", "x", "byte")
    with xr.open_dataset(workspace.results("tiny", "parts.nc")) as parts:
        assert "own_points" not in parts
        assert int(parts["sc2o3"].sel(domain="olivine").notnull().sum()) > 100
    merged = pd.read_csv(workspace.results("tiny", "kriging", "merged.csv"), comment="#")
    assert {"olivine", "pyroxene"} <= set(merged["estimated_domain"])
    assert merged.groupby(["estimated_domain", "place"])["hole"].nunique().max() == 1
    errors = pd.read_csv(workspace.results("tiny", "validation", "errors.csv"), comment="#")
    assert set(errors["domain"]) == {"olivine", "pyroxene"}
    assert set(errors["leave"]) == {"fold", "hole"}
    scores = pd.read_csv(workspace.results("tiny", "validation", "scores.csv"), comment="#")
    assert set(scores["leave"]) == {"fold", "hole"}
    notes = workspace.results("tiny", "resource", "footnotes.txt").read_text(encoding="utf-8")
    for said in (
        "in Pyroxene ferrosyenite: inverse distance to the power 3.",
        "soft domain boundaries",
        "set to zero and the others rescaled",
        "above 330 g/t in Olivine",
        "readings.csv",
        "own solid",
    ):
        assert said in notes


@pytest.mark.exhaustive
def test_an_auditor_computes_the_estimates_from_the_weights_and_finds_the_samples(workspace):
    workspace.snakemake("tiny", *(f"results/tiny/{name}" for name in ("kriging/weights.csv", "composites/members.parquet")))
    weights = pd.read_csv(workspace.results("tiny", "kriging", "weights.csv"), comment="#")
    covariances = pd.read_csv(workspace.results("tiny", "kriging", "covariances.csv"), comment="#")
    members = pd.read_parquet(workspace.results("tiny", "composites", "members.parquet"))
    assert set(weights["composite"]) <= set(members["composite"])
    with xr.open_dataset(workspace.results("tiny", "kriging", "parts.nc")) as parts:
        cases = weights.groupby(["variable", "domain", "block_x", "block_y", "block_z"])
        assert len(cases) >= 4
        for (variable, domain, x, y, z), rows in cases:
            model = float(parts[variable].sel(domain=domain).isel(x=x, y=y, z=z))
            assert (rows["weight"] * rows["counted"]).sum() == pytest.approx(model, rel=1e-12)
    assert set(covariances["composite"]) <= set(weights["composite"])


def test_readings_that_cannot_be_used_stop_the_run_at_the_tables(workspace):
    workspace.deposit("tiny", "readings.csv").write_text(READINGS.replace("88", "-88"), encoding="utf-8")
    done = workspace.snakemake("tiny", check=False)
    assert done.returncode != 0
    assert "readings.csv: dip holds -88; it must be 0 to 180" in done.stdout
    assert "Traceback" not in done.stdout

"""What a run does with a fit that failed, and with a model that the config gives."""

import os

import pandas as pd
import pytest
import yaml

pytestmark = [pytest.mark.endtoend, pytest.mark.exhaustive]

# One step of the least squares is too few for any fit to converge, in every process of the run.
IMPATIENT = """
from scandia.variography import leastsquares
leastsquares.fit_structures.__kwdefaults__["evaluations"] = 1
"""
GIVEN = {
    "nugget": 9000.0,
    "structures": [
        {"kind": "exponential", "contribution": 1000.0, "ranges": [80.0, 60.0, 20.0], "azimuth": 35.0, "dip": 90.0, "rake": 0.0}
    ],
}


def test_a_fit_that_did_not_converge_stops_the_run_before_kriging(make_workspace, monkeypatch):
    workspace = make_workspace()
    workspace.snakemake("tiny", "results/tiny/variography/experimental.csv")
    patch = workspace.folder / "patch"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(IMPATIENT, encoding="utf-8")
    with monkeypatch.context() as changed:
        changed.setenv("PYTHONPATH", str(patch), prepend=os.pathsep)
        stopped = workspace.snakemake("tiny", "results/tiny/kriging/parts.nc", check=False)
    assert stopped.returncode != 0
    assert "variogram of sc2o3 in domain olivine did not converge" in stopped.stdout
    assert "source: model" in stopped.stdout
    assert not workspace.results("tiny", "variography", "models.yaml").exists()
    assert not workspace.results("tiny", "variography", "fits.csv").exists()
    assert not workspace.results("tiny", "kriging", "parts.nc").exists()
    workspace.snakemake("tiny", "results/tiny/variography/models.yaml")  # nothing but the fit stood in the way
    assert workspace.results("tiny", "variography", "models.yaml").exists()


def test_a_model_of_the_config_wins_over_the_fit_and_is_warned_about(make_workspace):
    workspace = make_workspace()
    path = workspace.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert raw["model"]["variography"]["domains"]["olivine"]["source"] == "fit"
    raw["model"]["variography"]["domains"]["olivine"]["models"] = {"sc2o3": GIVEN}
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    workspace.snakemake("tiny", "results/tiny/variography/models.yaml")
    used = yaml.safe_load(workspace.results("tiny", "variography", "models.yaml").read_text(encoding="utf-8"))
    model = used["olivine"]["sc2o3"]
    assert model["nugget"] == GIVEN["nugget"]
    assert len(model["structures"]) == 1
    assert GIVEN["structures"][0].items() <= model["structures"][0].items()
    fits = pd.read_csv(workspace.results("tiny", "variography", "fits.csv"), comment="#").set_index("domain")
    assert fits.loc["olivine", "source"] == "model"
    assert "the nugget is above the first downhole lag" in fits.loc["olivine", "warnings"]
    assert "of the declustered variance" in fits.loc["olivine", "warnings"]
    borrowed = used["pyroxene"]["sc2o3"]  # what borrows from the domain borrows the given model
    share = GIVEN["nugget"] / (GIVEN["nugget"] + GIVEN["structures"][0]["contribution"])
    sill = borrowed["nugget"] + sum(structure["contribution"] for structure in borrowed["structures"])
    assert borrowed["nugget"] / sill == pytest.approx(share)

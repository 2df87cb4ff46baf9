"""A variant equals the run of a config edited by hand, and runs only what its choice reaches."""

import re

import pandas as pd
import pytest
import yaml

pytestmark = [pytest.mark.endtoend, pytest.mark.exhaustive]

TABLE = "resource/grade_tonnage.csv"
REACHED = {
    "cutoff_up": {"tabulate_tonnage"},
    "fewer_passes": {"estimate_grades", "classify_blocks", "tabulate_tonnage"},
    "variogram_ranges_up": {"fit_variograms", "estimate_grades", "classify_blocks", "tabulate_tonnage"},
    "density_up": {"build_blocks", "estimate_grades", "classify_blocks", "tabulate_tonnage"},
    "domain_down": {"build_blocks", "estimate_grades", "classify_blocks", "tabulate_tonnage"},
}


@pytest.fixture(scope="module")
def workspace(make_workspace):
    made = make_workspace()
    made.snakemake("tiny", f"results/tiny/{TABLE}")
    return made


@pytest.mark.parametrize("variant", REACHED)
def test_a_variant_equals_a_config_edited_by_hand_and_runs_only_what_it_reaches(workspace, make_workspace, variant):
    done = workspace.snakemake("tiny", f"results/tiny/sensitivity/{variant}/{TABLE}")
    ran = set(re.findall(r"^(?:local)?rule vary_(\w+):", done.stdout, flags=re.MULTILINE))
    assert ran == REACHED[variant]
    assert not re.findall(r"^(?:local)?rule (?!vary_)(\w+):", done.stdout, flags=re.MULTILINE)
    other = make_workspace("edited")
    path = other.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(raw["model"], variant)
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    other.snakemake("tiny", f"results/tiny/{TABLE}")
    mine, whole = (pd.read_csv(made, comment="#") for made in (
        workspace.results("tiny", "sensitivity", variant, TABLE), other.results("tiny", TABLE)
    ))  # fmt: skip
    pd.testing.assert_frame_equal(mine, whole, check_exact=True)
    base = pd.read_csv(workspace.results("tiny", TABLE), comment="#")
    assert not mine.equals(base)


def edit(model, variant):
    """The edit that a person would make, written without the code that makes variants."""
    if variant == "cutoff_up":
        model["reporting"]["base_cutoff"] *= 1.1
    elif variant == "fewer_passes":
        model["estimation"]["search"]["passes"].pop()
    elif variant == "variogram_ranges_up":
        model["variography"]["range_factor"] = 1.25
    elif variant == "density_up":
        model["density"]["factor"] = 1.05
    else:
        model["domains"]["implicit"]["offset"] = -2.0

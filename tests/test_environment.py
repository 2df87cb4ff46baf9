"""The lock, the conda environment and pyproject.toml name the same packages at the same versions, and no address."""

import re
import tomllib
from itertools import chain

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

# Extras that are not in the lock: some machines have no wheel, few deposits need the readers, SLURM has a lock of its own.
UNLOCKED = {"peers", "meshes", "slurm"}


@pytest.fixture(scope="module")
def locked(project):
    text = (project / "envs" / "requirements.lock").read_text()
    pins = re.findall(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", text, re.MULTILINE)
    assert len(pins) == len({name for name, _ in pins}), "a package is locked twice"
    return {canonicalize_name(name): Version(version) for name, version in pins}


@pytest.fixture(scope="module")
def project_table(project):
    return tomllib.loads((project / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def declared(project_table):
    extras = [texts for name, texts in project_table["optional-dependencies"].items() if name not in UNLOCKED]
    return [Requirement(text) for text in chain(project_table["dependencies"], *extras)]


@pytest.fixture(scope="module")
def conda(project):
    entries = yaml.safe_load((project / "envs" / "scandia.yaml").read_text())["dependencies"]
    by_pip = next(entry["pip"] for entry in entries if isinstance(entry, dict))
    pins = dict(entry.split(" ==") for entry in [*entries, *by_pip] if " ==" in entry)
    return {canonicalize_name(name): Version(version) for name, version in pins.items()}


def test_the_lock_holds_every_declared_package_within_its_bounds(locked, declared):
    for requirement in declared:
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


def test_the_extras_that_are_not_locked_are_pinned(locked, project_table):
    for name in UNLOCKED:
        for requirement in map(Requirement, project_table["optional-dependencies"][name]):
            assert str(requirement.specifier).startswith("=="), requirement
            assert canonicalize_name(requirement.name) not in locked


def test_conda_and_lock_agree(locked, declared, conda):
    assert set(conda) == {canonicalize_name(requirement.name) for requirement in declared}
    for name, version in conda.items():
        # conda-forge knows no post releases: they repair a wheel, not the code
        assert version.release == locked[name].release, name


def test_the_lock_of_slurm_holds_its_extra_and_nothing_else(project, project_table):
    pins = re.findall(r"^([\w.-]+==[^\s;]+)", (project / "envs" / "slurm.lock").read_text(), re.MULTILINE)
    assert pins == project_table["optional-dependencies"]["slurm"]


@pytest.mark.parametrize("name", ["requirements.lock", "slurm.lock"])
def test_every_locked_package_has_a_hash_and_no_address(project, name):
    text = (project / "envs" / name).read_text()
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


@pytest.fixture(scope="module")
def profiles(project):
    return {file.parent.name: yaml.safe_load(file.read_text()) for file in (project / "profiles").glob("*/profile.yaml")}


def test_every_profile_parses_and_those_of_schedulers_retry_and_go_on(profiles):
    assert set(profiles) == {"default", "slurm", "lsf", "kubernetes"}
    for name in ("slurm", "lsf", "kubernetes"):
        own = profiles[name]
        assert own["executor"] == name and own["retries"] >= 2 and own["keep-going"] and own["rerun-incomplete"], name
        assert own["show-failed-logs"] and own["cores"] >= 1 and own["jobs"] >= 16, name
    assert "retries" not in profiles["default"]
    assert profiles["slurm"]["slurm-status-command"] == "squeue" and profiles["slurm"]["slurm-no-requeue"]


def test_the_groups_of_a_profile_are_rules_and_no_work_of_minutes_hides_in_them(project, profiles):
    text = "\n".join(file.read_text(encoding="utf-8") for file in (project / "workflow" / "rules").glob("*.smk"))
    rules = set(re.findall(r"^ *rule (\w+):", text, re.MULTILINE)) | set(re.findall(r"use rule \w+ as (\w+) with", text))
    groups = profiles["slurm"]["groups"]
    assert set(groups) <= rules
    assert profiles["lsf"]["groups"] == groups
    alone = {"build_blocks", "merge_chunks", "cross_validate", "study_variograms", "study_neighbourhood", "compute_truth"}
    assert not alone & set(groups)
    assert set(profiles["slurm"]["group-components"]) <= set(groups.values())

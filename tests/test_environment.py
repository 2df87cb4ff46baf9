"""The lock, the conda environment and pyproject.toml name the same packages at the same versions, and no address."""

import re
import tomllib
from itertools import chain

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

UNLOCKED = {"peers", "meshes"}  # extras that are not in the lock: some machines have no wheel, few deposits need the readers


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


def test_every_locked_package_has_a_hash_and_no_address(project):
    text = (project / "envs" / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text

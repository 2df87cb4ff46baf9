"""The lock, the conda environment and pyproject.toml name the same packages at the same versions, and no address."""

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version


@pytest.fixture(scope="module")
def locked(project):
    text = (project / "envs" / "requirements.lock").read_text()
    pins = re.findall(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", text, re.MULTILINE)
    assert len(pins) == len({name for name, _ in pins}), "a package is locked twice"
    return {canonicalize_name(name): Version(version) for name, version in pins}


@pytest.fixture(scope="module")
def declared(project):
    table = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    texts = [*table["dependencies"], *(text for extra in table["optional-dependencies"].values() for text in extra)]
    return [Requirement(text) for text in texts]


@pytest.fixture(scope="module")
def conda(project):
    entries = yaml.safe_load((project / "envs" / "scandia.yaml").read_text())["dependencies"]
    pins = dict(entry.split(" ==") for entry in entries if " ==" in entry)
    return {canonicalize_name(name): Version(version) for name, version in pins.items()}


def test_the_lock_holds_every_declared_package_within_its_bounds(locked, declared):
    for requirement in declared:
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


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

"""Two fresh environments from the lock file hold the same packages, and `tiny` has the same hashes in both."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

pytestmark = [pytest.mark.endtoend, pytest.mark.exhaustive]

OWN = {"scandia", "pip", "setuptools"}  # not of the lock: this project, and what comes with Python's venv


@pytest.fixture(scope="module")
def two_projects(project, copy_project, tmp_path_factory):
    """Two copies of the project, each with a `.venv` as `make setup` makes it; skips where no package index is reachable."""
    folder = tmp_path_factory.mktemp("fresh")
    first = re.search(r"^([\w.-]+==[\w.]+)", (project / "envs" / "requirements.lock").read_text(encoding="utf-8")).group(1)
    asked = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--retries", "0"]
    got = subprocess.run([*asked, "--dest", folder / "asked", first], text=True, capture_output=True, check=False)
    if got.returncode != 0:
        pytest.skip(f"no package index is reachable, so no fresh environment can be made: {got.stderr.strip()[-200:]}")
    homes = [folder / "one", folder / "the other"]
    for home in homes:
        copy_project(home)
        run(["sh", "envs/make_venv.sh"], home)
    yield homes
    for home in homes:
        shutil.rmtree(home / ".venv", ignore_errors=True)  # two gigabytes each


def run(command, home):
    """Standard output of a command that ended well in a project, with its environment first on the path."""
    apart = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV")
    environment = {key: value for key, value in os.environ.items() if key not in apart}
    environment["PATH"] = os.pathsep.join([str(home / ".venv" / "bin"), environment["PATH"]])
    done = subprocess.run(command, cwd=home, text=True, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def packages(home):
    """Version of each package of an environment."""
    rows = json.loads(run([".venv/bin/python", "-m", "pip", "list", "--format=json", "--disable-pip-version-check"], home))
    return {canonicalize_name(row["name"]): row["version"] for row in rows}


def test_both_hold_the_packages_of_the_lock_and_no_others(project, two_projects):
    pins = re.findall(r"^([\w.-]+)==([^\s;\\]+)", (project / "envs" / "requirements.lock").read_text(encoding="utf-8"), re.M)
    locked = {canonicalize_name(name): version for name, version in pins}
    one, other = map(packages, two_projects)
    assert one == other
    assert {name: version for name, version in one.items() if name not in OWN and locked.get(name) != version} == {}
    assert len(one.keys() & locked.keys()) > 100  # some are for other systems only


def test_tiny_has_the_same_hashes_in_both_and_here(two_projects, untouched):
    for home in two_projects:
        program = [".venv/bin/python", "-m", "snakemake", "--cores", "2", "--configfile", "config/deposits/tiny/config.yaml"]
        assert "Draft Mineral Resource statement" in "".join(run(program, home).splitlines(keepends=True)[-10:])
    folders = [*(home / "results" / "tiny" for home in two_projects), untouched.results("tiny")]
    manifests = [json.loads((folder / "manifest.json").read_text(encoding="utf-8")) for folder in folders]
    for other in manifests[1:]:
        assert other["outputs"] == manifests[0]["outputs"]
        assert other["fingerprint"] == manifests[0]["fingerprint"]


def test_each_environment_runs_its_own_code(two_projects):
    for home in two_projects:
        own = run([".venv/bin/python", "-c", "import scandia; print(scandia.__file__)"], home).strip()
        assert Path(own).is_relative_to(home / "src")

"""Runs of the workflow in folders of their own, by the command line that a user types."""

import fcntl
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Workspace:
    """A folder with a copy of the shipped configs, in which snakemake runs."""

    folder: Path

    def snakemake(self, deposit, *arguments, cores=2, check=True):
        """The finished process; standard error is part of its output."""
        return self.run(*arguments, *self.given(deposit), cores=cores, check=check)

    def given(self, deposit):
        """Where the workflow, its folder and the config of a deposit are, as arguments."""
        given = ["--snakefile", str(PROJECT / "Snakefile"), "--directory", str(self.folder)]
        return [*given, "--configfile", str(self.deposit(deposit, "config.yaml"))]

    def command(self, *arguments, cores=2):
        """What a user types, as a list of texts."""
        return [str(self.python()), "-m", "snakemake", *arguments, "--cores", str(cores)]

    def run(self, *arguments, cores=2, check=True):
        """The finished process of snakemake in the folder, with no more arguments than these."""
        command = self.command(*arguments, cores=cores)
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        done = subprocess.run(
            command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=self.folder, check=False
        )
        if check and done.returncode != 0:
            pytest.fail(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-4000:]}")
        return done

    def python(self):
        """Python of this environment under a path with a blank, as a project in such a path has it."""
        link = self.folder / "virtual environment"
        if not link.exists():
            link.symlink_to(sys.prefix, target_is_directory=True)
        return link / "bin" / "python"

    def planned(self, deposit):
        """Names of the rules that a dry run would run."""
        lines = self.snakemake(deposit, "--dry-run").stdout.splitlines()
        if not any(line.startswith("job ") for line in lines):
            return set()
        first = next(place for place, line in enumerate(lines) if line.startswith("job ")) + 2
        rows = [line.split() for line in lines[first:]]
        last = next(place for place, row in enumerate(rows) if not row or row[0] == "total")
        return {row[0] for row in rows[:last]} - {"all"}

    def results(self, deposit, *parts):
        """Path below the results of a deposit."""
        return self.folder.joinpath("results", deposit, *parts)

    def deposit(self, deposit, *parts):
        """Path below the folder of a deposit's config and tables."""
        return self.folder.joinpath("config", "deposits", deposit, *parts)


@pytest.fixture(scope="session")
def make_workspace(tmp_path_factory):
    """A function that makes a fresh workspace."""

    def make(name="work space"):  # every run of these tests lives with a blank in its path
        folder = tmp_path_factory.mktemp("run") / name
        folder.mkdir()
        shutil.copytree(PROJECT / "config", folder / "config")
        return Workspace(folder)

    return make


@pytest.fixture(scope="session")
def copy_project():
    """A function that copies what a run needs of the project into a new folder."""
    parts = ("Snakefile", "config", "envs", "profiles", "src", "workflow", "pyproject.toml", "README.md", "LICENSE")

    def copy(home):
        home.mkdir()
        for source in map(PROJECT.joinpath, parts):
            (shutil.copytree if source.is_dir() else shutil.copyfile)(source, home / source.name)

    return copy


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """Folder of a finished run of `tiny` that all workers copy."""
    root = tmp_path_factory.getbasetemp()
    return (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "tiny"


@pytest.fixture(scope="session")
def tiny(make_workspace, shared):
    """A finished run of `tiny`. Tests that change its config or tables put them back; audits and comparisons stay in it."""
    workspace = make_workspace()
    with (shared.with_suffix(".lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one worker runs it on two cores, the others wait and copy
        if not shared.exists():
            workspace.snakemake("tiny", cores=2)
            shutil.copytree(workspace.folder, shared, symlinks=True)
            return workspace
    shutil.copytree(shared, workspace.folder, symlinks=True, dirs_exist_ok=True)
    return workspace


@pytest.fixture(scope="session")
def untouched(tiny, shared):
    """The finished run of `tiny` as it ended, to be read and not to be changed."""
    return Workspace(shared)


@pytest.fixture
def changed_config(tiny):
    """A function that changes a key of the config for the length of a test; a second call changes another."""
    path = tiny.deposit("tiny", "config.yaml")
    before = path.read_bytes()
    raw = yaml.safe_load(before)

    def change(*keys, value):
        node = raw
        for key in keys[:-1]:
            node = node[key]
        node[keys[-1]] = value
        path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")

    yield change
    path.write_bytes(before)


@pytest.fixture(scope="session")
def published(make_workspace):
    """A finished run of `crater_lake_2020`, and what it printed."""
    workspace = make_workspace()
    return workspace, workspace.snakemake("crater_lake_2020").stdout

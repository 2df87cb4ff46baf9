"""The workflow on a real SLURM of one machine: identical to a local run, also after jobs, a node and a disk have died."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from scandia.io.hashes import describe_files
from scandia.io.netcdf import content_hash, read_dataset

pytestmark = [pytest.mark.endtoend, pytest.mark.exhaustive, pytest.mark.xdist_group("slurm")]  # one cluster, one worker

PROJECT = Path(__file__).resolve().parents[2]
TOOLS = PROJECT.parent / "shared" / "slurm"
PROFILE = ["--workflow-profile", str(PROJECT / "profiles" / "slurm"), "--group-components", "chunks=1"]
HASTE = ["--slurm-init-seconds-before-status-checks", "5", "--seconds-between-status-checks", "5", "--latency-wait", "20"]
PARTS = ("kriging", "parts.nc")


@dataclass(frozen=True)
class Cluster:
    """A SLURM of two nodes of four pretended processors."""

    root: Path

    def ask(self, *command):
        """What a command of SLURM prints."""
        return subprocess.run(command, text=True, stdout=subprocess.PIPE, check=True).stdout

    def running(self, node=""):
        """Numbers of the running jobs, on a node if one is named."""
        return self.ask("squeue", "--noheader", "--states=R", "--format=%i", *([f"--nodelist={node}"] if node else [])).split()

    def states(self):
        """The state of every job that ever was, by its number."""
        lines = self.ask("sacct", "--allocations", "--noheader", "--parsable2", "--format=JobID,State").splitlines()
        return dict(line.split("|") for line in lines)

    def daemon(self, node):
        """Process number of the daemon of a node."""
        return int((self.root / "run" / f"slurmd-{node}.pid").read_text())


@pytest.fixture(scope="module")
def cluster():
    """A cluster that is this module's alone."""
    if shutil.which("sbatch") is None or shutil.which("slurmctld") is None:
        pytest.skip("SLURM is not installed (Debian: slurmctld slurmd slurm-client slurmdbd munge mariadb-server)")
    if not (TOOLS / "up.sh").is_file():
        pytest.skip("../shared/slurm/up.sh, which brings up a SLURM on one machine, is not here")
    if os.getuid() != 0:
        pytest.skip("only root can bring up a SLURM on one machine")
    if find_spec("snakemake_executor_plugin_slurm") is None:
        pytest.skip("the plugin for SLURM is not installed (make slurm)")
    if subprocess.run(["sinfo"], capture_output=True, check=False).returncode == 0:
        pytest.skip("a SLURM runs here already, and these tests kill daemons")
    root = Path(tempfile.mkdtemp(prefix="slurm"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SLURM_ROOT", str(root))
        try:
            subprocess.run([TOOLS / "up.sh"], check=True, stdout=subprocess.DEVNULL)
            with (root / "etc" / "slurm.conf").open("a") as settings:
                settings.write("JobAcctGatherParams=OverMemoryKill\n")  # as cgroups do on other clusters
            environment.setenv("SLURM_CONF", str(root / "etc" / "slurm.conf"))
            subprocess.run(["scontrol", "reconfigure"], check=True)
            yield Cluster(root)
        finally:
            subprocess.run([TOOLS / "down.sh"], env=os.environ | {"WIPE": "1"}, check=False, stdout=subprocess.DEVNULL)


def share_out(workspace, blocks):
    """Nothing; cuts the grid of a workspace's `tiny` into chunks of so many blocks."""
    path = workspace.deposit("tiny", "config.yaml")
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    config["model"]["chunks"] = {"blocks": blocks}
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="module")
def local(make_workspace):
    """A local run of `tiny` in 24 chunks."""
    workspace = make_workspace("local run")
    share_out(workspace, 100)
    workspace.snakemake("tiny")
    return workspace


@pytest.fixture(scope="module")
def remote(make_workspace, cluster):
    """The same run on the cluster, in a folder with a blank in its path, and what it printed."""
    workspace = make_workspace("cluster run")
    share_out(workspace, 100)
    return workspace, workspace.snakemake("tiny", *PROFILE, *HASTE, cores=4).stdout


def manifest(workspace):
    return json.loads(workspace.results("tiny", "manifest.json").read_text(encoding="utf-8"))


def orphans(workspace):
    """Names of files below the results that only stand there while something is written."""
    return {path.name for path in workspace.results("tiny").rglob(".*") if path.name != ".snakemake_timestamp"}


def test_a_run_on_a_cluster_is_the_local_run(local, remote):
    workspace, said = remote
    assert said.count("rule estimate_grades:") >= 16
    submitted = said.count("has been submitted with SLURM jobid")
    assert 24 < submitted < 36, "rules of seconds go to the cluster in groups"
    here, there = manifest(local), manifest(workspace)
    assert there["outputs"] == here["outputs"]
    assert there["fingerprint"] == here["fingerprint"]
    paths = [workspace.results("tiny", entry["path"]) for entry in there["outputs"]]
    assert describe_files(paths, below=workspace.results("tiny")) == there["outputs"]
    assert "Nothing to be done" in workspace.snakemake("tiny", *PROFILE, *HASTE, cores=4).stdout


def wait_for(found, seconds=180):
    """What a function finds, as soon as it finds something."""
    for _ in range(seconds * 2):
        if result := found():
            return result
        time.sleep(0.5)
    return pytest.fail(f"nothing after {seconds} s")


def test_a_cancelled_job_a_dead_node_and_a_job_over_its_memory_are_run_again(local, remote, cluster):
    workspace, _ = remote
    share_out(workspace, 160)  # 12 chunks
    workspace.results("tiny", *PARTS).unlink()
    meagre = ["--set-resources", "merge_chunks:mem_mb=100*20**(attempt-1)"]
    target = f"results/tiny/{'/'.join(PARTS)}"
    before = set(cluster.states())
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(workspace.snakemake, "tiny", target, *PROFILE, *HASTE, *meagre, cores=4)
        victim = wait_for(lambda: cluster.running("n1"))[0]
        cluster.ask("scancel", victim)
        wait_for(lambda: cluster.running("n2"))
        os.kill(cluster.daemon("n2"), signal.SIGKILL)
        said = run.result().stdout
    subprocess.run(["slurmd", "-N", "n2"], check=True)
    states = {number: state.split()[0] for number, state in cluster.states().items() if number not in before}
    assert states[victim] == "CANCELLED"
    assert {"NODE_FAIL", "FAILED"} & set(
        states.values()
    )  # the job of a node without its daemon may end before the node counts as dead
    assert "FAILED" in states.values() or "OUT_OF_MEMORY" in states.values()
    assert "exceeded memory limit" in said or "Trying to restart" in said
    assert content_hash(read_dataset(workspace.results("tiny", *PARTS))) == content_hash(
        read_dataset(local.results("tiny", *PARTS))
    )
    assert orphans(workspace) == set()


@pytest.fixture
def small_disk(remote, tmp_path):
    """The results of the cluster's run on a disk of their own that can be filled, and the disk's size in bytes."""
    workspace, _ = remote
    results, aside = workspace.folder / "results", tmp_path / "aside"
    shutil.move(results, aside)
    results.mkdir()
    size = sum(path.stat().st_size for path in aside.rglob("*") if path.is_file()) + 2**23
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", results], check=False).returncode != 0:
        results.rmdir()
        shutil.move(aside, results)
        pytest.skip("no file system may be mounted here")
    shutil.copytree(aside, results, dirs_exist_ok=True)
    yield workspace
    subprocess.run(["umount", results], check=True)
    results.rmdir()
    shutil.move(aside, results)


def test_a_disk_that_fills_up_stops_the_run_and_leaves_nothing_half_written(local, small_disk, cluster):
    workspace, target = small_disk, "results/tiny/parts.nc"
    results, filler = workspace.results("tiny"), workspace.folder / "results" / "filler"
    workspace.results("tiny", "parts.nc").unlink()
    kept = [results / "domains" / "blocks.nc", results / "composites" / "composites.parquet", workspace.results("tiny", *PARTS)]
    before = describe_files(kept, below=results)
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(workspace.snakemake, "tiny", target, *PROFILE, *HASTE, "--retries", "0", cores=4, check=False)
        wait_for(cluster.running)
        filler.write_bytes(bytes(shutil.disk_usage(results).free - 100_000))  # the model needs more
        stopped = run.result()
    assert stopped.returncode != 0
    assert "the disk is full" in stopped.stdout, stopped.stdout[-3000:]
    assert not workspace.results("tiny", "parts.nc").exists()
    assert describe_files(kept, below=results) == before
    assert orphans(workspace) == set()
    filler.unlink()
    workspace.snakemake("tiny", target, *PROFILE, *HASTE, cores=4)
    assert content_hash(read_dataset(results / "parts.nc")) == content_hash(read_dataset(local.results("tiny", "parts.nc")))

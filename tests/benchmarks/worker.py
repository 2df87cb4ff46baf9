"""A program that is measured, in a process of its own: it reads jobs, one line each, and answers each with one line."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import problem

HERE = Path(__file__).parent
PEERS = ("R gstat", "krigekit", "boitata")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


class Worker:
    """A running program; `ask` gives it a job."""

    def __init__(self, command, folder):
        environment = os.environ | dict.fromkeys(THREADS, "1")
        self.process = subprocess.Popen(
            [*command, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self.name = self._answer()["name"]

    def ask(self, job):
        """Answer to a job: a dict. The program prints nothing else."""
        self.process.stdin.write((job if isinstance(job, str) else json.dumps(job)) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def close(self):
        """Nothing; the process ends."""
        self.process.stdin.close()
        self.process.wait()

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            message = f"{self.process.args} ended with code {self.process.wait()}"
            raise RuntimeError(message)
        return json.loads(line)


def start_engine(folder):
    """`Worker` that runs scandia."""
    return Worker([sys.executable, str(HERE / "engine.py")], folder)


def start_peer(peer, folder):
    """`Worker` that runs a peer, or None where it is not installed.

    The Python of the peers is named by SCANDIA_PEERS_PYTHON, else it is this one.
    """
    if peer == "R gstat":
        found = shutil.which("Rscript")
        test, command = [found or "", "-e", "library(gstat); library(sp)"], [found, str(HERE / "peer_gstat.R")]
    else:
        python = os.environ.get("SCANDIA_PEERS_PYTHON", sys.executable)
        found = shutil.which(python)
        test, command = [found or "", "-c", f"import {peer}"], [found, str(HERE / "peer.py"), peer]
    if found is None or subprocess.run(test, capture_output=True).returncode:
        return None
    return Worker(command, folder)


def write_problem(folder, name, checked):
    """Nothing; writes what peers read: samples, grid and model as arrays, and the same in the frame of the search as CSV."""
    grid, owner = problem.grid(name)
    samples, _, grades = problem.composites(owner)
    structures = problem.VARIOGRAM.structures
    ranges = np.array([structure.ranges for structure in structures])
    contribution = np.array([structure.contribution for structure in structures])
    offsets, centres = problem.into_search(grid.offsets(problem.POINTS["block"])), problem.into_search(grid.centres())
    own = {"samples": problem.into_search(samples), "centres": centres, "offsets": offsets}
    arrays = {f"search_{key}": value for key, value in own.items()} | {"world_samples": samples, "grades": grades}
    layout = {"origin": grid.origin, "size": grid.size, "count": grid.count, "radii": problem.RADII, "checked": checked}
    np.savez(Path(folder, "problem.npz"), ranges=ranges, contribution=contribution, **arrays, **layout)
    rows = {
        "samples": (np.column_stack([own["samples"], grades]), "x,y,z,grade"),
        "targets": (centres, "x,y,z"),
        "offsets": (offsets, "x,y,z"),
        "structures": (np.column_stack([contribution, ranges / problem.RADII]), "contribution,a,b,c"),
        "checked": (checked[:, None] + 1, "row"),
    }
    for key, (table, heads) in rows.items():
        np.savetxt(Path(folder, f"{key}.csv"), table, delimiter=",", header=heads, comments="", fmt="%.17g")

"""scandia in a process of its own: `python engine.py` reads jobs as JSON lines and answers with seconds, peak memory, results.

A job: ``{"grid": "200k"}`` or ``{"cut": blocks}``, ``drilled`` for holes of constant spacing, ``points``, ``threads``,
``passes``, ``checked`` for numbers of blocks whose estimates are wanted, ``rounds``.
"""

import json
import resource
import sys
from dataclasses import replace
from functools import cache

import numpy as np
import problem
from clock import measured, say

from scandia.kriging import estimate
from scandia.kriging.search import Pass, Search


@cache
def composites(name):
    """Composites of a set; ``name`` may be (columns, rows): so many holes with lognormal grades at random."""
    if isinstance(name, str):
        return problem.composites(name)
    points, holes = problem.drill(*name, seed=14)
    return points, holes, np.exp(0.8 * np.random.default_rng(15).standard_normal(len(points)) - 0.32)


def centred(grid, samples):
    """The same `Grid` around the middle of the samples."""
    middle = 0.5 * (samples.min(axis=0) + samples.max(axis=0))
    return replace(grid, origin=tuple(middle - 0.5 * np.array(grid.size) * grid.count))


def read(job):
    """Arguments of `estimate` for a job."""
    targets, owner = (problem.cut(job["cut"]), "B") if "cut" in job else problem.grid(job["grid"])
    samples, holes, grades = composites(tuple(job["drilled"]) if "drilled" in job else owner)
    if "drilled" in job:
        targets = centred(targets, samples)
    search = problem.SEARCH
    if "passes" in job:
        search = Search(passes=tuple(Pass(**item) for item in job["passes"]), **problem.ANGLES)
    settings = {"variogram": problem.VARIOGRAM, "search": search, "threads": job.get("threads", 1)}
    points = tuple(job.get("points", problem.POINTS["block"]))
    return (samples, grades, targets), settings | {"holes": holes, "discretisation": points}


def answer(job):
    """Seconds of the round with least CPU time, blocks, samples of a block, peak memory and that before, estimates asked for."""
    arguments, settings = read(job)
    best, before = None, peak()
    for _ in range(job.get("rounds", 1)):
        with measured() as took:
            result = estimate(*arguments, **settings)
        best = took if best is None or took.cpu < best.cpu else best
    value, variance, samples = (result[name].values.ravel() for name in ("value", "variance", "samples"))
    checked, done = job.get("checked", []), np.isfinite(value)
    return {
        "cpu": best.cpu,
        "wall": best.wall,
        "blocks": value.size,
        "estimated": int(done.sum()),
        "samples": float(samples[done].mean()),
        "memory": peak(),
        "before": before,
        "found": [value[checked].tolist(), variance[checked].tolist()],
    }


def peak():
    """Most memory that this process has held so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def warm_up():
    """Nothing; compiled code is loaded and has run once."""
    arguments, settings = read({"grid": "20k", "drilled": (10, 6)})
    estimate(arguments[0], arguments[1], arguments[2].centres()[:64], block_size=(5.0, 5.0, 5.0), **settings)


if __name__ == "__main__":
    warm_up()
    say(json.dumps({"name": "scandia"}))
    for line in sys.stdin:
        say(json.dumps(answer(json.loads(line))))

"""A peer in a process of its own: `python peer.py krigekit folder`. A job is "block" or "point", one a line.

It knows NumPy and the peer only: the Python that runs it need not have scandia.
"""

import json
import sys
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import numpy as np

NUGGET, FEWEST, MOST = 0.1, 4, 24


def krige_by_krigekit(kind, data):
    """Estimates and variances. In the frame of the search, where no convention of angles can differ; it has no minimum count."""
    program = import_module("krigekit").Kriging(ndim=3, nvar=1, verbose=False)
    program.set_obs(ivar=1, coord=data["search_samples"], value=data["grades"])
    centres, offsets = data["search_centres"], data["search_offsets"]
    if kind == "point":
        program.set_grid(coord=centres)
    else:
        points = (centres[:, None] + offsets).reshape(-1, 3)
        program.set_grid_block(coord=points, block_type=1, nblockpnt=np.full(len(centres), len(offsets), dtype=np.int32))
    program.set_vgm(1, 1, "nug", nugget=NUGGET, sill=0.0, a_major=1.0)
    for contribution, (a, b, c) in zip(data["contribution"], data["ranges"] / data["radii"], strict=True):
        program.set_vgm(1, 1, "sph", nugget=0.0, sill=contribution, a_major=a, a_minor1=b, a_minor2=c, azimuth=90.0)
    program.set_search(ivar=1, nmax=MOST, maxdist=1.0)
    program.solve(nthread=1)
    return [np.ravel(part) for part in program.get_results()]


def krige_by_boitata(kind, data):
    """Estimates and variances. Its structures share one anisotropy, the second's here: near the reference model, for timing."""
    boitata, size, radii = import_module("boitata"), tuple(data["size"]), data["radii"]
    ranges, turned = data["ranges"], (35.0, 0.0, -60.0)
    structures = [boitata.Structure("spherical", c, a) for c, a in zip(data["contribution"], ranges[:, 0], strict=True)]
    ratios = (ranges[1, 1] / ranges[1, 0], ranges[1, 2] / ranges[1, 0])
    model = boitata.Variogram(structures, nugget=NUGGET, rotation=turned, ratios=ratios)
    own = (radii[1] / radii[0], radii[2] / radii[0])
    search = boitata.Search(radii[0], max_samples=MOST, min_samples=FEWEST, rotation=turned, ratios=own)
    if kind == "block":
        kriging = boitata.BlockKriging(model, search, size, discretization=(4, 4, 4))
    else:
        kriging = boitata.OrdinaryKriging(model, search)
    targets = boitata.BlockModel(tuple(data["origin"]), size, tuple(int(n) for n in data["count"]))
    return kriging.fit(data["world_samples"], data["grades"]).predict(targets, return_variance=True)


def answer(krige, kind, data):
    """Seconds from arrays to arrays, and the estimates of the checked blocks."""
    wall, cpu = time.perf_counter(), time.process_time()
    value, variance = krige(kind, data)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    found = [np.asarray(part, dtype=float).ravel()[data["checked"]].tolist() for part in (value, variance)]
    return {"cpu": cpu, "wall": wall, "found": found}


def main(peer, folder):
    """Nothing; answers a job a line."""
    krige = {"krigekit": krige_by_krigekit, "boitata": krige_by_boitata}[peer]
    with np.load(Path(folder, "problem.npz")) as arrays:
        data = dict(arrays)
    sys.stdout.write(json.dumps({"name": f"{peer} {version(peer)}"}) + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(krige, line.strip(), data)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A known model, two holes through it and the experiment that it would give without noise, for the tests of the fit."""

import numpy as np
import pandas as pd

from scandia.geometry.minegrid import MineGrid
from scandia.geometry.rotation import rotation_matrix
from scandia.variography.covariance import gamma, localise
from scandia.variography.model import Structure, Variogram
from scandia.variography.settings import AXES, DomainVariography, Lags, Variography

MINE_GRID = MineGrid(azimuth=35.0)
ANGLES = {"azimuth": 35.0, "dip": 80.0, "rake": 10.0}
TRUTH = Variogram(
    nugget=12.0,
    structures=(
        Structure(kind="spherical", contribution=33.0, ranges=(40.0, 25.0, 12.0), **ANGLES),
        Structure(kind="spherical", contribution=55.0, ranges=(130.0, 90.0, 30.0), **ANGLES),
    ),
)


def settings(domains=None, **changes):
    lags = {
        "downhole": Lags(lag=2.0, count=20, bandwidth=5.0),
        "major": Lags(lag=15.0, count=12, bandwidth=30.0),
        "semi": Lags(lag=10.0, count=12, bandwidth=30.0),
        "minor": Lags(lag=4.0, count=10, bandwidth=20.0),
    }
    domains = domains or {"core": DomainVariography(source="fit", **ANGLES)}
    return Variography(**(lags | {"domains": domains, "anisotropy": "free"} | changes))


def composites(domain="core", sill=100.0, factor=1.0):
    """Two holes through the body in different directions; their grades have exactly the variance of the truth."""
    frames = []
    for hole, direction in (("A", [0.8, 0.1, -0.6]), ("B", [-0.5, 0.4, -0.7])):
        unit = np.array(direction) / np.linalg.norm(direction)
        depth = 2.0 * np.arange(30)
        grade = 50.0 + factor * np.sqrt(sill) * np.where(np.arange(30) % 2, 1.0, -1.0)
        place = depth[:, None] * unit
        frames.append(pd.DataFrame({"hole": hole, "from": depth, "to": depth + 2.0, "grade": grade, "x": place[:, 0]}))
        frames[-1][["y", "z"]] = place[:, 1:]
    return pd.concat(frames, ignore_index=True).assign(domain=domain, weight=1.0)


def noise_free(model, table, chosen, domain="core"):
    """The experiment that a model would give: exact semivariances at the nominal distance of every lag."""
    local = localise(model, MINE_GRID)
    axes = rotation_matrix(0.0, ANGLES["dip"], ANGLES["rake"])
    holes = [hole[["x", "y", "z"]].to_numpy() for _, hole in table.groupby("hole")]
    along = [(points[-1] - points[0]) / np.linalg.norm(points[-1] - points[0]) for points in holes]
    rows = []
    for name, vectors in [("downhole", along), *((axis, [axes[k]]) for k, axis in enumerate(AXES))]:
        lags = getattr(chosen, name)
        distance = lags.lag * np.arange(1, lags.count + 1)
        curve = np.mean([gamma(local, distance[:, None] * vector) for vector in vectors], axis=0)
        rows += [
            {
                "domain": domain,
                "variable": "grade",
                "direction": name,
                "lag": k + 1,
                "distance": h,
                "gamma": g,
                "pairs": 500,
                "hole_pairs": 9,
            }
            for k, (h, g) in enumerate(zip(distance, curve, strict=True))
        ]
    return pd.DataFrame(rows)

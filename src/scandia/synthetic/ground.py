"""The simulated ground: a smooth surface through the published collars, and the overburden below it."""

from functools import cache

import numpy as np

from scandia.geometry.minegrid import MineGrid, to_local

MINE_GRID = MineGrid(azimuth=35.0, easting=440870.0, northing=6133665.0, x=500.0, y=450.0)

# Published collars of the TG Zone: hole, easting, northing, elevation, azimuth, dip, depth. The first two stand in the
# press release of 4 November 2020, the others in the release of 2 August 2024 (which prints the dip without its sign).
# NAD83 / UTM zone 20N is stated in 2020 and assumed for 2024.
PUBLISHED_COLLARS = (
    ("CL20037", 440870.0, 6133665.0, 540.0, 305.0, -60.0, 254.05),
    ("CL20038", 440825.0, 6133270.0, 522.0, 305.0, -50.0, 143.08),
    ("CL24063", 440730.0, 6133506.0, 536.0, 304.0, -45.0, 201.0),
    ("CL24064", 440747.0, 6133557.0, 540.0, 304.0, -45.0, 201.0),
    ("CL24065", 440690.0, 6133478.0, 537.0, 304.0, -45.0, 186.0),
    ("CL24066", 440671.0, 6133546.0, 542.0, 304.0, -45.0, 132.0),
    ("CL24067", 440697.0, 6133411.0, 535.0, 304.0, -45.0, 240.0),
    ("CL24068", 440638.0, 6133450.0, 539.0, 305.0, -45.0, 132.0),
    ("CL24069", 440689.0, 6133597.0, 546.0, 305.0, -45.0, 93.0),
)

_WIDTH = 60.0  # m, reach of the correction that carries the surface through a published collar


def ground(x, y):
    """Elevation of the ground, m, at local coordinates; arrays of any one shape."""
    x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    height = _regional(x, y)
    for centre_x, centre_y, weight in _corrections():
        height = height + weight * np.exp(-((x - centre_x) ** 2 + (y - centre_y) ** 2) / (2.0 * _WIDTH**2))
    return height


def bedrock(x, y):
    """Elevation of the top of rock, m: the ground less 0 to 6 m of overburden."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    wave = np.sin(x / 47.0 + 1.3) * np.cos(y / 61.0 - 0.4) + 0.5 * np.sin(x / 23.0 - y / 31.0)
    return ground(x, y) - np.clip(2.6 + 2.3 * wave, 0.0, 6.0)


def _regional(x, y):
    """A gentle slope to the east that levels out, m."""
    return 540.0 - 25.0 * np.tanh((x - 450.0) / 300.0) + 0.015 * (y - 300.0) + 1.5 * np.sin(x / 70.0) * np.sin(y / 90.0)


@cache
def _corrections():
    """Local x, y and weight of the bell at each published collar, so that the surface passes through all of them."""
    table = np.array([row[1:4] for row in PUBLISHED_COLLARS])
    x, y = to_local(MINE_GRID, table[:, 0], table[:, 1])
    distance_squared = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    weights = np.linalg.solve(np.exp(-distance_squared / (2.0 * _WIDTH**2)), table[:, 2] - _regional(x, y))
    return tuple(zip(x.tolist(), y.tolist(), weights.tolist(), strict=True))

"""The simulated drilling programmes: which hole stands where, campaign by campaign as the company drilled.

Holes at published collars keep position, direction and depth and are named after them with ``-SYN``; the positions of
all others were never published and are invented, on the same 50 m fences at azimuth 305. Campaign sizes follow the
published counts (5, 2, 14, 7 and 7 holes).
"""

from dataclasses import dataclass

import numpy as np

from scandia.geometry.minegrid import to_local, to_world
from scandia.synthetic.ground import MINE_GRID, PUBLISHED_COLLARS, ground

AZIMUTH = 305.0
CAMPAIGNS = ("2019", "2020", "2021", "2022", "2024")

# Section (local y), local x of the collar, dip, depth
_INVENTED = {
    "2019": (
        (500, 437, -45, 126), (500, 480, -50, 195), (500, 525, -57, 270), (100, 600, -50, 120), (100, 500, -50, 102),
    ),
    "2021": (
        (350, 435, -45, 132), (350, 480, -50, 210), (400, 437, -45, 126), (400, 480, -50, 195), (450, 438, -45, 123),
        (450, 470, -50, 180), (550, 440, -45, 105), (550, 490, -50, 135), (600, 450, -45, 75), (190, 405, -45, 120),
        (240, 440, -45, 150), (290, 425, -45, 132), (350, 460, -47, 162), (500, 458, -47, 150),
    ),
    "2022": (
        (190, 490, -50, 243), (240, 515, -50, 291), (290, 520, -56, 303), (350, 525, -56, 291), (400, 520, -56, 267),
        (450, 525, -58, 279), (190, 525, -52, 297),
    ),
}  # fmt: skip
# The small deposit for tests: three fences across the northern end of the pyroxene ferrosyenite
_TINY = {
    "2019": ((400, 437, -45, 126), (400, 480, -50, 195)),
    "2021": ((350, 435, -45, 132), (350, 480, -50, 210)),
    "2022": ((290, 520, -56, 303), (350, 525, -56, 291), (400, 520, -56, 267)),
}
_TINY_PUBLISHED = ("CL24064", "CL24069")


@dataclass(frozen=True)
class Hole:
    """One planned hole: world collar (m), direction at the collar (degrees, dip negative down) and depth (m)."""

    name: str
    campaign: str
    easting: float
    northing: float
    elevation: float
    azimuth: float
    dip: float
    depth: float


def planned_holes(settings, generator):
    """Tuple of `Hole` in drilling order; invented collars stray a few metres from their plan, as rigs do."""
    tiny = settings.generator == "tiny"
    invented = _TINY if tiny else _INVENTED
    published = [row for row in PUBLISHED_COLLARS if not tiny or row[0] in _TINY_PUBLISHED]
    holes = []
    for campaign in CAMPAIGNS:
        for row in published:
            if row[0].startswith(f"CL{campaign[2:]}"):
                holes.append(Hole(f"{row[0]}-SYN", campaign, *row[1:]))
        for section, x, dip, depth in invented.get(campaign, ()):
            number = sum(hole.name.startswith("SYN-") for hole in holes) + 1
            holes.append(_invented_hole(f"SYN-{number:03d}", campaign, (x, section), (dip, depth), generator))
    return tuple(holes)


def _invented_hole(name, campaign, position, path, generator):
    x, y = np.array(position) + 3.0 * (2.0 * generator.random(2) - 1.0)
    easting, northing = (float(np.round(value, 1)) for value in to_world(MINE_GRID, x, y))
    elevation = float(np.round(ground(*to_local(MINE_GRID, easting, northing)), 1))
    return Hole(name, campaign, easting, northing, elevation, AZIMUTH, float(path[0]), float(path[1]))

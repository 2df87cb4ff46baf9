"""The shape of the simulated deposit: which rock stands where, as a function of local position.

Published and kept: a steep body in the mine grid N035E whose dip turns from 83° W near the ground to 70° E at depth,
55 to 135 m thick and widening downwards, about 350 m long, open below 200 m; a higher-grade pyroxene ferrosyenite in
the south and at depth; internal waste; weak amphibole ferrosyenite and barren syenite outside; narrow parallel
ferrosyenite at section 100N. Every number beyond that is invented so that CL20037 enters and leaves the body near its
published depths.
"""

import numpy as np

from scandia.synthetic.ground import bedrock, ground

ROCKS = ("AIR", "OVB", "SYEN", "AMFESYN", "FESYN", "OLFESYN", "PXFESYN", "SYENI")
AIR, OVERBURDEN, SYENITE, AMPHIBOLE, NARROW, OLIVINE, PYROXENE, INTERNAL = range(len(ROCKS))
DOMAIN_OF_ROCK = {OLIVINE: "olivine", PYROXENE: "pyroxene", INTERNAL: "internal_waste"}

DATUM = 540.0  # elevation, m, from which depths of trends and shapes count
SOUTH_END, NORTH_END = 168.0, 532.0


def centre(y, z):
    """Local x of the middle of the body, m: dips 83° W at the datum and 70° E at 220 m below it, and bends along strike."""
    depth = DATUM - z
    west, east = np.tan(np.deg2rad(7.0)), np.tan(np.deg2rad(20.0))
    turn = -west * depth + (east + west) * depth**2 / 440.0
    return 395.5 + 0.13 * (y - 450.0) - 6.0 * np.sin((y - 450.0) / 45.0) + turn


def half_thickness(y, z):
    """Half the horizontal thickness of the body across strike, m; 0 beyond its ends."""
    depth = DATUM - z
    widening = 65.5 + 0.09 * depth + 0.0005 * depth**2
    along = 1.02 - 0.13 * np.tanh((y - 350.0) / 110.0)
    wobble = 2.5 * np.sin(y / 38.0 + z / 55.0) + 2.0 * np.cos(y / 71.0 - z / 33.0)
    middle = 0.5 * (SOUTH_END + NORTH_END)
    position = np.abs(2.0 * (y - middle) / (NORTH_END - SOUTH_END))
    closing = np.sqrt(np.clip(1.0 - position**8, 0.0, None))
    return 0.5 * (widening * along + wobble) * closing


def rock_codes(points):
    """Index into `ROCKS` at local points ``(n, 3)``; int8, shape ``(n,)``."""
    x, y, z = np.asarray(points, dtype=float).T
    code = np.full(len(x), SYENITE, dtype=np.int8)
    middle, half = centre(y, z), half_thickness(y, z)
    across = x - middle
    body = (np.abs(across) < half) & (half > 1.0)
    code[_halo(across, half, y, z) & ~body] = AMPHIBOLE
    code[_narrow_sheets(x, y)] = NARROW
    code[body] = OLIVINE
    code[body & (across < _pyroxene_wall(y, z) - half)] = PYROXENE
    code[body & _internal_waste(across, half, y, z)] = INTERNAL
    top = bedrock(x, y)
    code[z > top] = OVERBURDEN
    code[z > ground(x, y)] = AIR
    return code


def internal_waste_width(y, z):
    """Horizontal width, m, of the long and of the short sheet of internal waste."""
    long_sheet = 11.3 + 2.6 * np.sin(y / 52.0 + 0.6) + 1.6 * np.cos(z / 45.0)
    taper = np.clip(np.minimum(y - 385.0, 545.0 - y) / 12.0, 0.0, 1.0)
    return long_sheet, (8.3 + 0.9 * np.sin(y / 29.0)) * taper


def _internal_waste(across, half, y, z):
    """Where the two sheets stand; they follow the body at constant shares of its half thickness."""
    long_width, short_width = internal_waste_width(y, z)
    return (np.abs(across + 0.23 * half) < 0.5 * long_width) | (np.abs(across - 0.36 * half) < 0.5 * short_width)


def _pyroxene_wall(y, z):
    """Distance of the pyroxene ferrosyenite's eastern contact from the body's western wall, m; 0 where there is none."""
    lens = 1.0 - ((y - 190.0) / 190.0) ** 2 - ((z - 330.0) / 165.0) ** 2
    return 44.0 * np.sqrt(np.clip(lens, 0.0, None)) * (y < 380.0)


def _halo(across, half, y, z):
    """Amphibole ferrosyenite along parts of both walls."""
    west = 9.0 + 8.0 * np.sin(y / 48.0 + z / 90.0)
    east = -1.0 + 9.0 * np.sin(y / 60.0 - z / 75.0 + 2.0)
    return (half > 1.0) & (((across < 0) & (-across < half + west)) | ((across > 0) & (across < half + east)))


def _narrow_sheets(x, y):
    """Parallel sheets of ferrosyenite around section 100N, 2 to 3 m wide."""
    near = np.abs(y - 105.0) < 60.0
    sheets = [(655.0, 1.7), (628.0, 2.3), (604.0, 1.2), (560.0, 2.0)]
    inside = np.zeros(len(x), dtype=bool)
    for position, width in sheets:
        inside |= near & (np.abs(x - position - 0.1 * (y - 100.0)) < 0.5 * width)
    return inside

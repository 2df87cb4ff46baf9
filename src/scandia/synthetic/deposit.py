"""The simulated deposit: grades and densities as functions of local position, and the random fields behind them.

Grade = mean of the rock + rise with depth + random field of known variogram. Samples add a white nugget to it (see
`laboratory`), blocks average it away. Means of scandium and of La, Pr, Nd and Dy inside the body follow the published
statements; densities are ASSUMED, none was published.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from scandia.synthetic.field import Field, draw_field, evaluate
from scandia.synthetic.geometry import AIR, DATUM, ROCKS, SYENITE
from scandia.units import oxide_factor
from scandia.variography.model import Structure, Variogram

# Mean oxide grades of olivine ferrosyenite at the reference depth, g/t. With the richer pyroxene ferrosyenite and the rise with
# depth, the means inside the body come to the La, Pr, Nd and Dy of the published 2021 statement; the other elements are invented
# so that the four magnet oxides are about 24.1 % of the sum.
RARE_EARTHS = {
    "La": 573.0, "Ce": 1304.0, "Pr": 151.0, "Nd": 564.0, "Sm": 109.0, "Eu": 11.5, "Gd": 80.0, "Tb": 10.7, "Dy": 62.0,
    "Ho": 12.4, "Er": 34.4, "Tm": 4.8, "Yb": 31.5, "Lu": 4.8, "Y": 323.0,
}  # fmt: skip
ELEMENTS = ("Sc", *RARE_EARTHS)
MAGNET = ("Pr", "Nd", "Tb", "Dy")
# Analyte names of the truth, all in g/t of oxide
LEAD = "sc2o3"  # the analyte whose variogram is known
OXIDES = tuple(f"{element.lower()}2o3" for element in ELEMENTS)

REFERENCE_DEPTH = 110.0  # m below the datum
SCANDIUM_RISE = 0.20  # g/t Sc2O3 per m of depth
RARE_EARTH_RISE = 0.0010  # share of the mean per m of depth
NUGGET = 900.0  # (g/t Sc2O3)^2 between samples of 1 to 1.5 m
# Partial sill in (g/t Sc2O3)^2 and ranges along x (across), y (along strike), z (vertical), m
STRUCTURES = ((1800.0, (15.0, 30.0, 25.0)), (2900.0, (45.0, 130.0, 100.0)))
FIELD_SILL = sum(sill for sill, _ in STRUCTURES)
RARE_EARTH_SPREAD = 0.17
RARE_EARTH_NUGGET = 0.05
SHARED = 0.62  # correlation of the rare earths' field with that of scandium
TILT_SPREAD = 0.05  # heavy against light rare earths


@dataclass(frozen=True)
class Rock:
    """Mean Sc2O3 (g/t), share of the field that it shows, rare earths against olivine ferrosyenite, density (t/m3, ASSUMED)."""

    scandium: float
    spread: float
    rare_earths: float
    density: float


PROPERTIES = {
    "AIR": Rock(np.nan, 0.0, np.nan, np.nan),
    "OVB": Rock(np.nan, 0.0, np.nan, 1.9),
    "SYEN": Rock(2.4, 0.0, 0.25, 2.68),
    "AMFESYN": Rock(55.0, 0.20, 0.55, 3.02),
    "FESYN": Rock(215.0, 0.45, 1.65, 3.15),
    "OLFESYN": Rock(257.0, 1.0, 1.0, 3.24),
    "PXFESYN": Rock(342.0, 1.15, 1.12, 3.37),
    "SYENI": Rock(72.0, 0.25, 0.50, 2.84),
}


@dataclass(frozen=True)
class Deposit:
    """Three random fields: scandium, the part of the rare earths that goes its own way, and the tilt of heavy against light."""

    scandium: Field
    rare_earth: Field
    tilt: Field


@cache
def draw_deposit(seed):
    """The `Deposit` that belongs to a seed."""
    generator = np.random.Generator(np.random.PCG64([seed, 1]))
    both = [(sill / FIELD_SILL, ranges) for sill, ranges in STRUCTURES]
    return Deposit(
        scandium=draw_field(generator, both),
        rare_earth=draw_field(generator, [(1.0, (35.0, 110.0, 90.0))]),
        tilt=draw_field(generator, [(1.0, (50.0, 140.0, 120.0))]),
    )


def point_grades(deposit, points, codes):
    """Oxide grades without nugget, g/t, shape ``(n, 16)`` in the order of `OXIDES`; NaN in air and overburden.

    Parameters
    ----------
    deposit : Deposit
        The random fields.
    points : (n, 3) array
        Local coordinates, m.
    codes : (n,) array
        Rock at each point, index into `geometry.ROCKS`.
    """
    depth = DATUM - np.asarray(points)[:, 2] - REFERENCE_DEPTH
    scandium_field = evaluate(deposit.scandium, points)
    own_way = evaluate(deposit.rare_earth, points)
    tilt = evaluate(deposit.tilt, points)
    mean, spread, share, _ = _rock_table()[codes].T
    scandium = mean + spread * (SCANDIUM_RISE * depth + np.sqrt(FIELD_SILL) * scandium_field)
    # Barren syenite is skewed: most of it lies near the detection limit
    scandium = np.where(codes == SYENITE, mean * np.exp(0.9 * scandium_field), scandium)
    level = 1.0 + RARE_EARTH_RISE * depth + RARE_EARTH_SPREAD * (SHARED * scandium_field + np.sqrt(1.0 - SHARED**2) * own_way)
    weight = np.linspace(-1.0, 1.0, len(RARE_EARTHS))
    pattern = np.array(list(RARE_EARTHS.values())) * (1.0 + TILT_SPREAD * tilt[:, None] * weight)
    rare_earths = pattern * (share * level)[:, None]
    return np.maximum(np.column_stack([scandium, rare_earths]), 0.0)


def point_density(codes, grades):
    """Density, t/m3, shape ``(n,)``: the rock's own, a little higher where there is more scandium (mafic minerals)."""
    mean, spread, _, density = _rock_table()[codes].T
    return np.where(codes == AIR, 0.0, density + 0.0004 * spread * np.nan_to_num(grades[:, 0] - mean))


def oxide_factors():
    """Oxide over element by mass in the order of `ELEMENTS`, shape ``(16,)``."""
    return np.array([oxide_factor(element, f"{element}2O3") for element in ELEMENTS])


def true_variogram(settings):
    """Variogram of Sc2O3 in core samples inside olivine and pyroxene ferrosyenite, (g/t)^2; the same for every seed.

    The nugget is that between samples of 1 to 1.5 m; the structures hold for points. The rise with depth comes on top.
    """
    del settings
    structures = tuple(
        Structure(kind="spherical", contribution=sill, ranges=(along, down, across), azimuth=35.0, dip=90.0, rake=0.0)
        for sill, (across, along, down) in STRUCTURES
    )
    return Variogram(nugget=NUGGET, structures=structures)


@cache
def _rock_table():
    rocks = (PROPERTIES[name] for name in ROCKS)
    return np.array([(rock.scandium, rock.spread, rock.rare_earths, rock.density) for rock in rocks])

"""The variogram: a nugget and nested structures, each with its own ranges and orientation."""

import math
from dataclasses import fields
from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings

UNBOUNDED = ("power", "linear")  # kinds whose semivariance grows for ever: they have no sill and no covariance
ONLY_FOR = {"smoothness": "matern", "exponent": "power"}  # keys that one kind alone uses


@settings
class Structure:
    """One nested structure.

    Ranges are practical: the exponential, the Gaussian and the Matérn reach 95 % of their sill there; the power and the linear
    structure, which have no sill, reach their contribution there and grow on.
    """

    kind: Literal["spherical", "exponential", "gaussian", "cubic", "matern", "power", "linear"] = setting(
        "Shape of the structure."
    )
    contribution: float = setting("Partial sill (power, linear: semivariance at the range), squared grade units.", ge=0)
    ranges: tuple[float, float, float] = setting("Range along major, semi-major and minor axis, m.", each_gt=0)
    azimuth: float = setting("Right-hand-rule strike of the major-semi plane, degrees from grid north.", default=0.0)
    dip: float = setting("Dip of that plane to the right of the strike, degrees.", default=0.0)
    rake: float = setting("Rake of the major axis below the strike, degrees.", default=0.0)
    smoothness: float = setting("Smoothness of a Matérn structure; 0.5 is the exponential.", default=1.5, gt=0, le=10)
    exponent: float = setting("Exponent of a power structure; 1 is the linear.", default=1.0, gt=0, lt=2)

    def __post_init__(self):
        for item in fields(self):
            owner = ONLY_FOR.get(item.name, self.kind)
            if owner != self.kind and getattr(self, item.name) != item.default:
                message = (
                    f"Structure.{item.name} is {getattr(self, item.name)} for the kind {self.kind}, which does not use it; only "
                    f"{owner} does. Hint: leave {item.name} out, or set kind to {owner}"
                )
                raise SettingError(message)

    @property
    def bounded(self):
        """Whether the semivariance ends at a sill."""
        return self.kind not in UNBOUNDED


@settings
class Variogram:
    """Nugget and nested structures; gamma(0) = 0."""

    nugget: float = setting("Nugget, squared grade units.", ge=0)
    structures: tuple[Structure, ...] = setting("Nested structures.")

    @property
    def bounded(self):
        """Whether the semivariance ends at a sill, so that a covariance exists."""
        return all(structure.bounded for structure in self.structures)

    @property
    def sill(self):
        """Nugget plus all contributions, squared grade units; infinite where a structure is unbounded."""
        if not self.bounded:
            return math.inf
        return self.nugget + sum(structure.contribution for structure in self.structures)


def spell_kind(structure):
    """Text of the kind of a structure, with the parameter that only this kind has."""
    own = next((key for key, kind in ONLY_FOR.items() if kind == structure.kind), None)
    return structure.kind if own is None else f"{structure.kind} ({own} {getattr(structure, own):g})"


def spell(model):
    """Text of the structures of a model: contribution, kind, ranges and angles."""
    return "; ".join(
        f"{s.contribution:.4g} {spell_kind(s)} {'/'.join(f'{r:.4g}' for r in s.ranges)} m"
        f" azimuth {s.azimuth:g} dip {s.dip:g} rake {s.rake:g}"
        for s in model.structures
    )


Models = dict[str, dict[str, Variogram]]  # domain to variable to model, azimuths against grid north

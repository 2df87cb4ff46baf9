"""The variogram: a nugget and nested structures, each with its own ranges and orientation."""

from typing import Literal

from scandia.settings import setting, settings


@settings
class Structure:
    """One nested structure. Ranges are practical: the exponential and Gaussian reach 95 % of their sill there."""

    kind: Literal["spherical", "exponential", "gaussian", "cubic"] = setting("Shape of the structure.")
    contribution: float = setting("Partial sill, squared grade units.", ge=0)
    ranges: tuple[float, float, float] = setting("Range along major, semi-major and minor axis, m.", each_gt=0)
    azimuth: float = setting("Right-hand-rule strike of the major-semi plane, degrees from grid north.", default=0.0)
    dip: float = setting("Dip of that plane to the right of the strike, degrees.", default=0.0)
    rake: float = setting("Rake of the major axis below the strike, degrees.", default=0.0)


@settings
class Variogram:
    """Nugget and nested structures; gamma(0) = 0."""

    nugget: float = setting("Nugget, squared grade units.", ge=0)
    structures: tuple[Structure, ...] = setting("Nested structures.")

    @property
    def sill(self):
        """Nugget plus all contributions, squared grade units."""
        return self.nugget + sum(structure.contribution for structure in self.structures)


Models = dict[str, dict[str, Variogram]]  # domain to variable to model, azimuths against grid north

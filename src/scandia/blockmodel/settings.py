"""The config sections of the block grid, the ground and the density."""

from typing import Literal

from scandia.settings import setting, settings


@settings
class GridSettings:
    """A regular grid of blocks in mine-grid coordinates."""

    origin: tuple[float, float, float] = setting("Lower corner of the first block, local x, y, z, m.")
    size: tuple[float, float, float] = setting("Block size along x, y, z, m.", each_gt=0)
    count: tuple[int, int, int] = setting("Number of blocks along x, y, z.", each_ge=1)


@settings
class Topography:
    """A regular grid of ground elevations."""

    file: str = setting("CSV of easting, northing, elevation on a regular world grid, below `drillholes.root`.")
    comment: str | None = setting("Lines that start with this text are skipped.", default="#")


@settings
class DensitySettings:
    """Density of the blocks by domain."""

    method: Literal["mean", "assigned"] = setting("Mean of the domain's measurements, or assigned values.")
    assigned: dict[str, float] = setting("Domain to density, t/m3, where assigned or where measurements are too few.", factory=dict)
    minimum_measurements: int = setting("Fewer measurements than this fall back on the assigned value.", default=10, ge=1)
    minimum: float = setting("Smallest plausible density, t/m3.", default=1.0, gt=0)
    maximum: float = setting("Largest plausible density, t/m3.", default=6.0, gt=0)

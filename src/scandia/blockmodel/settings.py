"""The config sections of the block grid, the ground and the density."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class GridSettings:
    """A regular grid of blocks in mine-grid coordinates."""

    origin: tuple[float, float, float] = setting("Lower corner of the first block, local x, y, z, m.")
    size: tuple[float, float, float] = setting("Block size along x, y, z, m.", each_gt=0)
    count: tuple[int, int, int] = setting("Number of blocks along x, y, z.", each_ge=1)


@settings
class Chunks:
    """How the estimate is shared out among jobs."""

    blocks: int = setting(
        "Blocks of one job of the estimate, at most: whole layers, or whole rows where a layer is larger. The list of jobs comes "
        "of this and the grid alone, and no number depends on it.",
        default=500_000,
        ge=1,
    )


@settings
class Topography:
    """The ground that cuts the blocks: a surveyed grid, or a surface through the collars where there is none."""

    source: Literal["file", "collars"] = setting("A file of elevations, or the collars of the holes.", default="file")
    file: str | None = setting(
        "CSV of easting, northing, elevation on a regular grid, or triangles (OBJ, STL, PLY, VTK, DXF, OMF) in the world, "
        "below `drillholes.root`.",
        default=None,
    )
    element: str | None = setting("Layer of a DXF or element of an OMF, where the file has several.", default=None)
    comment: str | None = setting(
        "Lines of the file that start with this text, such as '#', are skipped and counted; null skips none.", default=None
    )
    spacing: float = setting("Distance of the nodes of a surface through the collars, m.", default=25.0, gt=0)
    margin: float = setting("How far a surface through the collars reaches beyond them, m.", default=500.0, ge=0)

    def __post_init__(self):
        if (self.source == "file") != (self.file is not None):
            message = "topography: source file needs a file, and source collars takes none"
            raise SettingError(message)


@settings
class DensityRegression:
    """A straight line of density on one analyte, domain by domain."""

    analyte: str = setting("Analyte; an estimated one, where the line gives the density of blocks.")
    apply: bool = setting("Blocks take their density from the line at their grade, not from the domain's mean.", default=False)
    minimum_pairs: int = setting("Domains with fewer pairs of density and grade have no line.", default=20, ge=3)
    confidence: float = setting("Of the intervals of slope and prediction.", default=0.95, gt=0.5, lt=1)


@settings
class DensitySettings:
    """Density of the blocks by domain."""

    method: Literal["mean", "assigned"] = setting("Mean of the domain's measurements, or assigned values.")
    assigned: dict[str, float] = setting("Domain to density, t/m3, where assigned or measurements are too few.", factory=dict)
    minimum_measurements: int = setting("Fewer measurements than this fall back on the assigned value.", default=10, ge=1)
    minimum: float = setting("Smallest plausible density, t/m3.", default=1.0, gt=0)
    maximum: float = setting("Largest plausible density, t/m3.", default=6.0, gt=0)
    outlier_rule: Literal["none", "tukey", "mad"] = setting(
        "What is an outlier of a domain: beyond its quartiles by 1.5 times their distance (tukey), or from its median by 3.5 "
        "times the median absolute deviation, scaled to a normal deviation (mad).",
        default="tukey",
    )
    outliers: Literal["keep", "exclude"] = setting(
        "Outliers count in the domain's statistics, or do not; both lists them.", default="keep"
    )
    factor: float = setting("Factor on the density of all blocks; for sensitivities.", default=1.0, gt=0)
    regression: DensityRegression | None = setting("Density as a line on one analyte.", default=None)


@settings
class Overburden:
    """The base of transported or leached ground: everything above it is in no domain."""

    file: str = setting("Surface of its base, a CSV grid or triangles as for the topography, below `drillholes.root`.")
    element: str | None = setting("Layer of a DXF or element of an OMF, where the file has several.", default=None)
    comment: str | None = setting(
        "Lines of a CSV that start with this text, such as '#', are skipped and counted; null skips none.", default=None
    )

    @property
    def source(self):
        """Where the surface comes from, as for the topography."""
        return "file"

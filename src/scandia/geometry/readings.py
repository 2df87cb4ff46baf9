"""The config keys of structural readings: where they come from, and how they are averaged."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class Readings:
    """Structural readings, from which search and variogram take their orientation block by block."""

    source: Literal["readings", "surface", "solid"] = setting(
        "Readings of a table; the triangles of a surface, weighted by their area; or the domain's own solid between the holes, "
        "whose sides at the logged contacts are read.",
        default="readings",
    )
    file: str | None = setting(
        "Of readings: CSV of azimuth (right-hand-rule strike, degrees from grid north), dip (0 to 180, to the right of it), rake "
        "of the major axis (below the strike), and easting, northing, elevation or mine-grid x, y, z, m. Of a surface: Wavefront "
        "OBJ of triangles or polygons in easting, northing, elevation, m. Below `drillholes.root`.",
        default=None,
    )
    comment: str | None = setting(
        "Lines of the CSV that start with this text, such as '#', are skipped and counted; null skips none.", default=None
    )
    rake: float = setting(
        "Rake of the major axis in the plane of a surface or solid, degrees below the strike.", default=0.0, ge=-180, le=180
    )
    azimuth: float | None = setting(
        "Of the two strikes of such a plane the rake is taken from the one nearer to this, degrees from grid north, so that the "
        "major axis keeps plunging the same way where a body turns through the vertical; without it from the right-hand-rule "
        "strike.",
        default=None,
        ge=-360,
        le=360,
    )
    neighbours: int = setting(
        "Readings that each block uses, the nearest; the weight of one fades to nothing as another takes its place.",
        default=8,
        ge=1,
    )
    power: float = setting("Power of the inverse distance that weighs them.", default=2.0, gt=0)

    def __post_init__(self):
        """Refuse a source without its file, and a file that the source does not read."""
        if (self.source == "solid") != (self.file is None):
            message = (
                f"Readings.source is {self.source!r} and file is {self.file!r}; readings and surfaces need a file, the solid of "
                "the domain has none"
            )
            raise SettingError(message)

    @property
    def words(self):
        """What is read, in words."""
        return {
            "readings": f"the structural readings of {self.file}",
            "surface": f"the triangles of the surface {self.file}",
            "solid": "the sides of the domain's own solid",
        }[self.source]

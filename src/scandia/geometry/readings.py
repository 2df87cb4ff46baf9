"""The config keys of structural readings: a table of them, and how they are averaged."""

from scandia.settings import setting, settings


@settings
class Readings:
    """Structural readings, from which search and variogram take their orientation block by block."""

    file: str = setting(
        "CSV of azimuth (right-hand-rule strike, degrees from grid north), dip (0 to 180, to the right of it), rake of the major "
        "axis (below the strike), and easting, northing, elevation or mine-grid x, y, z, m; below `drillholes.root`."
    )
    comment: str | None = setting("Lines of the file that start with this text are skipped.", default="#")
    neighbours: int = setting(
        "Readings that each block uses, the nearest; the weight of one fades to nothing as another takes its place.",
        default=8,
        ge=1,
    )
    power: float = setting("Power of the inverse distance that weighs them.", default=2.0, gt=0)

"""The config sections of capping and declustering."""

from scandia.settings import setting, settings


@settings
class Cap:
    """A top cut, with the geologist's reason."""

    value: float = setting("Values above are set to this, in the analyte's unit.", gt=0)
    reason: str = setting("Why, in a sentence; it stands in the statement's footnotes.")
    who: str = setting("Who decided.")


@settings
class Declustering:
    """Cell declustering over a scan of cell sizes and many origins."""

    size: float = setting("Cell size along y that gives the weights, m; close to the spacing of the sparse drilling.", gt=0)
    ratios: tuple[float, float, float] = setting("Cell size along x, y, z relative to it.", default=(1.0, 1.0, 1.0), each_gt=0)
    smallest: float = setting("Smallest cell size of the scan, m.", gt=0)
    largest: float = setting("Largest cell size of the scan, m.", gt=0)
    sizes: int = setting("Number of sizes in the scan.", default=20, ge=2)
    origins: int = setting("Number of origins along each axis.", default=5, ge=1)


@settings
class Statistics:
    """Statistics, capping and declustering."""

    declustering: Declustering = setting("Cell declustering.")
    caps: dict[str, dict[str, Cap]] = setting("Domain to analyte to cap; empty: no cap.", factory=dict)

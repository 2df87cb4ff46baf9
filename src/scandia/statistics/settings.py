"""The config sections of contacts, capping and declustering."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class Cap:
    """A top cut, with the geologist's reason."""

    value: float = setting("Values above are set to this, in the analyte's unit.", gt=0)
    reason: str = setting("Why, in a sentence; it stands in the statement's footnotes.")
    who: str = setting("Who decided.")


@settings
class CellOrientation:
    """Turned cells: the plane of the drilling's continuity, along whose axes the sides lie."""

    azimuth: float = setting("Right-hand-rule strike, degrees from grid north: the direction of the cell's y.", ge=-360, le=360)
    dip: float = setting("Dip to the right of the strike, degrees: the direction of the cell's z.", default=90.0, ge=0, le=180)
    rake: float = setting("Turn of y and z in that plane, below the strike, degrees.", default=0.0, ge=-180, le=180)


@settings
class Declustering:
    """Declustering by cells, by nearest nodes or by kriging of the mean, and the scan of cell sizes."""

    method: Literal["cells", "nearest", "kriging"] = setting(
        "What gives the weights: cells; the nodes of a fine grid nearest to each composite; or kriging of the mean.",
        default="cells",
    )
    size: float = setting("Cell size along y that gives the weights, m; close to the spacing of the sparse drilling.", gt=0)
    ratios: tuple[float, float, float] = setting("Cell size along x, y, z relative to it.", default=(1.0, 1.0, 1.0), each_gt=0)
    orientation: CellOrientation | None = setting("Turned cells; null: along the mine grid.", default=None)
    smallest: float = setting("Smallest cell size of the scan, m.", gt=0)
    largest: float = setting("Largest cell size of the scan, m.", gt=0)
    sizes: int = setting("Number of sizes in the scan.", default=20, ge=2)
    origins: int = setting("Number of origins along each axis.", default=5, ge=1)
    nugget: float = setting(
        "Share of the nugget in the spherical model of kriging of the mean, whose ranges are the cell.", default=0.1, gt=0, le=1
    )
    most_kriged: int = setting(
        "Domains of more composites than this are not compared with kriging of the mean, which solves them all at once.",
        default=2000,
        ge=0,
    )


@settings
class Contacts:
    """Contact analysis, and what a soft boundary cites from it."""

    step: float = setting("Width of the distance bins, m along the hole.", default=3.0, gt=0)
    reach: float = setting("How far from a contact is looked, m along the hole.", default=15.0, gt=0)
    soft_reasons: dict[str, dict[str, str]] = setting(
        "Domain of the block to domain of the sample to a sentence that cites the contact analysis; every soft boundary of "
        "`estimation.boundaries` needs one.",
        factory=dict,
    )

    def __post_init__(self):
        for target, others in self.soft_reasons.items():
            for other, reason in others.items():
                if not reason.strip():
                    message = f"Contacts.soft_reasons['{target}']['{other}'] is empty; it must cite the contact analysis"
                    raise SettingError(message)


@settings
class Statistics:
    """Statistics, contacts, capping and declustering."""

    declustering: Declustering = setting("Declustering.")
    contacts: Contacts = setting("Contact analysis.", factory=Contacts)
    caps: dict[str, dict[str, Cap]] = setting("Domain to analyte to cap; empty: no cap.", factory=dict)

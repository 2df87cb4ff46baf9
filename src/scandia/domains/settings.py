"""The config section of domains and of the solid between the holes."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class Selection:
    """Intervals chosen by their grade: a shell, or economic composites with internal dilution."""

    analyte: str = setting("Analyte of the cut-off.")
    cutoff: float = setting("Intervals at or above this belong to the domain, in the analyte's unit.")
    minimum_length: float = setting("Shortest stretch, m.", default=0.0, ge=0)
    maximum_dilution: float = setting(
        "Weaker or unassayed ground that is carried between stretches, m, where the whole still reaches the cut-off.",
        default=0.0,
        ge=0,
    )
    lithology: tuple[str, ...] = setting("Only ground logged with one of these codes; empty: any ground.", default=())


@settings
class SolidFile:
    """A closed solid, interpreted elsewhere."""

    file: str = setting("OBJ, STL, PLY, VTK, DXF or OMF, below `drillholes.root`.")
    element: str | None = setting("Layer of a DXF or element of an OMF, where the file has several.", default=None)
    coordinates: Literal["world", "local"] = setting("World coordinates, or those of the mine grid.", default="world")
    inward: bool = setting("The file's triangles face inwards and are turned.", default=False)


@settings
class Domain:
    """One estimation domain, and where it comes from: logged codes, a rule of grades, or a solid."""

    code: int = setting("Integer code in tables and in the block model.", ge=1, le=127)
    label: str = setting("Name in tables and pictures.")
    lithology: tuple[str, ...] = setting("Logged codes of the lithology table that belong to the domain.", default=())
    select: Selection | None = setting("A rule of grades that chooses its intervals.", default=None)
    solid: SolidFile | None = setting("A closed solid from a file.", default=None)
    priority: int = setting(
        "Where domains overlap, the higher one cuts the others out; at equal priority a solid goes before a rule, a rule before "
        "logged codes, and the lower code first.",
        default=0,
        ge=-1000,
        le=1000,
    )
    estimate: bool = setting("Grades are estimated in this domain, and it can be reported.", default=True)

    @property
    def logged(self):
        """Whether logged codes choose it, or hold its rule."""
        return bool(self.lithology or (self.select is not None and self.select.lithology))


@settings
class Implicit:
    """Interpolation of signed distances to the logged contacts, one field per domain; the largest wins."""

    azimuth: float = setting("Right-hand-rule strike of the structure, degrees from grid north.", ge=-360, le=360)
    dip: float = setting("Dip of the structure to the right of the strike, degrees.", ge=0, le=180)
    rake: float = setting("Rake of the longest axis below the strike, degrees.", default=0.0, ge=-180, le=180)
    ratios: tuple[float, float, float] = setting("Relative continuity along major, semi-major and minor axis.", each_gt=0)
    kernel: Literal["linear", "cubic", "thin_plate_spline"] = setting("Radial basis function.", default="linear")
    neighbours: int = setting(
        "Nearest contact points that each value uses where there are more than all_points.", default=60, ge=10
    )
    all_points: int = setting(
        "Up to this many contact points every value uses all of them, and the fields are smooth; beyond, only its neighbours.",
        default=5000,
        ge=0,
    )
    spacing: float = setting("Distance of the points along the holes, m.", default=5.0, gt=0)
    clip: float = setting("Signed distances are held between minus and plus this, m.", default=50.0, gt=0)
    smoothing: float = setting("Smoothing of the interpolator; 0 honours every point.", default=0.0, ge=0)
    reach: float = setting("Blocks farther than this from every logged interval stay unassigned, m.", gt=0)
    offset: float = setting(
        "Metres by which the solid is dilated against the host rock, or eroded where negative, measured as the signed distances "
        "are. For sensitivities: contacts are no longer honoured.",
        default=0.0,
        ge=-50,
        le=50,
    )
    tolerance: float = setting("A logged contact is honoured where the solid's lies within this of it, m.", default=0.5, gt=0)
    uncertainty_groups: int = setting(
        "Groups of holes that are left out in turn to tell the uncertainty of the volume; 0: it is not told.",
        default=10,
        ge=0,
    )


@settings
class Domains:
    """The domains, the solid that carries logged ones between the holes, and how their volume is counted."""

    domains: dict[str, Domain] = setting("Domain name (letters, digits, `_` and `-`) to definition.")
    implicit: Implicit | None = setting(
        "The solid between the holes of all domains that are logged or chosen by a rule.", default=None
    )
    subcells: tuple[int, int, int] = setting(
        "Points per block along x, y, z that count volume fractions.", default=(4, 4, 4), each_ge=1
    )
    stable: float = setting(
        "Share by which no domain's volume may change when sub-cells are counted half as fine again along each axis; else the "
        "finer count is taken, and so on. 0: not refined.",
        default=0.005,
        ge=0,
        lt=1,
    )
    finest: int = setting("Most sub-cells along one axis of a block.", default=16, ge=1, le=64)

    def __post_init__(self):
        kinds = {
            "name": ["outside", "all", *self.domains],
            "code": [domain.code for domain in self.domains.values()],
            "logged code": [code for domain in self.domains.values() for code in domain.lithology],
        }
        for kind, given in kinds.items():
            twice = [value for value in given if given.count(value) > 1]
            if twice:
                own = "each has its own; 'outside' is the host rock and 'all' the total"
                message = f"Domains.domains: the {kind} {twice[0]!r} is taken twice; {own}"
                raise SettingError(message)
        for name, domain in self.domains.items():
            given = [key for key in ("lithology", "select", "solid") if getattr(domain, key)]
            if len(given) != 1:
                message = (
                    f"Domains.domains.{name} has {' and '.join(given) or 'no source'}; it must have exactly one of lithology, "
                    "select and solid"
                )
                raise SettingError(message)
        if self.implicit is None and any(domain.solid is None for domain in self.domains.values()):
            message = "Domains.implicit is missing; domains that are logged or chosen by a rule need it between the holes"
            raise SettingError(message)

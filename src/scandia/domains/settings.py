"""The config section of domains and of the solid between the holes."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class Domain:
    """One estimation domain and the logged codes that belong to it."""

    code: int = setting("Integer code in tables and in the block model.", ge=1, le=127)
    label: str = setting("Name in tables and pictures.")
    lithology: tuple[str, ...] = setting("Logged codes of the lithology table that belong to the domain.")
    estimate: bool = setting("Grades are estimated in this domain, and it can be reported.", default=True)


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


@settings
class Domains:
    """Domains by logged code, and the solid that carries them between the holes."""

    domains: dict[str, Domain] = setting("Domain name to definition.")
    implicit: Implicit = setting("The solid between the holes.")
    subcells: tuple[int, int, int] = setting(
        "Points per block along x, y, z that count volume fractions.", default=(4, 4, 4), each_ge=1
    )

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

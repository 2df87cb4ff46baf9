"""The config section of estimation."""

from typing import Literal

from scandia.errors import SettingError
from scandia.geometry.readings import Readings
from scandia.kriging.high_grade import HighGrade
from scandia.kriging.search import Search
from scandia.settings import setting, settings


@settings
class Boundaries:
    """Soft boundaries; every pair that is not named is hard. A pair named one way only is soft one way only."""

    soft: dict[str, dict[str, float]] = setting(
        "Domain of the block to domain of the sample to a distance, m: samples of the other domain not farther than this from "
        "the nearest sample of the block's domain are used too.",
        factory=dict,
    )

    def __post_init__(self):
        """Refuse distances that are not positive, and a domain soft against itself."""
        for target, others in self.soft.items():
            for other, distance in others.items():
                if other == target or not distance > 0.0:
                    message = (
                        f"Boundaries.soft['{target}']['{other}'] is {distance}; it must be above 0 m, between different domains"
                    )
                    raise SettingError(message)


@settings
class Estimation:
    """Variables, search, block support, and the choices that other programs hide."""

    variables: tuple[str, ...] = setting("Analytes that are estimated; the first one leads the pictures and the classification.")
    search: Search = setting("Search of domains without one of their own.")
    domain_searches: dict[str, Search] = setting("Domain to its own search.", factory=dict)
    orientations: dict[str, Readings] = setting(
        "Domain to structural readings that turn its search and its variogram together, block by block; the angles of both are "
        "then not used.",
        factory=dict,
    )
    discretisation: tuple[int, int, int] = setting("Points per block along x, y, z.", default=(4, 4, 4), each_ge=1, each_le=8)
    own_points: bool = setting(
        "The part of a block in a domain is averaged over the discretisation points inside that domain, not over all points of "
        "the block; `domains.subcells` must then equal `discretisation`.",
        default=False,
    )
    inverse_distance_power: float = setting("Power of the inverse-distance check estimate.", default=2.0, gt=0)
    negative_weights: Literal["keep", "zero_and_rescale"] = setting(
        "Negative weights are kept, or set to zero and the others rescaled to the sum of one; their sum before is stored.",
        default="keep",
    )
    boundaries: Boundaries = setting(
        "Samples of other domains that a domain may use; none where it says nothing.", factory=Boundaries
    )
    high_grade: dict[str, dict[str, HighGrade]] = setting(
        "Domain to analyte to a restriction of its high grades; empty: none.", factory=dict
    )
    duplicates: Literal["error", "merge"] = setting(
        "Composites at one place stop the run, or become one with their mean, listed in `kriging/merged.csv`.", default="error"
    )
    duplicate_distance: float = setting(
        "Composites not farther apart than this, m, are at one place, directly or through others, where they are merged.",
        default=1e-6,
        ge=1e-6,
    )

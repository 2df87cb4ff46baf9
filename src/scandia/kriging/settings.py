"""The config section of estimation."""

from typing import Literal

from scandia.kriging.search import Search
from scandia.settings import setting, settings


@settings
class Estimation:
    """Variables, search and block support."""

    variables: tuple[str, ...] = setting("Analytes that are estimated; the first one leads the pictures and the classification.")
    search: Search = setting("Search of domains without one of their own.")
    domain_searches: dict[str, Search] = setting("Domain to its own search.", factory=dict)
    discretisation: tuple[int, int, int] = setting("Points per block along x, y, z.", default=(4, 4, 4), each_ge=1, each_le=8)
    inverse_distance_power: float = setting("Power of the inverse-distance check estimate.", default=2.0, gt=0)
    negative_weights: Literal["keep"] = setting(
        "Policy for negative weights: they are kept and their sum is stored.", default="keep"
    )
    boundaries: Literal["hard"] = setting("Samples of other domains are never used.", default="hard")

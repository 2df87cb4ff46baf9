"""The config section of estimation."""

from typing import Literal

from scandia.errors import SettingError
from scandia.geometry.readings import Readings
from scandia.kriging.high_grade import HighGrade
from scandia.kriging.search import Search
from scandia.settings import setting, settings
from scandia.vocabulary import METHODS


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
class Estimator:
    """How a variable is estimated in a domain; search, pieces and diagnostics are the same for all."""

    method: Literal["ordinary", "simple", "linear_drift", "external_drift", "inverse_distance", "nearest"] = setting(
        "Kriging with an unknown mean (ordinary), a known mean (simple), a trend linear in x, y and z (linear_drift) or in other "
        "variables (external_drift); or no kriging: inverse distance, nearest neighbour.",
        default="ordinary",
    )
    mean: float | None = setting("The known mean, in grade units, for simple kriging.", default=None)
    drift: tuple[str, ...] = setting(
        "The variables of an external drift, which `variables` names before this one: known at the composites, and at the "
        "blocks by their estimates. Composites without them are not used, blocks without them get no estimate.",
        default=(),
    )
    power: float | None = setting(
        "Power of the inverse distance in this domain; `inverse_distance_power` where it is not given.", default=None, gt=0, le=16
    )

    def __post_init__(self):
        """Refuse a mean or a drift that the method does not take, or lacks."""
        if (self.method == "simple") != (self.mean is not None):
            message = (
                f"Estimator.method is {self.method!r} and mean is {self.mean}; simple kriging needs a mean, no other takes one"
            )
            raise SettingError(message)
        if (self.method == "external_drift") != bool(self.drift):
            message = (
                f"Estimator.method is {self.method!r} and drift is {list(self.drift)}; an external drift needs a variable at "
                "least, no other method takes one"
            )
            raise SettingError(message)


@settings
class Audit:
    """Blocks whose weights are written down: which composites made the estimate, and with which weights."""

    blocks: tuple[tuple[int, int, int], ...] = setting(
        "Blocks by their numbers along x, y, z, from 0 at the origin of the grid.", default=()
    )
    points: tuple[tuple[float, float, float], ...] = setting("Blocks that hold these mine-grid points x, y, z, m.", default=())
    random: int = setting("This many blocks, drawn among those with an estimate.", default=0, ge=0, le=1000)
    seed: int = setting("Seed of the draw.", default=1, ge=0)

    @property
    def asked(self):
        """Whether any block is asked for."""
        return bool(self.blocks or self.points or self.random)


@settings
class Estimation:
    """Variables, search, block support, and the choices that other programs hide."""

    variables: tuple[str, ...] = setting("Analytes that are estimated; the first one leads the pictures and the classification.")
    search: Search = setting("Search of domains without one of their own.")
    domain_searches: dict[str, Search] = setting("Domain to its own search.", factory=dict)
    estimator: Estimator = setting("Estimator where a domain has none of its own.", factory=Estimator)
    estimators: dict[str, dict[str, Estimator]] = setting("Domain to analyte to its own estimator.", factory=dict)
    orientations: dict[str, Readings] = setting(
        "Domain to structural readings that turn its search and its variogram together, block by block; the angles of both are "
        "then not used.",
        factory=dict,
    )
    discretisation: tuple[int, int, int] = setting("Points per block along x, y, z.", default=(4, 4, 4), each_ge=1, each_le=8)
    own_points: bool = setting(
        "The part of a block in a domain is averaged over the discretisation points inside that domain, not over all points of "
        "the block, each in full, also where the ground cuts its sub-cell; `domains.subcells` must then equal `discretisation`.",
        default=False,
    )
    inverse_distance_power: float = setting("Power of the inverse-distance check estimate.", default=2.0, gt=0, le=16)
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

    def estimator_of(self, domain, variable):
        """The `Estimator` of a variable in a domain."""
        return self.estimators.get(domain, {}).get(variable, self.estimator)

    def methods(self, variable, domains):
        """The methods that estimate a variable in the domains, in words."""
        return " or ".join(dict.fromkeys(METHODS[self.estimator_of(domain, variable).method] for domain in domains))

"""The config section of variography."""

from dataclasses import replace
from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings
from scandia.variography.model import Variogram

DOWNHOLE = "downhole"
AXES = ("major", "semi", "minor")
UNWEIGHTED = ("dowd", "genton")  # estimators of medians and quantiles, which need every difference and know no weights


@settings
class Lags:
    """Lags and tolerances of one family of directional variograms."""

    lag: float = setting("Lag distance, m.", gt=0)
    count: int = setting("Number of lags.", ge=2)
    tolerance: float = setting("Half width of a lag as a share of the lag distance.", default=0.5, gt=0, le=1)
    angle: float = setting("Angular tolerance, degrees.", default=22.5, gt=0, le=90)
    bandwidth: float = setting("Largest distance from the axis, m; with a vertical bandwidth, to either side of it.", gt=0)
    vertical_bandwidth: float | None = setting(
        "Largest distance above or below the axis, m; none: `bandwidth`, all round.", default=None, gt=0
    )


@settings
class Exploration:
    """Variogram maps and fans in the three planes of each fitted domain's orientation."""

    step: float = setting("Degrees between the directions of a fan.", default=15.0, gt=0, le=90)
    lag: float | None = setting("Lag of the fans and side of the maps' cells, m; none: that of `semi`.", default=None, gt=0)
    count: int | None = setting("Lags of the fans, cells on each side of the maps; none: that of `semi`.", default=None, ge=2)
    angle: float | None = setting("Angular tolerance of the fans, degrees; none: that of `semi`.", default=None, gt=0, le=90)
    bandwidth: float | None = setting("Bandwidth of fans, half thickness of maps, m; none: that of `semi`.", default=None, gt=0)

    def lags(self, other):
        """Lags like the given ones but for what stands here."""
        own = {key: getattr(self, key) for key in ("lag", "count", "angle", "bandwidth")}
        return replace(other, **{key: value for key, value in own.items() if value is not None})


@settings
class Bootstrap:
    """Intervals of the fitted parameters from holes drawn anew."""

    replicates: int = setting("Draws of holes; 0 makes no intervals.", default=100, ge=0)
    level: float = setting("Share of the replicates that an interval holds.", default=0.9, gt=0, lt=1)
    seed: int = setting("Seed of the draws.", default=1, ge=0)


@settings
class DomainVariography:
    """Where the variogram of one domain comes from."""

    source: Literal["fit", "model", "borrow"] = setting(
        "Fit to this domain's experimental variograms, take `models`, or borrow another domain's model, scaled so that it "
        "expects the variance that the composites here show."
    )
    borrow_from: str | None = setting("Domain whose shape is borrowed.", default=None)
    models: dict[str, Variogram] = setting("Variable to model; a model given here always wins over fit and borrow.", factory=dict)
    azimuth: float = setting("Right-hand-rule strike of the major-semi plane, degrees from grid north.", default=0.0)
    dip: float = setting("Dip of that plane, degrees.", default=0.0)
    rake: float = setting("Rake of the major axis, degrees.", default=0.0)


@settings
class Variography:
    """Experimental variograms and the nested model."""

    downhole: Lags = setting("Lags along the holes; the lag is the composite length.")
    major: Lags = setting("Lags along the major axis.")
    semi: Lags = setting("Lags along the semi-major axis.")
    minor: Lags = setting("Lags along the minor axis.")
    estimator: Literal[
        "traditional",
        "pairwise_relative",
        "general_relative",
        "correlogram",
        "covariance",
        "madogram",
        "cressie_hawkins",
        "dowd",
        "genton",
        "normal_scores",
    ] = setting(
        "Estimator of the semivariance; whatever its own scale, the fit is to semivariances in squared grade units.",
        default="traditional",
    )
    weigh_pairs: bool = setting("A pair weighs the product of its composites' declustering weights.", default=False)
    kinds: tuple[Literal["spherical", "exponential", "gaussian", "cubic"], ...] = setting(
        "Kinds of the nested structures that are fitted.", default=("spherical", "spherical")
    )
    weights: Literal["hole_pairs", "pairs_by_squared_distance", "pairs"] = setting(
        "Weight of a lag in the fit: its pairs of holes, with relative residuals; or its pairs (over the squared distance), the "
        "weights of each direction adding up to one.",
        default="hole_pairs",
    )
    sill_tolerance: float = setting(
        "A fitted sill stays within this share of the domain's declustered variance.", default=0.25, ge=0, lt=1
    )
    nugget: Literal["downhole", "free"] = setting(
        "A fitted nugget is extrapolated from the downhole variogram alone, or is fitted with the rest.", default="downhole"
    )
    anisotropy: Literal["common", "free"] = setting(
        "Fitted structures share the ratios of their ranges, or each has ratios of its own, which few data can tell.",
        default="common",
    )
    range_factor: float = setting(
        "Factor on the ranges of every model, however it came about; for sensitivities.", default=1.0, gt=0
    )
    sill_factor: float = setting(
        "Factor on the contributions of the structures of every model, while its nugget stays; for sensitivities.",
        default=1.0,
        gt=0,
    )
    minimum_pairs: int = setting("Lags with fewer pairs are drawn hollow and not fitted.", default=30, ge=1)
    exploration: Exploration = setting("Variogram maps and fans.", factory=Exploration)
    bootstrap: Bootstrap = setting("Intervals of the fitted parameters.", factory=Bootstrap)
    domains: dict[str, DomainVariography] = setting("Estimated domain to its variogram's source.")

    def __post_init__(self):
        if self.weigh_pairs and self.estimator in UNWEIGHTED:
            message = (
                f"Variography.weigh_pairs is true, but the estimator {self.estimator} takes medians or quantiles of all "
                "differences and has no weights. Hint: set weigh_pairs to false, or take cressie_hawkins"
            )
            raise SettingError(message)

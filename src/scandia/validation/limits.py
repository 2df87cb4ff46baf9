"""The limits of every check of the model: from where on it warns, and from where on it fails."""

from scandia.errors import SettingError
from scandia.settings import setting, settings

# What is judged: the size of the number, how many times it is larger or smaller than 1, or how low it is; the rest by size
BY_FACTOR = ("error_variance", "point_variance", "block_variance")
BY_LOSS = ("cross_validation_slope", "smoothing", "slope", "efficiency")
BY_EXCESS = ("excess_variance",)  # a ratio of which only too much is bad
IN_POINTS = ("coverage",)  # a difference of two shares, in percentage points
NEVER_NEGATIVE = ("swath", "negative_estimates", "unestimated")  # shares without a sign
NEVER_POSITIVE = ("negative_weights",)


def _limit(words, default):
    """A pair of limits as a setting."""
    return setting(f"{words} Warns from the first, fails from the second.", default=default, each_ge=0)


Pair = tuple[float, float]


@settings
class Limits:
    """Pairs of numbers: a check warns from the first, and fails from the second.

    Sources: [G1] GEOVIA, statistical validation (5 and 10 % of global bias); [I1] Isatis, validation of grade-tonnage curves (5
    to 10 % near the cut-off); [H] a habit of the trade; [own] a choice of scandia, because no source gives a number.
    """

    bias: Pair = _limit("Global bias against declustered composites or nearest neighbour, share, by size [G1].", (0.05, 0.10))
    swath: Pair = _limit(
        "Mean difference of the slices from their declustered composites, weighted by tonnage, as a share of the mean [own].",
        (0.10, 0.20),
    )
    cross_validation_bias: Pair = _limit("Bias of cross-validation, share, by size [G1].", (0.05, 0.10))
    cross_validation_slope: Pair = _limit(
        "Slope of true on estimated grade of cross-validation; lower is worse [own].", (0.80, 0.50)
    )
    error_variance: Pair = _limit(
        "Mean of squared error over kriging variance of cross-validation: how many times larger or smaller than 1 [own].",
        (1.25, 2.0),
    )
    coverage: Pair = _limit("Share of errors within the 50, 80 or 90 % interval less that share, by size [own].", (0.05, 0.10))
    point_variance: Pair = _limit(
        "Sill of the variogram over the variance of the declustered composites: how many times larger or smaller than 1 [own].",
        (1.25, 2.0),
    )
    block_variance: Pair = _limit(
        "Variance of the estimated blocks over the one that kriging should leave them: how many times larger or smaller [own].",
        (1.5, 2.5),
    )
    smoothing: Pair = _limit(
        "Variance of the estimated blocks over that of true blocks by the variogram; lower is smoother [own].", (0.50, 0.25)
    )
    excess_variance: Pair = _limit(
        "The same ratio where it is above 1: estimates cannot vary more than true blocks; higher is worse [own].", (1.10, 1.25)
    )
    change_of_support: Pair = _limit(
        "Metal above the cut-off of the estimate less that of the discrete Gaussian model, share of the latter, by size [I1].",
        (0.05, 0.10),
    )
    negative_estimates: Pair = _limit("Volume with a negative estimate, share of the estimated [own].", (0.0, 0.001))
    unestimated: Pair = _limit("Tonnage without an estimate, share of the domain [own].", (0.01, 0.10))
    negative_weights: Pair = _limit("Mean sum of the negative weights of a block, by size [H].", (0.05, 0.10))
    slope: Pair = _limit(
        "Mean slope of regression of Measured and Indicated blocks, of all where there are none; lower is worse [H].",
        (0.80, 0.60),
    )
    efficiency: Pair = _limit("Mean kriging efficiency of the same blocks; lower is worse [H].", (0.30, 0.0))

    def __post_init__(self):
        """Refuse pairs in the wrong order, and factors below 1."""
        for name in type(self).__dataclass_fields__:
            warn, fail = getattr(self, name)
            wrong = warn < fail if name in BY_LOSS else warn > fail
            factor = name in (*BY_FACTOR, *BY_EXCESS)
            if wrong or (factor and warn < 1.0):
                order = "the second at most the first" if name in BY_LOSS else "the second at least the first"
                order += ", both 1 or more" if factor else ""
                message = f"Limits.{name} is {[warn, fail]}; it must be two numbers, {order}"
                raise SettingError(message)

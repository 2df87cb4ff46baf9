"""The limits of every check of the model: from where on it warns, and from where on it fails."""

from scandia.errors import SettingError
from scandia.settings import setting, settings

BY_SIZE, BY_FACTOR, BY_LOSS = "size", "factor", "loss"


def _limit(words, default, *, how=BY_SIZE, percent=True):
    """A pair of limits; ``how`` says what is judged: the size of the number, its factor from 1, or how low it is."""
    field = setting(f"{words} Warns from the first, fails from the second.", default=default, each_ge=0)
    field.metadata = {**field.metadata, "how": how, "percent": percent}
    return field


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
        "Slope of true on estimated grade of cross-validation; lower is worse [own].", (0.80, 0.50), how=BY_LOSS, percent=False
    )
    error_variance: Pair = _limit(
        "Variance of the standardised errors of cross-validation: how many times larger or smaller than 1 [own].",
        (1.25, 2.0),
        how=BY_FACTOR,
        percent=False,
    )
    coverage: Pair = _limit("Share of errors within the 50, 80 or 90 % interval less that share, by size [own].", (0.05, 0.10))
    point_variance: Pair = _limit(
        "Sill of the variogram over the variance of the declustered composites: how many times larger or smaller than 1 [own].",
        (1.25, 2.0),
        how=BY_FACTOR,
        percent=False,
    )
    block_variance: Pair = _limit(
        "Variance of the estimated blocks over the one that kriging should leave them: how many times larger or smaller [own].",
        (1.5, 2.5),
        how=BY_FACTOR,
        percent=False,
    )
    smoothing: Pair = _limit(
        "Variance of the estimated blocks over that of true blocks by the variogram; lower is smoother [own].",
        (0.50, 0.25),
        how=BY_LOSS,
        percent=False,
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
        how=BY_LOSS,
        percent=False,
    )
    efficiency: Pair = _limit(
        "Mean kriging efficiency of the same blocks; lower is worse [H].", (0.30, 0.0), how=BY_LOSS, percent=False
    )

    def __post_init__(self):
        """Refuse pairs in the wrong order, and factors below 1."""
        for name, item in type(self).__dataclass_fields__.items():
            warn, fail = getattr(self, name)
            how = item.metadata["how"]
            wrong = warn < fail if how == BY_LOSS else warn > fail
            if wrong or (how == BY_FACTOR and warn < 1.0):
                order = {BY_LOSS: "the second at most the first", BY_FACTOR: "1 or more, the second at least the first"}
                message = f"Limits.{name} is {[warn, fail]}; it must be {order.get(how, 'the second at least the first')}"
                raise SettingError(message)

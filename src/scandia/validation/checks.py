"""Every check of the model as a row of verdicts, from the tables that the run has made."""

from scandia.validation.means import ALL
from scandia.validation.swath import swath_departures
from scandia.validation.verdicts import LEFT_OUT, row, signed_points, verdict_table

BIAS, SWATHS, SCORES, DIAGNOSTICS, VARIANCES = (
    f"validation/{name}.csv" for name in ("bias", "swaths", "scores", "diagnostics", "variances")
)
INTERVALS = (50, 80, 90)  # judged; the table of scores has 95 % too


def judge_model(settings, *, bias, swaths, scores, diagnostics, variances):
    """Table of all verdicts, DataFrame with the columns of `verdicts.COLUMNS`.

    Parameters
    ----------
    settings : Validation
        Limits, and what is judged.
    bias, swaths, scores, diagnostics, variances : DataFrame
        From `bias.global_bias`, `swath.swaths`, `crossval.cross_validate_domains`, `diagnostics.diagnostics` and
        `support.change_of_support`.
    """
    limits = settings.limits
    single = {variable: len(rows) == 2 for variable, rows in bias.groupby("variable")}  # the only domain, and "all"
    rows = [
        *_bias(limits, bias),
        *_swaths(limits, swath_departures(swaths, settings.swath_composites)),
        *_scores(limits, scores, settings.judged),
        *_diagnostics(limits, diagnostics),
        *_variances(limits, variances),
    ]
    return verdict_table([one for one in rows if not (one["domain"] == ALL and single.get(one["variable"], False))])


def picture_file(*parts):
    """File of a picture of the validation, as the album names it."""
    text = "_".join(parts)
    name = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in text)
    return f"figures/validation/{name}.png"


def _bias(limits, table):
    checks = {
        "bias_declustered": ("global bias against declustered composites", "estimate / declustered - 1"),
        "bias_nearest": ("global bias against nearest neighbour", "estimate / nearest - 1"),
        "bias_sure": ("global bias of the surest classes against nearest neighbour", "the same over these classes"),
    }
    for one in table.to_dict("records"):
        for column, (check, measure) in checks.items():
            case, picture = _classes(one) if column == "bias_sure" else "", picture_file("quantiles", one["variable"])
            yield _row(limits, "bias", one, column, check, measure, BIAS, picture, case=case)


def _swaths(limits, departures):
    for one in departures.to_dict("records"):
        picture = picture_file("swaths", one["domain"], one["variable"])
        measure = "mean difference of slices from composites, share"
        yield _row(limits, "swath", one, "departure", "swath", measure, SWATHS, picture, case=f"along {one['axis']}")


def _scores(limits, table, ways):
    """Rows of every way of leaving out; those that are not among the judged ``ways`` have their numbers, and no verdict."""
    for one in table.to_dict("records"):
        case, of = {"case": f"without {LEFT_OUT[one['leave']]}", "judged": one["leave"] in ways}, one["variable"]
        scatter, deciles = picture_file("cross_validation", of), picture_file("error_deciles", of)
        words = ("cross-validation bias", "mean error / mean")
        yield _row(limits, "cross_validation_bias", one, "relative_bias", *words, SCORES, scatter, **case)
        words = ("cross-validation slope", "slope of true on estimated grade")
        yield _row(limits, "cross_validation_slope", one, "slope", *words, SCORES, scatter, **case)
        words = ("standardised error variance", "mean of squared error / kriging variance")
        yield _row(limits, "error_variance", one, "standardised_variance", *words, SCORES, deciles, **case)
        for level in INTERVALS:
            held = one[f"coverage_{level}"]
            measured = one | {"short": held - level / 100}
            words = (f"coverage of {level} % intervals", f"share held less {level} %")
            told = f"{100 * held:.3g} % held, {signed_points(held - level / 100)}"
            yield _row(limits, "coverage", measured, "short", *words, SCORES, deciles, words=told, **case)


def _diagnostics(limits, table):
    checks = {
        "negative_estimates": ("negative_volume", "negative estimates", "share of the estimated volume"),
        "unestimated": ("unestimated", "unestimated blocks", "share of the tonnage"),
        "negative_weights": ("negative_weights", "negative weights", "mean sum of a block"),
        "slope": ("judged_slope", "slope of regression", "mean, volume-weighted"),
        "efficiency": ("judged_efficiency", "kriging efficiency", "mean, volume-weighted"),
    }
    for one in table.to_dict("records"):
        for name, (column, check, measure) in checks.items():
            case = (_classes(one) or "all blocks") if name in ("slope", "efficiency") else ""
            picture = picture_file("diagnostics", one["variable"])
            yield _row(limits, name, one, column, check, measure, DIAGNOSTICS, picture, case=case)


def _variances(limits, table):
    checks = {
        "point_variance": ("point_variance", "sill against composites", "sill / variance of declustered composites"),
        "block_variance": ("variance_ratio", "block variance against theory", "variance of estimates / BV - KV - 2 µ"),
        "smoothing": ("smoothing", "smoothing", "variance of estimates / that of true blocks"),
        "change_of_support": ("change_of_support", "change of support", "metal / discrete Gaussian model - 1"),
    }
    for one in table.to_dict("records"):
        for name, (column, check, measure) in checks.items():
            case = f"≥ {one['cutoff']:.4g}" if name == "change_of_support" else ""
            picture = picture_file("change_of_support", one["domain"], one["variable"])
            limit = "excess_variance" if name == "smoothing" and one[column] > 1.0 else name
            yield _row(limits, limit, one, column, check, measure, VARIANCES, picture, case=case)


def _classes(one):
    """Which of Measured and Indicated stand behind a row; empty where neither does."""
    return one["sure_classes"] if isinstance(one["sure_classes"], str) else ""


def _row(limits, name, one, column, check, measure, table, picture, **case):
    keys = {"domain": one["domain"], "variable": one["variable"]} | case
    return row(limits, name, one[column], check=check, measure=measure, table=table, picture=picture, **keys)

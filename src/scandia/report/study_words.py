"""Running text on classes, sensitivities, the previous estimate, and what was learnt against known truths."""

import pandas as pd

from scandia.report.phrases import look_up, phrase

STALE = (
    "This study is stale: it was made from other data, settings or code than this report, or its files were changed since. It is "
    "left out until its own target is run again, and then snakemake."
)


def classification_words(config, tables):
    """Sentences on how classes came about, a generator."""
    yield phrase("{model.classification.reason}", config)
    yield "The first rule that holds gives the class; a block estimated from a single hole is never classified."
    smoothing, overrides = (look_up(config, f"model.classification.{key}") for key in ("smoothing", "overrides"))
    untrusted = look_up(config, "model.classification.untrusted")
    if untrusted:
        yield f"Holes that do not count for {' and '.join(untrusted['classes'])}: {untrusted['reason']}"
    if smoothing:
        least, why = smoothing["minimum_blocks"], smoothing["reason"]
        yield f"Groups of fewer than {least} blocks of one class took the class around them: {why}"
    for one in overrides or ():
        yield f"Class {one['resource_class']} was given by {one['who']} on {one['date']}: {one['reason']}"
    if not smoothing and not overrides:
        yield "Nothing was smoothed, and no class was given by a person."


def sensitivity_words(config, tables):
    """Sentences on the ranked choices, a generator."""
    table = tables.get("sensitivity/tornado.csv")
    if table is None:
        return
    yield (
        "Each row is a run with one choice changed, by the same rules as the base; only what the choice reaches was computed "
        "again. Choices are ranked by the largest share that they move; combinations were not run."
    )
    for (resource, measure), own in table.groupby(["resource", "measure"], sort=False):
        moved = own[own["share"].notna()].drop_duplicates("choice").sort_values("rank", kind="stable").head(3)
        if len(moved):
            told = ", ".join(f"{row['choice']} (up to {100 * row['swing']:.1f} %)" for row in moved.to_dict("records"))
            yield f"{measure.capitalize()} of {resource}: {told}."


def reconcile_words(config, tables):
    """Sentences on the way from the previous estimate to the present one, a generator."""
    table = tables.get("reconcile/waterfall.csv")
    if table is None:
        return
    yield phrase("The previous estimate: {previous.title}. Its settings: {previous.source}", config)
    yield (
        "Each step is a run with everything that the steps before it changed, by the same rules. What two causes do together "
        "falls to the later one: in another order they would differ, with the same total."
    )
    for (resource, measure), own in table.groupby(["resource", "measure"], sort=False):
        total = own[own["cause"] == "total"].iloc[0]
        moved = own[(own["cause"] != "total") & (own["share"].abs() >= 0.0005)]
        if pd.isna(total["share"]):
            yield f"{measure.capitalize()} of {resource}: one of the two estimates has none to compare."
            continue
        told = ", ".join(f"{row['cause']} {100 * row['share']:+.1f} %" for row in moved.to_dict("records")) or "no step by 0.1 %"
        yield f"{measure.capitalize()} of {resource}: {100 * total['share']:+.1f} % ({told})."
    if len(tables.get("reconcile/published.csv", ())):
        yield "Published statements stand at the end as context; nothing here was made to agree with them."


def trial_words(config, tables):
    """Sentences on coverage and bias over deposits drawn anew, a generator; what the fitted variogram holds stands as it is."""
    table = tables.get("trials/summary.csv")
    if table is None:
        return
    rows = table[(table["group"] == "all") & (table["estimator"] == "estimate")].set_index(["variogram", "measure"])
    for variogram, words in (("true", "With the true variogram"), ("fitted", "With the variogram that each deposit's data gave")):
        cover, variance, bias = (
            _row(rows, variogram, name) for name in ("coverage_90", "standardised_variance", "relative_bias")
        )
        if cover is None or variance is None or bias is None:
            continue
        inside = "inside" if abs(bias["mean"]) <= bias["standard_error"] else "outside"
        yield (
            f"{words}, 90 % intervals hold {100 * cover['mean']:.1f} % of {cover['blocks']:,.0f} blocks of "
            f"{cover['seeds']:.0f} deposits ({100 * cover['low']:.1f} to {100 * cover['high']:.1f} %); squared errors are "
            f"{variance['mean']:.2f} times as large as "
            f"the kriging variance; the mean is biased by {100 * bias['mean']:+.2f} %, {inside} its own standard error of "
            f"{100 * bias['standard_error']:.2f} %."
        )
    converged = _row(rows, "fitted", "share_of_fits_that_converge")
    if converged is not None and converged["mean"] < 1.0:
        failed = round((1.0 - converged["mean"]) * converged["seeds"])
        yield (
            f"Of {converged['seeds']:.0f} deposits {failed} had no fit that converged; a run stops there, and they count for the "
            "true variogram only."
        )
    yield (
        "Nothing is widened: where the fitted intervals hold less than they say, the difference is what it costs not to know the "
        "variogram, and it belongs to every interval that a kriging variance gives."
    )


def _row(rows, variogram, measure):
    key = (variogram, measure)
    if key not in rows.index:
        return None
    found = rows.loc[key]
    return found.iloc[0] if isinstance(found, pd.DataFrame) else found

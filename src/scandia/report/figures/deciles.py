"""Errors of cross-validation by decile of the estimate: conditional bias, and how honest the kriging variance is."""

import numpy as np

from scandia.report.figures.crossvalidation import LEAVES
from scandia.report.style import FAINT, INK, OKABE_ITO, canvas, drawing, finish, plain, with_unit

LEVELS = (50, 80, 90)


@drawing
def error_deciles(table, scores, *, variable, label, unit, synthetic):
    """Mean value against mean estimate by decile, variance of the standardised errors by decile, and coverage of all domains.

    Parameters
    ----------
    table : DataFrame
        From `validation.deciles.error_deciles`.
    scores : DataFrame
        domain, variable, leave and ``coverage_50`` and so on; the rows of all domains are drawn.
    """
    chosen = table[(table["variable"] == variable) & (table["domain"] == "all")]
    covered = scores[(scores["variable"] == variable) & (scores["domain"] == "all")]
    figure, axes = canvas(4.2, columns=3)
    bias, variance, coverage = axes[0]
    leaves = [leave for leave in LEAVES if (chosen["leave"] == leave).any()]
    for colour, sign, leave in zip(OKABE_ITO, "os^D", leaves, strict=False):
        rows = chosen[chosen["leave"] == leave].sort_values("decile")
        style = {"color": colour, "marker": sign, "markersize": 4, "linewidth": 1.2, "label": LEAVES[leave]}
        bias.plot(rows["estimate"], rows["value"], **style)
        variance.plot(rows["decile"], rows["standardised_variance"], **style)
        row = covered[covered["leave"] == leave]
        if len(row):
            coverage.plot(LEVELS, [100 * row.iloc[0][f"coverage_{level}"] for level in LEVELS], **style)
    if len(chosen):
        ends = [np.nanmin(chosen[["estimate", "value"]]), np.nanmax(chosen[["estimate", "value"]])]
        bias.plot(ends, ends, color=INK, linestyle="--", linewidth=1.0)
    variance.axhline(1.0, color=FAINT, linestyle="--", linewidth=1.0)
    variance.set_ylim(bottom=0)
    coverage.plot([40, 100], [40, 100], color=INK, linestyle="--", linewidth=1.0)
    bias.set(xlabel=f"Mean estimate ({unit})", ylabel=f"Mean value {with_unit(plain(label), unit)}", title="Bias by decile")
    variance.set(xlabel="Decile of the estimate", ylabel="Variance of standardised errors", title="Standardised errors")
    coverage.set(xlabel="Interval (%)", ylabel="Errors inside (%)", title="Coverage")
    handles, texts = bias.get_legend_handles_labels()
    if handles:
        figure.legend(handles, texts, loc="outside lower center", ncols=4)
    return finish(figure, synthetic=synthetic, title=f"{plain(label)}: errors of cross-validation, all domains")

"""Trials on deposits drawn anew: coverage of intervals and bias by estimator; always marked SYNTHETIC."""

import numpy as np

from scandia.report.style import INK, canvas, drawing, finish

COLOURS = {"true": "#0072B2", "fitted": "#D55E00", "none": "#6b7280"}
LEVELS = (50, 80, 90, 95)
LABELS = {"estimate": "kriging", "inverse_distance": "inverse distance", "nearest": "nearest neighbour", "polygonal": "polygonal"}


@drawing
def coverage_of_seeds(summary):
    """Actual less nominal coverage in percent by nominal coverage, true and fitted variogram, all blocks and by class.

    Parameters
    ----------
    summary : DataFrame
        From `trials.summary.summarise_trials`.
    """
    names = [group for group in ("all", "measured", "indicated", "inferred") if (summary["group"] == group).any()]
    figure, axes = canvas(4.2, columns=len(names), sharey=True)
    for panel, group in zip(axes[0], names, strict=True):
        for shift, variogram in ((-0.12, "true"), (0.12, "fitted")):
            own = (summary["group"] == group) & (summary["variogram"] == variogram) & (summary["estimator"] == "estimate")
            measures = [f"coverage_{level}" for level in LEVELS]
            rows = summary[own & summary["measure"].isin(measures)].set_index("measure").reindex(measures)
            mean, half = 100 * rows["mean"] - np.array(LEVELS), 100 * (rows["high"] - rows["mean"])
            style = {"color": COLOURS[variogram], "fmt": "o", "capsize": 4, "label": f"{variogram} variogram"}
            panel.errorbar(np.arange(len(LEVELS)) + shift, mean, half, **style)
        panel.axhline(0.0, color=INK, linestyle="--", linewidth=1.0)
        panel.axhspan(-3.0, 3.0, color="#e4e7eb", alpha=0.6, zorder=0)
        panel.set_xticks(range(len(LEVELS)), [f"{level} %" for level in LEVELS])
        panel.set(title=group, xlabel="Nominal coverage")
    axes[0, 0].set_ylabel("Actual less nominal (points of %)")
    axes[0, 0].legend(loc="best")
    return finish(figure, synthetic=True, title="Intervals of block grades: actual coverage less the nominal one")


@drawing
def bias_of_seeds(trials, summary):
    """Relative bias of the mean over compared blocks of each seed, a column of points per estimator, with mean and interval."""
    kinds = [("true", "estimate"), ("fitted", "estimate"), *(("none", name) for name in LABELS if name != "estimate")]
    chosen = trials[(trials["measure"] == "relative_bias") & (trials["group"] == "all")]
    means = summary[(summary["measure"] == "relative_bias") & (summary["group"] == "all")]
    figure, axes = canvas(4.2)
    panel, names = axes[0, 0], []
    for place, (variogram, estimator) in enumerate(kinds):
        own = chosen[(chosen["variogram"] == variogram) & (chosen["estimator"] == estimator)].sort_values("seed")
        spread = np.linspace(-0.25, 0.25, max(len(own), 1))[: len(own)]
        panel.scatter(place + spread, 100 * own["value"], s=10, alpha=0.5, linewidth=0, color=COLOURS[variogram])
        row = means[(means["variogram"] == variogram) & (means["estimator"] == estimator)]
        if len(row):
            mean, half = 100 * row["mean"].iloc[0], 100 * (row["high"] - row["mean"]).iloc[0]
            panel.errorbar(place, mean, half, fmt="D", color=INK, capsize=6, markersize=5, zorder=5)
        suffix = f"\n{variogram} variogram" if variogram != "none" else ""
        names.append(f"{LABELS[estimator]}{suffix}")
    panel.axhline(0.0, color=INK, linestyle="--", linewidth=1.0)
    panel.set_xticks(range(len(names)), names)
    panel.set_ylabel("Relative bias (%)")
    return finish(figure, synthetic=True, title="Bias of the mean of the compared blocks, one point per deposit drawn anew")

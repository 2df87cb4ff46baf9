"""Cross-validation: true against estimated grades, without the sample itself, its whole hole or its part of space."""

import numpy as np

from scandia.report.style import INK, canvas, domain_colours, drawing, finish, with_unit

LEAVES = {
    "sample": "leave one out",
    "hole": "leave one hole out",
    "fold": "leave a part of space out",
    "campaign": "campaign from earlier ones",
}


@drawing
def cross_validation(errors, *, variable, label, unit, synthetic, labels=None):
    """A scatter per way of leaving out, coloured by domain, with the regression of true on estimated grade.

    Parameters
    ----------
    errors : DataFrame
        domain, variable, leave (one of `LEAVES`), value and estimate; as `validation.crossval` makes it.
    """
    chosen = errors[(errors["variable"] == variable) & errors["estimate"].notna() & errors["value"].notna()]
    leaves = [leave for leave in LEAVES if (errors["leave"] == leave).any()]
    columns = 2 if len(leaves) == 4 else max(len(leaves), 1)
    rows_of = -(-max(len(leaves), 1) // columns)
    figure, axes = canvas(5.2 if rows_of == 1 else 9.6, rows=rows_of, columns=columns, sharex=True, sharey=True)
    colours = domain_colours(sorted(chosen["domain"].unique()), labels)
    for panel, leave in zip(axes.flat, leaves, strict=bool(leaves)):
        rows = chosen[chosen["leave"] == leave]
        for name, colour in colours.items():
            group = rows[rows["domain"] == name]
            panel.scatter(
                group["estimate"],
                group["value"],
                s=11,
                alpha=0.55,
                color=colour,
                linewidth=0,
                label=(labels or {}).get(name, name),
            )
        identity_and_fit(panel, rows["estimate"].to_numpy(dtype=float), rows["value"].to_numpy(dtype=float))
        panel.set_title(f"{LEAVES[leave]} (n = {len(rows):,})")
        panel.set(xlabel=f"Estimate {with_unit(label, unit)}", ylabel=f"True {with_unit(label, unit)}")
        panel.label_outer()
    handles, texts = axes[0, 0].get_legend_handles_labels()
    if handles:
        figure.legend(handles, texts, loc="outside lower center", ncols=4, markerscale=2)
    return finish(figure, synthetic=synthetic, title=f"{label}: cross-validation of composites")


def identity_and_fit(panel, estimate, true):
    """Draw the line of equality and the least-squares line of true on estimate, and write slope, correlation and mean error."""
    if len(true) == 0:
        return
    low, high = min(estimate.min(), true.min()), max(estimate.max(), true.max())
    panel.plot([low, high], [low, high], color=INK, linewidth=1.0, linestyle="--", zorder=4)
    panel.set_aspect("equal", adjustable="box")
    if len(true) < 3 or np.ptp(estimate) == 0 or np.ptp(true) == 0:
        return
    slope, intercept = np.polyfit(estimate, true, 1)
    ends = np.array([estimate.min(), estimate.max()])
    panel.plot(ends, intercept + slope * ends, color="#D55E00", linewidth=2, zorder=5)
    correlation = np.corrcoef(estimate, true)[0, 1]
    text = f"slope {slope:.2f}\ncorrelation {correlation:.2f}\nmean error {np.mean(estimate - true):+.3g}"
    box = {"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "pad": 3}
    panel.text(0.03, 0.97, text, transform=panel.transAxes, va="top", fontsize=9, bbox=box, zorder=6)

"""Distributions of grades by domain: histograms, log-probability plots, boxes, raw against composites, sample lengths."""

import numpy as np
from scipy.stats import norm

from scandia.report.style import INK, canvas, domain_colours, drawing, finish, with_unit
from scandia.vocabulary import DOMAIN, LENGTH, ROW

PROBABILITIES = np.array([0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999])
FENCES = (0.05, 0.25, 0.5, 0.75, 0.95)


@drawing
def histograms(frame, variable, *, label, unit, synthetic, weight=None, labels=None, caps=None):
    """Histogram and log-probability plot of one variable, a row per domain.

    Parameters
    ----------
    frame : DataFrame
        domain, the variable and the weight.
    variable : str
        Grade; ``label`` and ``unit`` name it.
    weight : str, optional
        Column of weights, such as the declustering weight.
    labels : dict, optional
        Domain name to the name shown.
    caps : dict, optional
        Domain to cap, in the variable's unit, drawn as a line.
    """
    groups = by_domain(frame, variable, weight)
    figure, axes = canvas(0.9 + 2.6 * len(groups), rows=len(groups), columns=2)
    for row, (name, colour) in zip(axes, domain_colours(groups).items(), strict=True):
        values, weights = groups[name]
        share = 100 * weights / weights.sum()
        row[0].hist(values, bins=_bins(values), weights=share, color=colour, edgecolor="white", linewidth=0.5)
        mean = np.average(values, weights=weights)
        row[0].axvline(mean, color=INK, linewidth=1.2, linestyle="--")
        row[0].set_title(f"{(labels or {}).get(name, name)}: n = {len(values):,}, mean = {mean:.4g}, CV = {variation(values, weights):.2f}")
        row[0].set(xlabel=with_unit(label, unit), ylabel="Share of weight (%)")
        _probability(row[1], values, weights, colour)
        row[1].set(xlabel=f"{with_unit(label, unit)}, log scale", ylabel="Cumulative probability (%)")
        if caps and name in caps:
            for panel in row:
                panel.axvline(caps[name], color="#D55E00", linewidth=1.4, label=f"cap {caps[name]:g}")
                panel.legend()
    text = f", weighted by {weight.replace('_', ' ')}" if weight else ""
    return finish(figure, synthetic=synthetic, title=f"{label}: distribution by domain{text} (dashed: mean)")


@drawing
def boxes(frame, variable, *, label, unit, synthetic, weight=None, labels=None):
    """Box plots by domain: box from the 25 to the 75 % quantile, whiskers to 5 and 95 %, dots are the minimum, mean and maximum."""
    groups = by_domain(frame, variable, weight)
    figure, axes = canvas(1.4 + 0.75 * len(groups))
    panel, colours = axes[0, 0], domain_colours(groups)
    for place, (name, (values, weights)) in enumerate(groups.items()):
        low, first, middle, third, high = weighted_quantiles(values, weights, FENCES)
        stats = {"whislo": low, "q1": first, "med": middle, "q3": third, "whishi": high, "fliers": [values.min(), values.max()]}
        panel.bxp(
            [stats], positions=[place], orientation="horizontal", widths=0.55, patch_artist=True,
            boxprops={"facecolor": colours[name], "alpha": 0.75}, medianprops={"color": "white", "linewidth": 2},
            flierprops={"marker": "|", "markeredgecolor": INK},
        )  # fmt: skip
        panel.plot(np.average(values, weights=weights), place, marker="D", color="white", markeredgecolor=INK, markersize=6)
    names = [f"{(labels or {}).get(name, name)} (n = {len(values):,})" for name, (values, _) in groups.items()]
    panel.set_yticks(range(len(names)), names)
    panel.invert_yaxis()
    panel.grid(axis="y", visible=False)
    panel.set_xlabel(with_unit(label, unit))
    title = f"{label} by domain: box 25–75 %, whiskers 5–95 %, diamond mean, ticks extremes"
    return finish(figure, synthetic=synthetic, title=title)


@drawing
def raw_composites(intervals, composites, variable, *, label, unit, synthetic, labels=None):
    """Cumulative distributions of samples and composites by domain, both weighted by length."""
    raw, grouped = by_domain(intervals, variable, LENGTH), by_domain(composites, variable, LENGTH)
    names = [name for name in grouped if name in raw]
    columns = min(3, max(1, len(names)))
    rows = max(1, -(-len(names) // columns))
    figure, axes = canvas(0.9 + 3.0 * rows, rows=rows, columns=columns)
    for panel, (name, colour) in zip(axes.flat, domain_colours(names).items(), strict=False):
        for (values, weights), style, word in ((raw[name], ":", "samples"), (grouped[name], "-", "composites")):
            ordered, cumulative = _cumulative(values, weights)
            text = f"{word}: n = {len(values):,}, mean {np.average(values, weights=weights):.4g}, CV {variation(values, weights):.2f}"
            panel.step(ordered, 100 * cumulative, where="post", color=colour, linestyle=style, label=text)
        panel.set_title((labels or {}).get(name, name))
        panel.set(xlabel=with_unit(label, unit), ylabel="Share of length (%)", ylim=(0, 119))
        panel.legend(loc="upper left", fontsize=9)
    for panel in axes.flat[len(names) :]:
        panel.set_visible(False)
    return finish(figure, synthetic=synthetic, title=f"{label}: samples and composites")


@drawing
def sample_lengths(intervals, *, synthetic, length=None):
    """Histogram of the lengths of assayed samples; ``length`` marks the composite length, m."""
    chosen = intervals[intervals[ROW] >= 0] if ROW in intervals else intervals
    values = chosen[LENGTH].to_numpy(dtype=float)
    figure, axes = canvas(3.4)
    panel = axes[0, 0]
    panel.hist(values, bins=_bins(values), color="#0072B2", edgecolor="white", linewidth=0.5)
    if length is not None:
        panel.axvline(length, color="#D55E00", label=f"composite length {length:g} m")
        panel.legend()
    panel.set(xlabel="Sample length (m)", ylabel="Samples")
    return finish(figure, synthetic=synthetic, title=f"Sample lengths: n = {len(values):,}, median {np.median(values):.2f} m")


def by_domain(frame, variable, weight):
    """Dict of domain to ``(values, weights)`` of the rows that have the variable, domains in order of their first row's name."""
    known = frame[frame[variable].notna()]
    groups = {}
    for name, rows in known.groupby(DOMAIN, sort=True):
        weights = rows[weight].to_numpy(dtype=float) if weight else np.ones(len(rows))
        groups[str(name)] = rows[variable].to_numpy(dtype=float), weights
    return groups


def weighted_quantiles(values, weights, shares):
    """Quantiles of weighted values: interpolated between the mid-points of the cumulative weights."""
    ordered, cumulative = _cumulative(values, weights)
    return np.interp(shares, cumulative, ordered)


def variation(values, weights):
    """Weighted coefficient of variation, NaN where the mean is zero."""
    mean = np.average(values, weights=weights)
    return float(np.sqrt(np.average((values - mean) ** 2, weights=weights)) / mean) if mean else float("nan")


def _cumulative(values, weights):
    order = np.argsort(values, kind="stable")
    steps = weights[order]
    return values[order], (np.cumsum(steps) - 0.5 * steps) / steps.sum()


def _bins(values):
    return np.linspace(values.min(), values.max() + 1e-9, int(np.clip(np.sqrt(len(values)) * 1.5, 8, 40)))


def _probability(panel, values, weights, colour):
    ordered, cumulative = _cumulative(values, weights)
    positive = ordered > 0
    panel.plot(ordered[positive], norm.ppf(cumulative[positive]), ".", color=colour, markersize=4)
    panel.set_xscale("log")
    panel.xaxis.set_major_formatter("{x:g}")
    panel.set_yticks(norm.ppf(PROBABILITIES), [f"{100 * share:g}" for share in PROBABILITIES])
    panel.set_ylim(*norm.ppf([0.0005, 0.9995]))

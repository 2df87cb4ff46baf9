"""Distributions of grades by domain: histograms, log-probability plots, boxes, raw against composites, sample lengths."""

import numpy as np
from matplotlib.ticker import LogLocator, NullLocator
from scipy.special import ndtri

from scandia.report.figures.marks import round_length
from scandia.report.style import INK, canvas, domain_colours, drawing, finish, with_unit
from scandia.statistics.weighted import weights_of
from scandia.vocabulary import DOMAIN, FROM, LENGTH, TO, WEIGHT

PROBABILITIES = np.array([0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999])
DECLUSTERED = (WEIGHT, LENGTH)  # the weight of composites in every declustered mean: of the tables, biases and swaths too
WORDS = {WEIGHT: "declustering weight", LENGTH: "length"}
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
    weight : sequence of str, optional
        Columns whose product weighs, such as `DECLUSTERED`.
    labels : dict, optional
        Domain name to the name shown.
    caps : dict, optional
        Domain to cap, in the variable's unit, drawn as a line.
    """
    groups = by_domain(frame, variable, weight, labels)
    figure, axes = canvas(0.9 + 2.6 * len(groups), rows=len(groups), columns=2)
    for row, (name, colour) in zip(axes, domain_colours(groups, labels).items(), strict=True):
        values, weights = groups[name]
        share = 100 * weights / weights.sum()
        row[0].hist(values, bins=_bins(values), weights=share, color=colour, edgecolor="white", linewidth=0.5)
        mean = np.average(values, weights=weights)
        row[0].axvline(mean, color=INK, linewidth=1.2, linestyle="--")
        row[0].set_title(
            f"{(labels or {}).get(name, name)}: n = {len(values):,}, mean = {mean:.4g}, CV = {variation(values, weights):.2f}"
        )
        row[0].set(xlabel=with_unit(label, unit), ylabel="Share of weight (%)")
        _probability(row[1], values, weights, colour)
        row[1].set(xlabel=f"{with_unit(label, unit)}, log scale", ylabel="Cumulative probability (%)")
        if caps and name in caps:
            for panel in row:
                panel.axvline(caps[name], color="#D55E00", linewidth=1.4, label=f"cap {caps[name]:g}")
                panel.legend()
    text = f", by {' × '.join(WORDS.get(name, name) for name in weight)}" if weight else ""
    return finish(figure, synthetic=synthetic, title=f"{label}: distribution by domain{text} (dashed: mean)")


@drawing
def boxes(frame, variable, *, label, unit, synthetic, weight=None, labels=None):
    """Box plots by domain: box from the 25 to the 75 % quantile, whiskers to 5 and 95 %, diamond mean, ticks extremes."""
    groups = by_domain(frame, variable, weight, labels)
    figure, axes = canvas(1.4 + 0.75 * len(groups))
    panel, colours = axes[0, 0], domain_colours(groups, labels)
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
    raw, grouped = (by_domain(frame, variable, [LENGTH], labels) for frame in (intervals, composites))
    names = [name for name in grouped if name in raw]
    columns = min(2, max(1, len(names)))
    rows = max(1, -(-len(names) // columns))
    figure, axes = canvas(0.9 + 3.0 * rows, rows=rows, columns=columns)
    for panel, (name, colour) in zip(axes.flat, domain_colours(names, labels).items(), strict=False):
        for (values, weights), style, word in ((raw[name], ":", "samples"), (grouped[name], "-", "composites")):
            ordered, cumulative = _cumulative(values, weights)
            mean = np.average(values, weights=weights)
            text = f"{word}: n = {len(values):,}, mean {mean:.4g}, CV {variation(values, weights):.2f}"
            panel.step(ordered, 100 * cumulative, where="post", color=colour, linestyle=style, label=text)
        panel.set_title((labels or {}).get(name, name))
        panel.set(xlabel=with_unit(label, unit), ylabel="Share of length (%)", ylim=(0, 102))
        panel.legend(loc="lower right")
    for panel in axes.flat[len(names) :]:
        panel.set_visible(False)
    return finish(figure, synthetic=synthetic, title=f"{label}: samples and composites")


@drawing
def sample_lengths(assay, *, synthetic, length=None):
    """Histogram of the lengths of the samples of the assay table; ``length`` marks the composite length, m."""
    values = (assay[TO] - assay[FROM]).to_numpy(dtype=float)
    figure, axes = canvas(3.4)
    panel = axes[0, 0]
    step = max(0.1, round_length(max(np.ptp(values), 1e-3) / 40))
    bins = np.arange(np.floor(values.min() / step) - 0.5, np.ceil(values.max() / step) + 1.5) * step
    panel.hist(values, bins=bins, color="#0072B2", edgecolor="white", linewidth=0.5)
    if length is not None:
        panel.axvline(length, color="#D55E00", label=f"composite length {length:g} m")
        panel.legend()
    panel.set(xlabel="Sample length (m)", ylabel="Samples")
    return finish(figure, synthetic=synthetic, title=f"Sample lengths: n = {len(values):,}, median {np.median(values):.2f} m")


def by_domain(frame, variable, weight, labels=None):
    """Values and weights of the rows that have the variable, by domain in the order of the labels, as a dict of pairs."""
    known = frame[frame[variable].notna()]
    groups = {}
    for name, rows in known.groupby(DOMAIN, sort=True):
        groups[str(name)] = rows[variable].to_numpy(dtype=float), weights_of(rows, weight)
    return {name: groups[name] for name in domain_colours(groups, labels)}


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
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-6 * max(abs(high), 1.0):  # one value only: a bar of some width around it
        low, high = low - 0.05 * max(abs(low), 1.0), high + 0.05 * max(abs(high), 1.0)
    return np.linspace(low, high, int(np.clip(np.sqrt(len(values)) * 1.5, 9, 41)))


def _probability(panel, values, weights, colour):
    ordered, cumulative = _cumulative(values, weights)
    positive = ordered > 0
    panel.plot(ordered[positive], ndtri(cumulative[positive]), ".", color=colour, markersize=4)
    panel.set_xscale("log")
    decades = np.log10(ordered[positive][-1] / ordered[positive][0]) if positive.any() else 0.0
    steps = (1,) if decades > 3 else (1, 2, 5) if decades > 1 else (1, 1.5, 2, 3, 4, 5, 6, 8)
    panel.xaxis.set_major_locator(LogLocator(subs=steps))
    panel.xaxis.set_major_formatter("{x:g}")
    panel.xaxis.set_minor_locator(NullLocator())
    panel.set_yticks(ndtri(PROBABILITIES), [f"{100 * share:g}" for share in PROBABILITIES])
    panel.set_ylim(*ndtri([0.0005, 0.9995]))

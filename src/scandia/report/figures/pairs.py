"""Pairs of results of one material: duplicates by type, and a second laboratory."""

import numpy as np

from scandia.report.style import FAINT, INK, OKABE_ITO, canvas, domain_colours, drawing, finish, plain, with_unit

KINDS = {
    "field_duplicate": "field",
    "coarse_duplicate": "coarse reject",
    "pulp_duplicate": "pulp",
    "umpire_duplicate": "umpire laboratory",
}
SIGNS = {"field_duplicate": "o", "coarse_duplicate": "s", "pulp_duplicate": "^", "umpire_duplicate": "D"}


@drawing
def duplicates(table, *, label, unit, limits, share=0.9, groups=None, synthetic):
    """Pairs against each other, their half absolute relative differences (HARD) ranked, and Thompson and Howarth's groups.

    Parameters
    ----------
    table : DataFrame
        type, original and duplicate of one analyte.
    limits : dict of str to float
        Type to the HARD that ``share`` of the pairs must keep, share.
    groups : DataFrame, optional
        type, mean and deviation of the groups of one analyte.
    """
    grouped = groups is not None and len(groups)
    figure, axes = canvas(4.8 if not grouped else 8.6, columns=2, rows=2 if grouped else 1)
    scatter, ranked = axes[0]
    colours = domain_colours([name for name in KINDS if (table["type"] == name).any()])
    for name, colour in colours.items():
        first, second = _pairs(table[table["type"] == name])
        words = f"{KINDS[name]} (n = {len(first):,})"
        scatter.scatter(first, second, s=18, alpha=0.7, color=colour, marker=SIGNS[name], linewidth=0, label=words)
        hard = np.sort(half_relative_difference(first, second))
        rank = 100 * np.arange(1, len(hard) + 1) / max(len(hard), 1)
        ranked.plot(rank, 100 * hard, color=colour, marker=SIGNS[name], markersize=3, label=KINDS[name])
        if name in limits:
            ranked.plot(
                100 * share, 100 * limits[name], marker="v", markersize=9, color=colour, markeredgecolor=INK, linestyle="none"
            )
    _equal(scatter, label, unit)
    ranked.axvline(100 * share, color=FAINT, linewidth=1.0)
    ranked.set(xlabel="Rank of the pair (%)", ylabel="Half absolute relative difference (%)", xlim=(0, 102))
    ranked.set_ylim(bottom=0)
    for panel in axes[0]:
        panel.legend(loc="upper left")
    if grouped:
        _groups(axes[1], groups, colours, label, unit)
    title = f"{plain(label)}: duplicates (triangles: limit for {100 * share:g} % of the pairs)"
    return finish(figure, synthetic=synthetic, title=title)


@drawing
def umpire(table, line, *, label, unit, synthetic):
    """Results of the umpire laboratory against the first ones, with the reduced major axis, and their relative differences.

    Parameters
    ----------
    table : DataFrame
        original and duplicate of one analyte.
    line : dict
        slope and intercept of the reduced major axis; NaN draws none.
    """
    first, second = _pairs(table)
    figure, axes = canvas(4.8, columns=2)
    scatter, differences = axes[0]
    scatter.scatter(
        first, second, s=22, color=OKABE_ITO[0], alpha=0.7, linewidth=0, marker="D", label=f"pairs (n = {len(first):,})"
    )
    ends = _equal(scatter, label, unit)
    if np.isfinite(line["slope"]):
        words = f"reduced major axis: {line['slope']:.3f} x {line['intercept']:+.3g}"
        scatter.plot(ends, [line["intercept"] + line["slope"] * end for end in ends], color=OKABE_ITO[5], label=words)
    scatter.set(xlabel=f"First laboratory {with_unit(plain(label), unit)}", ylabel=f"Umpire {with_unit(plain(label), unit)}")
    scatter.legend(loc="upper left")
    mean = (first + second) / 2.0
    relative = 100.0 * np.divide(second - first, mean, out=np.zeros_like(mean), where=mean > 0)
    differences.scatter(mean, relative, s=22, color=OKABE_ITO[0], alpha=0.7, linewidth=0, marker="D")
    differences.axhline(0, color=FAINT, linewidth=1.0)
    if relative.size:
        differences.axhline(relative.mean(), color=OKABE_ITO[5], label=f"mean {relative.mean():+.1f} %")
        differences.legend(loc="upper right")
    differences.set(xlabel=f"Mean {with_unit(plain(label), unit)}", ylabel="Umpire less first, % of the mean")
    return finish(figure, synthetic=synthetic, title=f"{plain(label)}: umpire laboratory")


def half_relative_difference(first, second):
    """Half absolute relative difference ``|a - b| / (a + b)`` of pairs, share; zero where both are zero."""
    total = first + second
    return np.where(total > 0, np.abs(first - second) / np.where(total > 0, total, 1.0), 0.0)


def _pairs(rows):
    rows = rows[rows["original"].notna() & rows["duplicate"].notna()]
    return rows["original"].to_numpy(dtype=float), rows["duplicate"].to_numpy(dtype=float)


def _equal(scatter, label, unit):
    """Ends of the line of equality, which is drawn; both axes reach as far."""
    ends = (0.0, max(scatter.get_xlim()[1], scatter.get_ylim()[1]))
    scatter.plot(ends, ends, color=INK, linestyle="--", linewidth=1.0)
    scatter.set(aspect="equal", xlim=ends, ylim=ends)
    scatter.set(xlabel=f"Original {with_unit(plain(label), unit)}", ylabel=f"Duplicate {with_unit(plain(label), unit)}")
    return ends


def _groups(axes, groups, colours, label, unit):
    """Thompson and Howarth: deviation of one analysis, and precision at two deviations, against the mean of each group."""
    for name, colour in colours.items():
        rows = groups[groups["type"] == name]
        if not len(rows):
            continue
        mean, deviation = rows["mean"].to_numpy(dtype=float), rows["deviation"].to_numpy(dtype=float)
        for panel, values in zip(axes, (deviation, 200.0 * deviation / np.where(mean > 0, mean, np.nan)), strict=True):
            panel.scatter(mean, values, s=30, color=colour, marker=SIGNS[name], label=KINDS[name])
        if len(rows) >= 3:
            slope, intercept = np.polyfit(mean, deviation, 1)
            ends = np.linspace(mean.min(), mean.max(), 60)
            axes[0].plot(ends, intercept + slope * ends, color=colour, linewidth=1.2)
    axes[0].set_title("Groups of 11 pairs (Thompson and Howarth)")
    axes[0].set(xlabel=f"Mean of the group {with_unit(plain(label), unit)}", ylabel=f"Deviation of one analysis ({unit})")
    axes[1].set(xlabel=f"Mean of the group {with_unit(plain(label), unit)}", ylabel="Precision, 2 deviations (% of the mean)")
    for panel in axes:
        panel.set_ylim(bottom=0)
        panel.legend(loc="best")

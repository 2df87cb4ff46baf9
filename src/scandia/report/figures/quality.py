"""Control samples of the laboratory: standards, blanks and duplicates."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from scandia.report.style import FAINT, INK, OKABE_ITO, canvas, domain_colours, drawing, finish, with_unit

FAIL = "#D55E00"
LIMITS = {2: ("--", "#E69F00"), 3: ("-", FAIL)}
DUPLICATES = {"field_duplicate": "field", "coarse_duplicate": "coarse reject", "pulp_duplicate": "pulp"}


@drawing
def standards(table, *, label, synthetic):
    """Control charts, a panel per reference material: standardised deviation from the certified value in order of analysis.

    Parameters
    ----------
    table : DataFrame
        reference, z and verdict, one row per analysis of one analyte, in order of analysis.
    label : str
        Name of the analyte.
    """
    names = sorted(table["reference"].unique()) or ["no standards"]
    figure, axes = canvas(0.9 + 2.3 * len(names), rows=len(names))
    for panel, name in zip(axes[:, 0], names, strict=True):
        _chart(panel, table[table["reference"] == name], name)
    axes[-1, 0].set_xlabel("Analysis, in order")
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower right", ncols=2)
    text = f"{label}: standards, z = (value - certified) / certified deviation. Dashed ±2, solid ±3"
    return finish(figure, synthetic=synthetic, title=text)


def _chart(panel, rows, name):
    """Draw one control chart; results beyond the picture stand at its edge with their value."""
    order = np.arange(1, len(rows) + 1)
    z, failed = rows["z"].to_numpy(dtype=float), (rows["verdict"] == "fail").to_numpy()
    known = z[np.isfinite(z)]
    mean = known.mean() if known.size else np.nan
    panel.set_title(f"{name}: n = {len(rows):,}, mean z = {mean:+.2f}, failed {int(failed.sum())}")
    for limit, (line, colour) in LIMITS.items():
        for sign in (-1, 1):
            panel.axhline(sign * limit, color=colour, linestyle=line, linewidth=1.1)
    panel.axhline(0, color=FAINT, linewidth=1.0)
    reach = float(np.clip(1.1 * np.abs(known).max(), 4.0, 8.0)) if known.size else 4.0
    _mark_beyond(panel, order, z, reach)
    shown = np.clip(z, -reach, reach)
    panel.plot(order, shown, color="#7b8794", linewidth=0.8)
    panel.scatter(order[~failed], shown[~failed], s=26, color=OKABE_ITO[0], zorder=4, label="within limits")
    panel.scatter(order[failed], shown[failed], s=42, color=FAIL, marker="X", zorder=5, label="failed")
    panel.set(ylabel="z", xlim=(0, len(rows) + 1), ylim=(-1.04 * reach, 1.04 * reach))
    panel.xaxis.set_major_locator(MaxNLocator(integer=True))
    panel.grid(visible=False)


def _mark_beyond(panel, order, z, reach):
    """Write the value beside results that lie beyond the picture; they are drawn at its edge."""
    for place, value in zip(order, z, strict=True):
        if abs(value) > reach:
            panel.annotate(
                f"{value:.1f}", (place, np.sign(value) * reach), xytext=(7, 0), textcoords="offset points", va="center"
            )


@drawing
def blanks(table, *, label, unit, limit, synthetic):
    """Blanks in order of analysis against the limit of contamination.

    Parameters
    ----------
    table : DataFrame
        value and verdict, one row per blank of one analyte, in order of analysis.
    limit : float
        Value above which a blank fails, in ``unit``.
    """
    values, failed = table["value"].to_numpy(dtype=float), (table["verdict"] == "fail").to_numpy()
    order = np.arange(1, len(values) + 1)
    figure, axes = canvas(3.2)
    panel = axes[0, 0]
    panel.scatter(order[~failed], values[~failed], s=26, color=OKABE_ITO[0], label="within the limit", zorder=4)
    panel.scatter(order[failed], values[failed], s=42, color=FAIL, marker="X", label="failed", zorder=5)
    panel.axhline(limit, color=FAIL, linewidth=1.2, label=f"limit {limit:g}")
    panel.set(xlabel="Blank, in order", ylabel=with_unit(label, unit))
    panel.set_ylim(0, 1.15 * max([limit, *values[np.isfinite(values)]]))
    panel.legend(loc="upper right", ncols=3)
    return finish(figure, synthetic=synthetic, title=f"{label}: blanks, n = {len(values):,}, failed {int(failed.sum())}")


@drawing
def duplicates(table, *, label, unit, limits, synthetic):
    """Pairs against each other, and their half absolute relative differences (HARD) ranked, by type.

    Parameters
    ----------
    table : DataFrame
        type, original and duplicate of one analyte.
    limits : dict of str to float
        Type to the HARD that 90 % of the pairs must keep, share.
    """
    figure, axes = canvas(4.8, columns=2)
    scatter, ranked = axes[0]
    types = [name for name in DUPLICATES if (table["type"] == name).any()]
    for name, colour in domain_colours(types).items():
        rows = table[(table["type"] == name) & table["original"].notna() & table["duplicate"].notna()]
        first, second = rows["original"].to_numpy(dtype=float), rows["duplicate"].to_numpy(dtype=float)
        scatter.scatter(
            first, second, s=18, alpha=0.7, color=colour, linewidth=0, label=f"{DUPLICATES[name]} (n = {len(rows):,})"
        )
        hard = np.sort(half_relative_difference(first, second))
        ranked.plot(
            100 * np.arange(1, len(hard) + 1) / max(len(hard), 1), 100 * hard, color=colour, marker=".", label=DUPLICATES[name]
        )
        if name in limits:
            ranked.plot(90, 100 * limits[name], marker="v", markersize=9, color=colour, markeredgecolor=INK, linestyle="none")
    ends = (0.0, max(scatter.get_xlim()[1], scatter.get_ylim()[1]))
    scatter.plot(ends, ends, color=INK, linestyle="--", linewidth=1.0)
    scatter.set(aspect="equal", xlim=ends, ylim=ends)
    scatter.set(xlabel=f"Original {with_unit(label, unit)}", ylabel=f"Duplicate {with_unit(label, unit)}")
    ranked.axvline(90, color=FAINT, linewidth=1.0)
    ranked.set(xlabel="Rank of the pair (%)", ylabel="Half absolute relative difference (%)", xlim=(0, 102))
    ranked.set_ylim(bottom=0)
    for panel in axes[0]:
        panel.legend(loc="upper left")
    return finish(figure, synthetic=synthetic, title=f"{label}: duplicates (triangles: limit for 90 % of the pairs)")


def half_relative_difference(first, second):
    """Half absolute relative difference ``|a - b| / (a + b)`` of pairs, share; zero where both are zero."""
    total = first + second
    return np.where(total > 0, np.abs(first - second) / np.where(total > 0, total, 1.0), 0.0)

"""Control samples of the laboratory: control charts of standards, and blanks with what went before them."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from scandia.report.style import FAINT, INK, OKABE_ITO, canvas, drawing, finish, plain, with_unit

FAIL, WARN = "#D55E00", "#E69F00"
LIMITS = {2: ("--", WARN), 3: ("-", FAIL)}
MARKS = {  # verdict to its label, colour, sign and size: told apart by their shape as well
    "pass": ("within limits", OKABE_ITO[0], "o", 26),
    "warning": ("warning", WARN, "^", 34),
    "fail": ("failed", FAIL, "X", 42),
}
VALUES_WRITTEN = 20  # beyond the picture; more would cover each other


@drawing
def standards(table, *, label, synthetic):
    """Control charts, a panel per reference material: standardised deviation from the certified value in order of analysis.

    Parameters
    ----------
    table : DataFrame
        reference, z and verdict (and swap, laboratory), one row per analysis of one analyte, in order of analysis.
    label : str
        Name of the analyte.
    """
    charts = list(table.groupby(["reference", "laboratory"] if "laboratory" in table else ["reference"], sort=True, dropna=False))
    figure, axes = canvas(0.9 + 2.3 * max(len(charts), 1), rows=max(len(charts), 1))
    for panel, (names, rows) in zip(axes[:, 0], charts, strict=False):
        _chart(panel, rows, ", ".join(str(name) for name in names if name == name and name != ""))
    axes[-1, 0].set_xlabel("Analysis, in order")
    handles = {text: handle for panel in axes[:, 0] for handle, text in zip(*panel.get_legend_handles_labels(), strict=True)}
    figure.legend(handles.values(), handles.keys(), loc="outside lower right", ncols=4)
    text = f"{plain(label)}: standards, z = (value - certified) / certified deviation. Dashed ±2, solid ±3"
    return finish(figure, synthetic=synthetic, title=text)


def _chart(panel, rows, name):
    """Draw one control chart; results beyond the picture stand at its edge with their value, swapped samples in a ring."""
    order, z = np.arange(1, len(rows) + 1), rows["z"].to_numpy(dtype=float)
    verdict = rows["verdict"].to_numpy(dtype=object)
    swap = rows["swap"].fillna("").to_numpy(dtype=object) != "" if "swap" in rows else np.zeros(len(rows), dtype=bool)
    known = z[np.isfinite(z) & ~swap]
    mean = known.mean() if known.size else np.nan
    panel.set_title(f"{plain(name)}: n = {len(rows):,}, mean z = {mean:+.2f}, failed {int((verdict == 'fail').sum())}")
    for limit, (line, colour) in LIMITS.items():
        for sign in (-1, 1):
            panel.axhline(sign * limit, color=colour, linestyle=line, linewidth=1.1)
    panel.axhline(0, color=FAINT, linewidth=1.0)
    reach = float(np.clip(1.1 * np.abs(known).max(), 4.0, 8.0)) if known.size else 4.0
    _mark_beyond(panel, order, z, reach)
    shown = np.clip(z, -reach, reach)
    panel.plot(order, shown, color="#7b8794", linewidth=0.8)
    for key, (text, colour, sign, size) in MARKS.items():
        chosen = verdict == key
        if chosen.any():
            panel.scatter(order[chosen], shown[chosen], s=size, color=colour, marker=sign, zorder=4, label=text)
    if swap.any():
        panel.scatter(order[swap], shown[swap], s=110, facecolor="none", edgecolor=INK, zorder=5, label="swapped")
    panel.set(ylabel="z", xlim=(0, len(rows) + 1), ylim=(-1.04 * reach, 1.04 * reach))
    panel.xaxis.set_major_locator(MaxNLocator(integer=True))
    panel.grid(visible=False)


def _mark_beyond(panel, order, z, reach):
    """Write the value beside results that lie beyond the picture; they are drawn at its edge."""
    for place in np.flatnonzero(np.abs(z) > reach)[:VALUES_WRITTEN]:
        panel.annotate(
            f"{z[place]:.1f}", (order[place], np.sign(z[place]) * reach), xytext=(7, 0), textcoords="offset points", va="center"
        )


@drawing
def blanks(table, *, label, unit, limit, synthetic):
    """Blanks in order of analysis against the limit of contamination, and against the sample analysed before each.

    Parameters
    ----------
    table : DataFrame
        value and verdict (and preceding, the value of the sample before), one row per blank of one analyte, in order of analysis.
    limit : float
        Value above which a blank fails, in ``unit``.
    """
    values, failed = table["value"].to_numpy(dtype=float), (table["verdict"] == "fail").to_numpy()
    before = table["preceding"].to_numpy(dtype=float) if "preceding" in table else np.full(len(table), np.nan)
    carried = np.isfinite(before) & np.isfinite(values)
    figure, axes = canvas(3.4, columns=2 if carried.any() else 1)
    places = [(axes[0, 0], np.arange(1, len(values) + 1), "Blank, in order")]
    if carried.any():
        places.append((axes[0, 1], before, f"Sample before {with_unit(plain(label), unit)}"))
    top = 1.25 * max([limit, *values[np.isfinite(values)]])
    for panel, across, words in places:
        panel.scatter(across[~failed], values[~failed], s=26, color=OKABE_ITO[0], label="within the limit", zorder=4)
        panel.scatter(across[failed], values[failed], s=42, color=FAIL, marker="X", label="failed", zorder=5)
        panel.axhline(limit, color=FAIL, linewidth=1.2, label=f"limit {limit:g}")
        panel.set(xlabel=words, ylabel=with_unit(plain(label), unit))
        panel.set_ylim(0, top)
    axes[0, 0].legend(loc="upper right", ncols=3 if len(places) == 1 else 2)
    return finish(figure, synthetic=synthetic, title=f"{plain(label)}: blanks, n = {len(values):,}, failed {int(failed.sum())}")

"""Swath plots: means of model and composites in slices along axes and directions, over the tonnes of each slice."""

import numpy as np

from scandia.report.style import FAINT, OKABE_ITO, canvas, drawing, finish, plain, with_unit

LINES = {
    "estimate": (None, {"color": OKABE_ITO[0], "linewidth": 2.2}),
    "nearest": ("nearest neighbour", {"color": OKABE_ITO[2], "linestyle": "--"}),
    "inverse_distance": ("inverse distance", {"color": OKABE_ITO[1], "linestyle": "-."}),
    "declustered": ("declustered composites", {"color": "#000000", "linestyle": "none", "marker": "o", "markersize": 5}),
}
AXES = {"x": "x, across strike (m)", "y": "y, along strike (m)", "z": "Elevation (m)"}


@drawing
def swath_plots(table, *, domain, variable, label, unit, synthetic, name=None, method="estimate", directions=None):
    """A panel for each axis and direction of the table, for one domain (or "all") and variable.

    Parameters
    ----------
    table : DataFrame
        domain, variable, axis, centre (m), estimate, nearest, inverse_distance, declustered, tonnage (t), composites; as
        `validation.swath.swaths` makes it.
    directions : dict of str to str, optional
        Name of each direction that is no axis of the mine grid to its words.
    name : str, optional
        Name of the domain in the title.
    method : str, optional
        Name of the estimator in the legend.
    """
    chosen = table[(table["domain"] == domain) & (table["variable"] == variable)]
    others = {axis: (directions or {}).get(axis, plain(axis)) for axis in dict.fromkeys(table["axis"]) if axis not in AXES}
    named = AXES | {axis: f"{words} (m)" for axis, words in others.items()}
    figure, axes = canvas(3.2 * len(named), rows=len(named))
    for panel, (axis, words) in zip(axes[:, 0], named.items(), strict=True):
        rows = chosen[chosen["axis"] == axis].sort_values("centre", kind="stable")
        bars = _draw_tonnes(panel, rows)
        for column, (text, style) in LINES.items():
            panel.plot(rows["centre"], rows[column], label=text or method, **style)
        _draw_counts(panel, rows)
        panel.set(xlabel=words, ylabel=with_unit(label, unit))
        panel.margins(y=0.18)
    handles, texts = axes[0, 0].get_legend_handles_labels()
    if len(chosen):
        figure.legend([*handles, bars], [*texts, "tonnes of the slice"], loc="outside lower center", ncols=5)
    title = f"{label}: swaths, {name or domain} (numbers: composites of the slice)"
    return finish(figure, synthetic=synthetic, title=title)


def _draw_tonnes(panel, rows):
    twin = panel.twinx()
    gaps = np.diff(rows["centre"])
    width = 0.8 * float(gaps.min()) if len(gaps) else 1.0
    bars = twin.bar(rows["centre"], rows["tonnage"] / 1e6, width=width, color="#dfe4ea")
    twin.set_ylabel("Tonnage (Mt)", color="#616e7c")
    twin.set_ylim(0, 1.6 * max(float((rows["tonnage"] / 1e6).max()), 1e-9) if len(rows) else 1.0)
    twin.grid(visible=False)
    twin.spines["right"].set(visible=True, color=FAINT)
    panel.set_zorder(twin.get_zorder() + 1)  # lines over bars
    panel.patch.set_visible(False)
    return bars


def _draw_counts(panel, rows):
    known = rows[rows["declustered"].notna()]
    for centre, value, count in zip(known["centre"], known["declustered"], known["composites"], strict=True):
        panel.annotate(
            f"{count:,}", (centre, value), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=9, color="#3e4c59"
        )

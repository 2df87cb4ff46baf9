"""Change of support: grade-tonnage curves of composites, theory and estimate, and the variances behind them."""

import numpy as np

from scandia.report.style import FAINT, INK, OKABE_ITO, canvas, drawing, finish, plain, with_unit

LINES = {
    "composites": ("declustered composites", {"color": INK, "linestyle": ":"}),
    "discrete_gaussian": ("blocks, discrete Gaussian", {"color": OKABE_ITO[5], "linewidth": 2.2}),
    "affine": ("blocks, affine correction", {"color": OKABE_ITO[1], "linestyle": "--"}),
    "nearest": ("nearest neighbour", {"color": OKABE_ITO[2], "linestyle": "-.", "linewidth": 1.2}),
    "estimate": ("estimate", {"color": OKABE_ITO[0], "linewidth": 2.2}),
}


@drawing
def support_curves(curves, variances, *, name, label, unit, synthetic):
    """Tonnage and grade above cut-off of each curve of one domain and variable, and the variances, side by side.

    Parameters
    ----------
    curves : DataFrame
        curve, cutoff, tonnage (share) and grade of one domain and variable; from `validation.support.change_of_support`.
    variances : dict
        The row of the variances of the same.
    name : str
        Of the domain, in the title.
    """
    figure, axes = canvas(7.6, rows=2, columns=2)
    tonnage, grade, metal, bars = axes.ravel()
    for curve, (words, style) in LINES.items():
        rows = curves[curves["curve"] == curve].sort_values("cutoff")
        if len(rows):
            tonnage.plot(rows["cutoff"], 100 * rows["tonnage"], label=words, **style)
            grade.plot(rows["cutoff"], rows["grade"], **style)
            metal.plot(rows["cutoff"], 100 * rows["metal"], **style)
    low = curves.loc[curves["cutoff"] > 0, "cutoff"].min()
    for panel, words in (
        (tonnage, "Tonnage (% of the domain)"),
        (grade, f"Mean grade ({unit})"),
        (metal, "Metal (% of the curve's own)"),
    ):
        if np.isfinite(variances["cutoff"]):
            panel.axvline(variances["cutoff"], color=FAINT, linewidth=1.2, zorder=0)
        panel.set(xlabel=f"Cut-off {with_unit(plain(label), unit)}", ylabel=words)
        if np.isfinite(low):
            panel.set_xlim(left=0.9 * low)
    _variances(bars, variances, unit)
    handles, texts = tonnage.get_legend_handles_labels()
    if handles:
        figure.legend(handles, texts, loc="outside lower center", ncols=3)
    r = variances["support_coefficient"]
    tail = f", r = {r:.3f}" if np.isfinite(r) else ""
    return finish(figure, synthetic=synthetic, title=f"{plain(label)}: change of support, {plain(name)}{tail}")


def _variances(panel, variances, unit):
    named = {
        "composites": variances["variance"],
        "blocks by theory": variances["true_block_variance"],
        "left by kriging": variances["expected_variance"],
        "estimate": variances["estimate_variance"],
    }
    known = {words: value for words, value in named.items() if np.isfinite(value)}
    colours = {
        "composites": "#7b8794",
        "blocks by theory": OKABE_ITO[5],
        "left by kriging": OKABE_ITO[4],
        "estimate": OKABE_ITO[0],
    }
    bars = panel.barh(list(known), list(known.values()), color=[colours[words] for words in known], height=0.6)
    panel.bar_label(bars, labels=[f" {value:,.4g}" for value in known.values()], fontsize=9)
    panel.invert_yaxis()
    panel.margins(x=0.2)
    panel.grid(axis="y", visible=False)
    panel.set(xlabel=f"Variance, ({unit})²", ylabel="Support")

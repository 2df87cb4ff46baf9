"""Estimates against the known truth of a simulated deposit: scatter, standardised errors, coverage of intervals."""

import numpy as np
from scipy.special import ndtri

from scandia.report.figures.crossvalidation import identity_and_fit
from scandia.report.style import INK, canvas, domain_colours, drawing, finish, with_unit

NOMINAL = (0.5, 0.8, 0.9, 0.95)


@drawing
def estimate_and_truth(blocks, *, variable, label, unit, labels=None):
    """Scatter of true against estimated grade of block parts, a panel per domain; always marked SYNTHETIC.

    Parameters
    ----------
    blocks : DataFrame
        domain, the variable and ``<variable>_true``; as `validation.truth.compare_truth` makes it.
    """
    true = f"{variable}_true"
    known = blocks[blocks[variable].notna() & blocks[true].notna()]
    names = sorted(known["domain"].unique()) or ["no blocks"]
    columns = min(3, len(names))
    rows = -(-len(names) // columns)
    figure, axes = canvas(0.6 + rows * (4.5 if columns < 3 else 3.3), rows=rows, columns=columns)
    for panel, (name, colour) in zip(axes.flat, domain_colours(names, labels).items(), strict=False):
        group = known[known["domain"] == name]
        panel.scatter(group[variable], group[true], s=9, alpha=0.4, linewidth=0, color=colour, rasterized=True)
        identity_and_fit(panel, group[variable].to_numpy(dtype=float), group[true].to_numpy(dtype=float))
        panel.set_title(f"{(labels or {}).get(name, name)} (n = {len(group):,})")
        panel.set(xlabel=f"Estimate {with_unit(label, unit)}", ylabel=f"Truth {with_unit(label, unit)}")
    for panel in axes.flat[len(names) :]:
        panel.set_visible(False)
    return finish(figure, synthetic=True, title=f"{label}: estimate against the known truth, by block")


@drawing
def error_honesty(blocks, *, variable, label):
    """Standardised errors against the normal density, and actual against nominal coverage; always marked SYNTHETIC.

    Parameters
    ----------
    blocks : DataFrame
        The variable, ``<variable>_true`` and ``<variable>_variance``. Parts of blocks are left out where ``fraction`` and
        ``true_fraction`` say so: the kriging variance is that of whole blocks.
    """
    standardised = standardised_errors(blocks, variable)
    figure, axes = canvas(4.4, columns=2)
    _draw_density(axes[0, 0], standardised)
    _draw_coverage(axes[0, 1], standardised)
    return finish(figure, synthetic=True, title=f"{label}: did the kriging variance tell the truth?")


def _draw_density(panel, standardised):
    if standardised.size:
        bins = np.linspace(-4, 4, 41)
        options = {"density": True, "color": "#56B4E9", "edgecolor": "white", "linewidth": 0.4, "label": "blocks"}
        panel.hist(np.clip(standardised, -4, 4), bins=bins, **options)
        text = f"{standardised.size:,} whole blocks: mean {standardised.mean():+.2f}, variance {standardised.var():.2f}"
        panel.set_title(text, fontsize=10)
    places = np.linspace(-4, 4, 200)
    panel.plot(
        places, np.exp(-(places**2) / 2) / np.sqrt(2 * np.pi), color=INK, linestyle="--", label="normal, mean 0, variance 1"
    )
    panel.set(xlabel="(estimate - truth) / kriging standard deviation", ylabel="Density")
    panel.set_ylim(0, 1.3 * panel.get_ylim()[1])
    panel.legend(loc="upper left")


def _draw_coverage(panel, standardised):
    actual = 100 * np.array(coverage(standardised, NOMINAL))
    bars = panel.bar([f"{share:.0%}" for share in NOMINAL], actual, color="#0072B2", width=0.6, label="actual")
    panel.bar_label(bars, fmt="%.0f %%", label_type="center", color="white", fontweight="bold")
    nominal = 100 * np.array(NOMINAL)
    panel.scatter(range(len(NOMINAL)), nominal, marker="_", s=1600, color="#D55E00", linewidth=2.4, label="nominal")
    panel.set(xlabel="Nominal coverage of the interval", ylabel="Blocks inside (%)", ylim=(0, 112))
    panel.legend(loc="upper left", markerscale=0.3)


def standardised_errors(blocks, variable, *, whole=0.999):
    """Errors divided by the kriging standard deviation, of blocks that are whole in model and truth."""
    chosen = blocks
    for name in ("fraction", "true_fraction"):
        chosen = chosen[chosen[name] >= whole] if name in chosen else chosen
    error = (chosen[variable] - chosen[f"{variable}_true"]).to_numpy(dtype=float)
    variance = chosen[f"{variable}_variance"].to_numpy(dtype=float)
    used = np.isfinite(error) & (variance > 0)
    return error[used] / np.sqrt(variance[used])


def coverage(standardised, shares):
    """Share of standardised errors within each central normal interval, list; NaN without any error."""
    if standardised.size == 0:
        return [float("nan")] * len(shares)
    return [float(np.mean(np.abs(standardised) <= ndtri(0.5 + share / 2))) for share in shares]

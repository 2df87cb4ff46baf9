"""What kriging says of its blocks: slope of regression, efficiency and negative weights, by tonnage."""

import numpy as np

from scandia.report.figures.pieces import thinned
from scandia.report.style import INK, canvas, domain_colours, drawing, finish, plain

PANELS = {
    "slope": ("Slope of regression", (0.0, 1.2), 0.8),
    "efficiency": ("Kriging efficiency", (-0.6, 1.0), 0.3),
    "negative_weights": ("Sum of negative weights", (-0.4, 0.0), -0.05),
}
BINS = 40


@drawing
def diagnostics(parts, *, variable, label, unit, limits, synthetic, labels=None):
    """Share of the tonnage of each domain up to a value of each diagnostic; dashed: where the check warns.

    Parameters
    ----------
    parts : Dataset
        Dims (domain, z, y, x): tonnage and ``<variable>_slope`` and so on.
    limits : dict of str to float
        Diagnostic to the mean from which on its check warns.
    """
    parts = thinned(parts, [variable, "tonnage", *(f"{variable}_{name}" for name in PANELS)])
    names = [str(name) for i, name in enumerate(parts["domain"].values) if np.isfinite(parts[variable].values[i]).any()]
    colours = domain_colours(names, labels)
    figure, axes = canvas(4.0, columns=len(PANELS))
    for panel, (name, (words, ends, warns)) in zip(axes[0], PANELS.items(), strict=True):
        for domain, colour in colours.items():
            values = parts[f"{variable}_{name}"].sel(domain=domain).values
            known = np.isfinite(values) & np.isfinite(parts[variable].sel(domain=domain).values)
            order = np.argsort(values[known], kind="stable")
            share = np.cumsum(parts["tonnage"].sel(domain=domain).values[known][order])
            if len(share) and share[-1] > 0:
                panel.plot(
                    np.clip(values[known][order], *ends), 100 * share / share[-1], color=colour,
                    label=plain((labels or {}).get(domain, domain)),
                )  # fmt: skip
        panel.axvline(limits.get(name, warns), color=INK, linestyle="--", linewidth=1.0)
        panel.set(xlabel=words, xlim=ends, ylim=(0, 101))
        panel.set_ylabel("Tonnage up to it (%)")
        panel.label_outer()
    handles, texts = axes[0, 0].get_legend_handles_labels()
    if handles:
        figure.legend(handles, texts, loc="outside lower center", ncols=4)
    return finish(figure, synthetic=synthetic, title=f"{plain(label)}: quality of the kriged blocks")

"""Densities by domain, and against a grade."""

import numpy as np

from scandia.blockmodel.density_line import predict_density
from scandia.report.style import INK, OKABE_ITO, canvas, domain_colours, drawing, finish, plain, with_unit

OUTSIDE = "outside"


@drawing
def densities(values, *, labels, synthetic):
    """Densities of each domain: every measurement, the median and quartiles; outliers and implausible ones as crosses.

    Parameters
    ----------
    values : DataFrame
        domain, density, plausible, outlier.
    labels : dict of str to str
        Domain to label, in the order of the codes.
    """
    names = [name for name in labels if (values["domain"] == name).any()] or list(labels)
    figure, axes = canvas(1.4 + 0.55 * max(len(names), 3))
    panel = axes[0, 0]
    for place, (name, colour) in enumerate(domain_colours(names, labels).items()):
        rows = values[(values["domain"] == name) & values["density"].notna()]
        density, good = rows["density"].to_numpy(float), (rows["plausible"] * (1 - rows["outlier"])).to_numpy() == 1
        jitter = 0.24 * np.sin(1e4 * np.arange(len(rows)))  # repeatable, and the same for every run
        panel.scatter(density[good], place + jitter[good], s=12, alpha=0.5, color=colour, linewidth=0)
        panel.scatter(density[~good], place + jitter[~good], s=36, color=OKABE_ITO[5], marker="x", linewidth=1.4)
        if good.any():
            lower, middle, upper = np.quantile(density[good], [0.25, 0.5, 0.75])
            panel.plot([lower, upper], [place, place], color=INK, linewidth=3)
            panel.plot(middle, place, marker="D", markersize=6, color="white", markeredgecolor=INK)
    panel.set_yticks(range(len(names)), [f"{plain(labels[name])} (n = {(values['domain'] == name).sum():,})" for name in names])
    panel.invert_yaxis()
    panel.set_xlabel("Density (t/m³); crosses: outliers or implausible; diamond and bar: median and quartiles")
    return finish(figure, synthetic=synthetic, title="Density by domain")


@drawing
def regression(values, lines, *, confidence, label, unit, labels, synthetic):
    """Density against a grade with its line, and the limits of a single measurement, a panel per domain that has a line.

    Parameters
    ----------
    values : DataFrame
        domain, density, plausible, outlier and the analyte.
    lines : DataFrame
        From `blockmodel.density_regression.regress_density`.
    confidence : float
    """
    drawn = [row for row in lines.to_dict("records") if np.isfinite(row["slope"])]
    figure, axes = canvas(1.0 + 2.9 * max(len(drawn), 1), rows=max(len(drawn), 1))
    colours = domain_colours([row["domain"] for row in drawn], labels)
    for panel, row in zip(axes[:, 0], drawn, strict=False):
        rows = values[(values["domain"] == row["domain"]) & values[row["analyte"]].notna() & (values["plausible"] == 1)]
        panel.scatter(rows[row["analyte"]], rows["density"], s=14, alpha=0.6, color=colours[row["domain"]], linewidth=0)
        grade = np.linspace(row["grade_minimum"], row["grade_maximum"], 50)
        middle, low, high = predict_density(row, grade)
        panel.plot(
            grade, middle, color=INK, label=f"{row['intercept']:.3f} {row['slope']:+.3g} × grade, r² = {row['r_squared']:.2f}"
        )
        panel.fill_between(grade, low, high, color=INK, alpha=0.1, linewidth=0, label=f"{100 * confidence:g} % of measurements")
        panel.set_title(f"{plain(labels.get(row['domain'], row['domain']))}: n = {row['pairs']:,.0f}")
        panel.set(xlabel=with_unit(plain(label), unit), ylabel="Density (t/m³)")
        panel.legend(loc="best")
    return finish(figure, synthetic=synthetic, title=f"Density against {plain(label)}")

"""Relations of grades: with each other, with place and with depth."""

import numpy as np

from scandia.report.style import canvas, domain_colours, drawing, finish, with_unit

MOST_POINTS = 3000  # of a panel; more would only be darker


@drawing
def scatter_matrix(frame, variables, *, names, synthetic, labels=None):
    """Each pair of variables, coloured by domain, with histograms on the diagonal.

    Parameters
    ----------
    frame : DataFrame
        Composites with domain and the variables.
    variables : sequence of str
    names : dict of str to str
        Variable to its label with the unit.
    """
    count = len(variables)
    figure, axes = canvas(1.0 + 2.4 * count, rows=count, columns=count)
    groups = dict(tuple(frame.groupby("domain", sort=True)))
    colours = domain_colours(groups, labels)
    for row, second in enumerate(variables):
        for column, first in enumerate(variables):
            panel = axes[row, column]
            for name, colour in colours.items():
                rows = groups[name][[first, second]].dropna() if first != second else groups[name][[first]].dropna()
                rows = rows.iloc[np.linspace(0, len(rows) - 1, min(len(rows), MOST_POINTS)).astype(int)] if len(rows) else rows
                if first == second:
                    panel.hist(rows[first], bins=25, color=colour, alpha=0.6, label=(labels or {}).get(name, name))
                else:
                    panel.plot(rows[first], rows[second], ".", color=colour, markersize=3, alpha=0.6)
            if row == count - 1:
                panel.set_xlabel(names[first])
            if column == 0:
                panel.set_ylabel(names[second] if row or count == 1 else "Composites")
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return finish(figure, synthetic=synthetic, title="Scatter of the grades of the composites")


@drawing
def trends(table, variable, *, label, unit, synthetic, labels=None):
    """Mean grade in slices along x, y, z and depth, a line per domain.

    Parameters
    ----------
    table : DataFrame
        As `statistics.trends.trend_table` makes it.
    variable : str
        Analyte; ``label`` and ``unit`` name it.
    """
    chosen = table[table["analyte"] == variable]
    figure, axes = canvas(5.6, rows=2, columns=2)
    words = {"x": "Mine grid x (m)", "y": "Mine grid y (m)", "z": "Elevation (m)", "depth": "Depth down the hole (m)"}
    for panel, (axis, text) in zip(axes.flat, words.items(), strict=True):
        groups = dict(tuple(chosen[chosen["axis"] == axis].groupby("domain", sort=True)))
        for name, colour in domain_colours(groups, labels).items():
            rows = groups[name]
            middle = (rows["lower"] + rows["upper"]) / 2
            panel.plot(middle, rows["mean"], marker="o", markersize=4, color=colour, label=(labels or {}).get(name, name))
        panel.set(xlabel=text, ylabel=f"Mean {with_unit(label, unit)}")
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return finish(figure, synthetic=synthetic, title=f"{label}: declustered mean along the axes")

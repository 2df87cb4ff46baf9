"""Capping study: what caps would leave, and where the highest grades lie."""

from scandia.report.style import FAINT, INK, canvas, domain_colours, drawing, finish, with_unit

CAP = "#D55E00"


@drawing
def cap_curves(table, variable, *, label, unit, synthetic, caps=None, labels=None):
    """Coefficient of variation and metal removed against the cap, a row per domain; a line marks the cap in use.

    Parameters
    ----------
    table : DataFrame
        As `statistics.outliers.cap_curve` makes it.
    variable : str
        Analyte; ``label`` and ``unit`` name it.
    caps : dict, optional
        Domain to the cap in use.
    """
    groups = dict(tuple(table[table["analyte"] == variable].groupby("domain", sort=True)))
    figure, axes = canvas(0.9 + 2.3 * max(len(groups), 1), rows=max(len(groups), 1), columns=2)
    for row, (name, colour) in zip(axes, domain_colours(groups, labels).items(), strict=False):
        curve = groups[name]
        row[0].plot(curve["cap"], curve["cv"], marker="o", markersize=4, color=colour)
        row[1].plot(curve["cap"], 100 * curve["metal_removed"], marker="o", markersize=4, color=colour)
        row[0].set_title((labels or {}).get(name, name))
        row[0].set(xlabel=f"Cap, {with_unit(label, unit)}", ylabel="CV after the cap")
        row[1].set(xlabel=f"Cap, {with_unit(label, unit)}", ylabel="Metal removed (%)")
        if caps and name in caps:
            for panel in row:
                panel.axvline(caps[name], color=CAP, linestyle="--", label=f"cap {caps[name]:g}")
                panel.legend()
    return finish(figure, synthetic=synthetic, title=f"{label}: what caps would leave")


@drawing
def outliers(table, composites, variable, *, label, unit, synthetic):
    """Plan and long section of the outliers of one variable, sized by grade, over all composites.

    Parameters
    ----------
    table : DataFrame
        As `statistics.outliers.outlier_table` makes it.
    composites : DataFrame
        All composites, x, y, z in the mine grid.
    variable : str
        Analyte; ``label`` and ``unit`` name it.
    """
    chosen = table[table["analyte"] == variable]
    figure, axes = canvas(4.4, columns=2)
    for panel, (across, up) in zip(axes[0], (("x", "y"), ("y", "z")), strict=True):
        panel.plot(composites[across], composites[up], ".", color=FAINT, markersize=2)
        if len(chosen):
            size = 20 + 80 * chosen["grade"] / chosen["grade"].max()
            dots = panel.scatter(
                chosen[across], chosen[up], s=size, c=chosen["grade"], cmap="viridis", edgecolors=INK, linewidths=0.6, zorder=3
            )
        panel.set(xlabel=f"Mine grid {across} (m)", ylabel=f"Mine grid {up} (m)", aspect="equal")
    if len(chosen):
        figure.colorbar(dots, ax=axes[0].tolist(), label=with_unit(label, unit), shrink=0.8)
    return finish(figure, synthetic=synthetic, title=f"{label}: where the {len(chosen)} highest composites lie")

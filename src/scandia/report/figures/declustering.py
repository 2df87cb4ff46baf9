"""The scan of cell sizes that declustering shows: declustered mean against cell size."""

from scandia.report.style import INK, canvas, domain_colours, drawing, finish, with_unit

MOST_COLUMNS = 3


@drawing
def scan(table, *, synthetic, chosen, label="Grade", unit="", labels=None):
    """Declustered mean against cell size, a panel per domain.

    Parameters
    ----------
    table : DataFrame
        domain, size (m; 0 is the plain mean) and mean; as `statistics.declustering.decluster` makes it.
    chosen : float
        The cell size in use, m.
    """
    groups = dict(tuple(table.groupby("domain", sort=True)))
    columns = min(MOST_COLUMNS, len(groups))
    rows = -(-len(groups) // columns)
    figure, axes = canvas(1.2 + 2.5 * rows, rows=rows, columns=columns)
    for panel, (name, colour) in zip(axes.flat, domain_colours(groups, labels).items(), strict=False):
        ordered = groups[name].sort_values("size", kind="stable")
        cells, plain = ordered[ordered["size"] > 0], ordered[ordered["size"] == 0]
        panel.plot(cells["size"], cells["mean"], marker="o", markersize=4, color=colour)
        if len(plain):
            panel.axhline(plain["mean"].iloc[0], color=INK, linestyle=":", linewidth=1.2, label="plain mean")
        panel.axvline(chosen, color="#52606d", linestyle="--", linewidth=1.2, label=f"cell size in use: {chosen:g} m")
        panel.set_title((labels or {}).get(name, name))
        panel.set(xlabel="Cell size along y (m)", ylabel=f"Mean {with_unit(label, unit)}", xlim=(0, None))
        panel.margins(y=0.15)
    for panel in axes.flat[len(groups) :]:
        panel.set_visible(False)
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return finish(figure, synthetic=synthetic, title=f"{label}: declustered mean by cell size")

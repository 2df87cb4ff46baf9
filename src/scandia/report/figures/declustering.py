"""The scan of cell sizes that declustering shows: declustered mean against cell size."""

from scandia.report.style import canvas, domain_colours, drawing, finish, with_unit


@drawing
def scan(table, *, synthetic, chosen, label="Grade", unit="", value="mean", labels=None):
    """Declustered mean against cell size, a line per domain.

    Parameters
    ----------
    table : DataFrame
        size (m), the column ``value``, and domain if there are several.
    chosen : float
        The cell size in use, m.
    """
    figure, axes = canvas(3.8)
    panel = axes[0, 0]
    groups = dict(tuple(table.groupby("domain", sort=True))) if "domain" in table else {"all": table}
    for name, colour in domain_colours(groups).items():
        rows = groups[name].sort_values("size", kind="stable")
        panel.plot(rows["size"], rows[value], marker="o", markersize=4, color=colour, label=(labels or {}).get(name, name))
    panel.axvline(chosen, color="#52606d", linestyle="--", linewidth=1.2, label=f"cell size in use: {chosen:g} m")
    panel.set(xlabel="Cell size along y (m)", ylabel=with_unit(f"Declustered mean {label}", unit))
    panel.legend()
    return finish(figure, synthetic=synthetic, title=f"{label}: declustered mean by cell size")

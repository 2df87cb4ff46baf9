"""Contact analysis: mean grade by distance on both sides of each contact, with the number of samples."""

from scandia.report.style import INK, canvas, drawing, finish, with_unit

MOST_COLUMNS = 2


@drawing
def contacts(table, variable, *, label, unit, synthetic, labels=None):
    """Mean grade against signed distance from the contact, a panel per pair of domains; figures are the number of samples.

    Parameters
    ----------
    table : DataFrame
        As `statistics.contacts.contact_table` makes it.
    variable : str
        Analyte; ``label`` and ``unit`` name it.
    """
    pairs = dict(tuple(table[table["analyte"] == variable].groupby(["first", "second"], sort=True)))
    columns = min(MOST_COLUMNS, max(len(pairs), 1))
    rows = max(1, -(-len(pairs) // columns))
    figure, axes = canvas(0.9 + 2.7 * rows, rows=rows, columns=columns)
    names = {"outside": "outside", **(labels or {})}
    for panel, ((first, second), group) in zip(axes.flat, pairs.items(), strict=False):
        for side, colour in ((group[group["distance_to"] <= 0], "#0072B2"), (group[group["distance_from"] >= 0], "#D55E00")):
            middle = (side["distance_from"] + side["distance_to"]) / 2
            panel.plot(middle, side["mean"], marker="o", color=colour)
            for at, mean, count in zip(middle, side["mean"], side["n"], strict=True):
                panel.annotate(
                    f"{count}", (at, mean), xytext=(0, 5), textcoords="offset points", ha="center", fontsize=9, color=INK
                )
        panel.axvline(0, color=INK, linestyle="--", linewidth=1.2)
        panel.set_title(f"{names.get(first, first)} | {names.get(second, second)}")
        panel.set(xlabel="Distance from the contact along the hole (m)", ylabel=f"Mean {with_unit(label, unit)}")
        panel.margins(y=0.2)
    for panel in axes.flat[len(pairs) :]:
        panel.set_visible(False)
    return finish(figure, synthetic=synthetic, title=f"{label}: contact analysis (figures: samples)")

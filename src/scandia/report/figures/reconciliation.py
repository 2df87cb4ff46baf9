"""Waterfall from a previous estimate to the present one."""

import numpy as np

from scandia.report.style import FAINT, INK, canvas, drawing, finish
from scandia.resource.reconcile import TOTAL

COLOURS = {True: "#0072B2", False: "#D55E00"}  # more, less
MASSES = {"Mt": 1e6, "kt": 1e3, "t": 1.0, "kg": 1e-3}
MEASURES = ("tonnage", "grade", "metal")


@drawing
def waterfall_figure(table, *, resource, synthetic):
    """Bars from the previous estimate on top to the present one at the foot, a panel each of tonnes, grade, metal.

    Parameters
    ----------
    table : DataFrame
        From `resource.reconcile.waterfall`.
    resource : str
        "Measured + Indicated" or "Inferred".
    """
    chosen = table[table["resource"] == resource]
    causes = chosen.loc[(chosen["measure"] == "tonnage") & (chosen["cause"] != TOTAL), "cause"]
    figure, axes = canvas(1.6 + 0.36 * (len(causes) + 2), columns=3)
    for place, (panel, measure) in enumerate(zip(axes[0], MEASURES, strict=True)):
        rows = chosen[chosen["measure"] == measure].sort_values("place")
        unit, factor = (rows["unit"].iloc[0], 1.0) if measure == "grade" else _mass_unit(rows)
        _draw(panel, rows[rows["cause"] != TOTAL], rows[rows["cause"] == TOTAL].iloc[0], factor)
        panel.set(xlabel=f"{measure.capitalize()} ({unit})", title=measure.capitalize())
        panel.set_yticks(range(len(causes) + 2), ["previous", *causes, "present"] if place == 0 else [])
        panel.set_ylim(len(causes) + 1.6, -0.6)
        panel.grid(axis="y", visible=False)
    return finish(figure, synthetic=synthetic, title=f"From the previous estimate to the present one: {resource}")


def _mass_unit(rows):
    """Unit in which the largest mass is a number above one, and the factor from t to it."""
    largest = rows[["before", "after"]].max(axis=None)
    unit = next((unit for unit, size in MASSES.items() if largest >= size), "kg")
    return unit, 1.0 / MASSES[unit]


def _draw(panel, steps, total, factor):
    """Bars of one panel; the axis starts at zero for what adds up, and near the smallest value for a grade."""
    values = factor * np.array([*steps["before"], steps["after"].iloc[-1]], dtype=float)
    known = values[np.isfinite(values)]
    low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)
    start = 0.0 if total["measure"] != "grade" else max(low - max(high - low, 0.01 * high), 0.0)
    reach = max(high - start, 1e-9)
    digits = 2 if high < 100 else 1
    for at, value in ((0, factor * total["before"]), (len(steps) + 1, factor * total["after"])):
        if np.isfinite(value):
            panel.barh(at, value - start, left=start, height=0.7, color=FAINT)
            panel.annotate(f"{value:,.{digits}f}", (value, at), (3, 0), textcoords="offset points", va="center", fontsize=9)
    for at, (one, other) in enumerate(zip(factor * steps["before"], factor * steps["after"], strict=True), start=1):
        if not np.isfinite(other - one):
            continue
        panel.barh(at, other - one, left=one, height=0.7, color=COLOURS[bool(other >= one)])
        panel.plot([one, one], [at - 0.65, at + 0.35], color=INK, linewidth=0.6)
        panel.plot([other, other], [at - 0.35, at + 0.65], color=INK, linewidth=0.6)
        words = "0" if other == one else f"{other - one:+,.{digits}f}".replace("-", "−")
        panel.annotate(words, (max(one, other), at), (3, 0), textcoords="offset points", va="center", fontsize=9)
    panel.set_xlim(start, start + 1.3 * reach)

"""Tornado of the sensitivities: by how much each changed choice moves tonnes, grade and metal."""

import numpy as np

from scandia.report.style import INK, canvas, drawing, finish

COLOURS = {True: "#0072B2", False: "#D55E00"}  # more than the base, less
MEASURES = {"tonnage": "Tonnes", "grade": "Grade", "metal": "Metal"}


@drawing
def tornado(table, *, resource, synthetic):
    """Bars of the differences from the base in percent, the choice with the largest on top, a panel each of tonnes, grade, metal.

    Parameters
    ----------
    table : DataFrame
        From `resource.sensitivity.rank_sensitivities`.
    resource : str
        "Measured + Indicated" or "Inferred".
    """
    chosen = table[(table["resource"] == resource) & table["share"].notna()]
    count = max(chosen["choice"].nunique(), 1)
    figure, axes = canvas(1.5 + 0.6 * count, columns=3)
    for panel, (measure, title) in zip(axes[0], MEASURES.items(), strict=True):
        rows = chosen[chosen["measure"] == measure]
        choices = list(dict.fromkeys(rows["choice"]))
        for place, choice in enumerate(choices):
            own = rows[rows["choice"] == choice]
            half = 0.7 / len(own)
            for number, (share, change) in enumerate(zip(100 * own["share"], own["change"], strict=True)):
                at = place - 0.35 + half * (number + 0.5)
                panel.barh(at, share, height=0.9 * half, color=COLOURS[bool(share >= 0)])
                side = {"ha": "left" if share >= 0 else "right", "va": "center", "fontsize": 9}
                panel.annotate(_short(change), (share, at), (3 if share >= 0 else -3, 0), textcoords="offset points", **side)
        reach = 2.3 * max(float(np.abs(100 * rows["share"]).max()) if len(rows) else 0.0, 0.1)
        panel.axvline(0.0, color=INK, linewidth=1.0)
        panel.set_yticks(range(len(choices)), choices)
        panel.set(title=title, xlabel="Difference from the base (%)", xlim=(-reach, reach))
        panel.invert_yaxis()
        panel.grid(axis="y", visible=False)
    return finish(figure, synthetic=synthetic, title=f"Sensitivity of {resource} at the base cut-off")


def _short(change):
    return change if len(change) <= 16 else change[:15] + "…"

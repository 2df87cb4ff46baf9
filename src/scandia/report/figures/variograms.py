"""Experimental variograms and their model, along the holes and the three axes."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from scandia.geometry.rotation import direction, spell_direction
from scandia.report.style import FAINT, INK, canvas, drawing, finish
from scandia.variography.covariance import gamma
from scandia.vocabulary import AZIMUTH, DEPTH, DIP, HOLE

DIRECTIONS = {
    "downhole": ("along the holes", "#000000"),
    "major": ("major axis", "#0072B2"),
    "semi": ("semi-major axis", "#E69F00"),
    "minor": ("minor axis", "#009E73"),
}
MODEL_COLOUR = "#D55E00"
HEADROOM = 1.12  # of the highest that is drawn
COUNTS = 7.0  # of the height of the panel, one part is for the bars of pairs
SMALLEST, LARGEST = 14.0, 100.0  # dot areas, square points
MOST_SILLS = 2.0  # times the sill: dots above it are arrows at the upper edge, so that one wild lag flattens no panel
CROWDED = 12  # lags of a panel above which only every second has its number


@drawing
def variograms(
    experimental, model, axes=None, *, domain, variable, label, unit, minimum_pairs, synthetic, downhole=None, name=None
):
    """Four panels of one domain and variable: experiment, model line, and sill, if it has one.

    Dots are sized by hole pairs, by which the fit weighs them, and hollow under the minimum of pairs; bars are the pairs of each
    lag, the numbers on them its hole pairs. The axis ends at twice the sill at most; arrows with numbers are what lies above.

    Parameters
    ----------
    experimental : DataFrame
        domain, variable, direction, distance (m), gamma, pairs and hole_pairs.
    model : Variogram or None
        With world azimuths.
    axes : array (3, 3), optional
        Major, semi-major and minor axis of the experiment as world unit vectors, along which the model's lines run.
    domain, variable : str
        Rows to draw; ``label`` and ``unit`` name them in the title and on the axis.
    minimum_pairs : int
        Lags with fewer pairs are hollow: they were not fitted.
    name : str, optional
        Name of the domain in the title.
    downhole : array (3,), optional
        Mean direction of the holes in world coordinates, for the model line of the first panel; see `mean_direction`.
    """
    chosen = experimental[(experimental["domain"] == domain) & (experimental["variable"] == variable)]
    figure, panels = canvas(7.1, rows=2, columns=2, sharey=True)
    vectors = experiment_vectors(axes, downhole)
    most = max(1.0, float(chosen["hole_pairs"].max())) if len(chosen) else 1.0
    top = float(chosen["gamma"].max()) if len(chosen) else 1.0
    for panel, (key, (words, colour)) in zip(panels.flat, DIRECTIONS.items(), strict=True):
        rows = chosen[(chosen["direction"] == key) & (chosen["pairs"] > 0)]
        reach = 1.08 * float(rows["distance"].max()) if len(rows) else 1.0
        _draw_dots(panel, rows, colour, minimum_pairs, most)
        _draw_counts(panel, rows, colour)
        if model is not None:
            if model.bounded:
                panel.axhline(model.sill, color=FAINT, linestyle="--", linewidth=1.2, zorder=1)
                top = max(top, model.sill)
            if key in vectors and len(rows):
                distances = np.linspace(reach / 400, reach, 400)
                line = gamma(model, distances[:, None] * vectors[key])
                panel.plot(distances, line, color=MODEL_COLOUR, zorder=2)
                top = max(top, float(line[-1]))
        words = f"{words} {spell_direction(vectors[key])}" if key in vectors else words
        panel.set_title(words if len(rows) else f"{words}: no pairs")
        if len(rows):
            panel.set_title(f"{int(rows['pairs'].sum()):,} pairs", loc="right", fontsize=9, fontweight="normal")
        panel.set(xlim=(0, reach), xlabel="Distance (m)")
    if model is not None and model.bounded:
        top = min(top, MOST_SILLS * model.sill / HEADROOM)
    panels[0, 0].set_ylim(0, HEADROOM * top)
    for panel, (key, (_, colour)) in zip(panels.flat, DIRECTIONS.items(), strict=True):
        beyond = (chosen["direction"] == key) & (chosen["pairs"] > 0) & (chosen["gamma"] > HEADROOM * top)
        _draw_arrows(panel, chosen[beyond], colour)
    for panel in panels[:, 0]:
        panel.set_ylabel(f"γ ({unit})²" if unit else "γ")
    figure.legend(handles=_legend(minimum_pairs, model), loc="outside lower center", ncols=5)
    return finish(figure, synthetic=synthetic, title=f"{label}, {name or domain}: variograms")


def _legend(minimum_pairs, model):
    dot = {"linestyle": "none", "marker": "o", "color": "#52606d"}
    handles = [
        Line2D([], [], label="experimental, size and number: pairs of holes", **dot),
        Line2D([], [], label=f"under {minimum_pairs} pairs", markerfacecolor="none", **dot),
        Patch(facecolor="#52606d", alpha=0.3, label="pairs of composites"),
        Line2D([], [], color=MODEL_COLOUR, label="model"),
    ]
    if model is None or model.bounded:
        handles.append(Line2D([], [], color=FAINT, linestyle="--", label="sill"))
    return handles


def experiment_vectors(axes, downhole=None):
    """World unit vectors ``(3,)`` of the drawn directions, by name; that of the holes points down."""
    vectors = {} if axes is None else dict(zip(("major", "semi", "minor"), np.asarray(axes, dtype=float), strict=True))
    if downhole is not None:
        down = np.asarray(downhole, dtype=float)
        vectors["downhole"] = -down if down[2] > 0.0 else down
    return vectors


def mean_direction(stations):
    """Mean direction of the holes, weighted by length, as a world unit vector ``(3,)`` of either sign."""
    total = np.zeros((3, 3))
    for _, hole in stations.groupby(HOLE, sort=True):
        ordered = hole.sort_values(DEPTH, kind="stable")
        vectors = direction(ordered[AZIMUTH].to_numpy(dtype=float), ordered[DIP].to_numpy(dtype=float))
        lengths = np.gradient(ordered[DEPTH].to_numpy(dtype=float)) if len(ordered) > 1 else np.ones(1)
        total += (vectors * lengths[:, None]).T @ vectors
    return np.linalg.eigh(total)[1][:, -1]


def _draw_counts(panel, rows, colour):
    """Pairs of each lag as bars along the foot of the panel, the highest a seventh of its height; on them the hole pairs."""
    if not len(rows):
        return
    width = 0.5 * float(np.diff(np.sort(rows["distance"])).min()) if len(rows) > 1 else 0.1 * float(rows["distance"].max())
    heights = rows["pairs"] / rows["pairs"].max() / COUNTS
    foot = panel.get_xaxis_transform()
    panel.bar(rows["distance"], heights, width=width, color=colour, alpha=0.25, transform=foot)
    step = 1 if len(rows) <= CROWDED else 2
    for distance, height, holes in list(zip(rows["distance"], heights, rows["hole_pairs"], strict=True))[::step]:
        options = {"ha": "center", "va": "bottom", "fontsize": 9, "color": INK, "zorder": 5}
        options["path_effects"] = [withStroke(linewidth=2.5, foreground="white")]  # readable over dots and bars
        panel.text(distance, height + 0.008, f"{int(holes)}", transform=foot, **options)


def _draw_arrows(panel, rows, colour):
    """Semivariances above the panel as arrows at its upper edge, with their numbers."""
    for distance, semivariance in zip(rows["distance"], rows["gamma"], strict=True):
        options = {"transform": panel.get_xaxis_transform(), "zorder": 5}
        panel.plot([distance], [0.97], marker="^", markersize=8, linestyle="none", color=colour, **options)
        panel.text(distance, 0.94, f"{semivariance:.3g}", ha="center", va="top", fontsize=9, color=INK, **options)


def _draw_dots(panel, rows, colour, minimum_pairs, most):
    areas = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(rows["hole_pairs"] / most)
    enough = (rows["pairs"] >= minimum_pairs).to_numpy()
    panel.scatter(rows["distance"][enough], rows["gamma"][enough], s=areas[enough], color=colour, edgecolor="white", zorder=4)
    panel.scatter(
        rows["distance"][~enough], rows["gamma"][~enough], s=areas[~enough], facecolor="none", edgecolor=colour, zorder=4
    )

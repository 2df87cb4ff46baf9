"""Resource classes: the longitudinal projection and the tonnes of each class."""

import numpy as np
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Patch

from scandia.report.figures.marks import edges, local_stations, scale_bar
from scandia.report.figures.pieces import across_rows, down_columns
from scandia.report.style import CLASS_COLOURS, CLASS_LABELS, INK, bearing, canvas, drawing, finish
from scandia.vocabulary import CLASS, HOLE, TONNAGE, Class, X, Y, Z

ABSENT = -1
SURER = (Class.MEASURED, Class.INDICATED, Class.INFERRED, Class.UNCLASSIFIED)
MEGATONNE = 1e6


@drawing
def longitudinal(blocks, stations, mine_grid, *, synthetic):
    """Longitudinal projection of the classes on the y-z plane, looking along -x with y increasing to the right.

    Each cell takes the class that holds the largest tonnage across strike; cells without any classified or estimated
    tonnes stay white. ``blocks`` has dims (z, y, x), ``class`` and ``tonnage``.
    """
    ratio = float(np.ptp(edges(blocks[Z])) / np.ptp(edges(blocks[Y])))
    figure, axes = canvas(float(np.clip(8.85 * ratio + 1.3, 3.4, 10.0)))
    panel = axes[0, 0]
    codes = list(CLASS_COLOURS)
    colours = {
        "cmap": ListedColormap(list(CLASS_COLOURS.values())),
        "norm": BoundaryNorm(np.append(codes, len(codes)) - 0.5, len(codes)),
    }
    projected = dominant_class(blocks)
    shown = np.ma.masked_equal(projected, ABSENT)
    panel.pcolormesh(edges(blocks[Y]), edges(blocks[Z]), shown, rasterized=True, **colours)
    for _, trace in local_stations(stations, mine_grid).groupby(HOLE, sort=True):
        panel.plot(trace[Y], trace[Z], color=INK, linewidth=0.8)
    panel.set_aspect("equal")
    panel.set(xlabel="y (m)", ylabel="Elevation (m)", xlim=edges(blocks[Y])[[0, -1]], ylim=edges(blocks[Z])[[0, -1]])
    scale_bar(panel)
    present = [Class(code) for code in np.unique(projected[projected != ABSENT])]
    handles = [Patch(color=CLASS_COLOURS[code], label=CLASS_LABELS[code]) for code in present]
    figure.legend(handles=handles, loc="outside lower left", ncols=4)
    title = f"Classes, longitudinal projection looking {bearing(mine_grid.azimuth - 90)} (vertical exaggeration 1:1)"
    return finish(figure, synthetic=synthetic, title=title)


def dominant_class(blocks):
    """Class code with the largest tonnage across strike ``(z, y)``, -1 where no block has tonnes; ties take the surer class."""
    return _dominant(*across_rows(blocks, [TONNAGE, CLASS], lambda window: [_tonnes_by_class(window, 2)]))


def dominant_class_down(blocks):
    """Class code with the largest tonnage in each column of blocks ``(y, x)``, as `dominant_class` has it across strike."""
    return _dominant(*down_columns(blocks, [TONNAGE, CLASS], lambda window: [_tonnes_by_class(window, 0)]))


def _tonnes_by_class(blocks, axis):
    """Tonnage of each class, in the order of `SURER`, summed along one of the axes z, y, x."""
    tonnage = blocks[TONNAGE].fillna(0.0).transpose(Z, Y, X).to_numpy()
    classes = blocks[CLASS].transpose(Z, Y, X).to_numpy()
    return np.stack([np.where(classes == code, tonnage, 0.0).sum(axis=axis) for code in SURER])


def _dominant(sums):
    return np.where(sums.max(axis=0) > 0, np.array(SURER)[sums.argmax(axis=0)], ABSENT)


@drawing
def class_tonnes(table, *, synthetic, cutoff_text):
    """Bars of the tonnes of each class at the base cut-off.

    Parameters
    ----------
    table : DataFrame
        class (name or code) and tonnage (t), one row per class.
    cutoff_text : str
        Such as ``Sc₂O₃ >= 150 g/t``, for the title.
    """
    figure, axes = canvas(3.4)
    panel = axes[0, 0]
    names = [class_label(value) for value in table[CLASS]]
    colours = {label: CLASS_COLOURS[code] for code, label in CLASS_LABELS.items()}
    bars = panel.barh(names, table[TONNAGE] / MEGATONNE, color=[colours.get(name, "#7b8794") for name in names], height=0.6)
    panel.bar_label(bars, labels=[f" {value / MEGATONNE:,.2f} Mt" for value in table[TONNAGE]], fontsize=9)
    panel.invert_yaxis()
    panel.margins(x=0.16)
    panel.grid(axis="y", visible=False)
    panel.set_xlabel("Tonnage (Mt)")
    return finish(figure, synthetic=synthetic, title=f"Tonnage by class, {cutoff_text}")


def class_label(value):
    """Label of a class given by its code or its name in any case; another text is kept as it is."""
    if isinstance(value, str):
        return {label.lower(): label for label in CLASS_LABELS.values()}.get(value.lower(), value)
    return CLASS_LABELS[Class(int(value))]

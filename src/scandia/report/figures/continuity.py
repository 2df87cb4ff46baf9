"""Where continuity is best: fans and maps in three planes, and the model's ellipsoids over the composites in 3-D."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from scandia.geometry.anisotropy import isotropic_frame
from scandia.geometry.rotation import rotation_matrix, spell_direction
from scandia.report.style import GRADE_COLOURS, canvas, colour_bar, drawing, finish, grade_limits, with_unit
from scandia.variography.covariance import localise

PLANE_AXES = {"major-semi": ("major", "semi"), "major-minor": ("major", "minor"), "semi-minor": ("semi", "minor")}
AXIS_NAMES = ("major", "semi", "minor")
ELLIPSE_COLOUR = "#D55E00"
STRUCTURE_COLOURS = ("#000000", "#D55E00", "#0072B2", "#CC79A7")  # of the ellipsoids in space, none of them a colour of grades
GAMMA_COLOURS = "cividis"  # of even lightness, and told apart with every common colour vision
EMPTY = "#eef1f4"


@drawing
def fans_and_maps(fans, maps, model, axes, *, label, unit, minimum_pairs, synthetic, name):
    """Fans above, maps below, in the planes of the domain's axes; cells under the minimum of pairs stay blank.

    Parameters
    ----------
    fans, maps : DataFrame
        Of one domain and variable, from `exploration.explore`.
    model : Variogram
        Where its last structure cuts the planes a line is drawn.
    axes : array (3, 3)
        Major, semi-major and minor axis of the fans and maps as world unit vectors.
    label, unit, name : str
        Variable and domain, for title and colour bar.
    minimum_pairs : int
    """
    figure, panels = canvas(6.4, rows=2, columns=3)
    enough = maps.loc[maps["pairs"] >= minimum_pairs, "gamma"], fans.loc[fans["pairs"] >= minimum_pairs, "gamma"]
    low, high = grade_limits(*enough, low=0.0, high=0.98)
    options = {"vmin": min(low, 0.0), "vmax": high, "cmap": GAMMA_COLOURS}
    for column, (plane, (first, second)) in enumerate(PLANE_AXES.items()):
        mesh = _draw_fan(panels[0, column], fans[fans["plane"] == plane], minimum_pairs, options)
        _draw_map(panels[1, column], maps[maps["plane"] == plane], minimum_pairs, options)
        for panel, kind in zip(panels[:, column], ("fan", "map"), strict=True):
            if model.structures:
                _draw_ellipse(panel, model.structures[-1], *(axes[AXIS_NAMES.index(axis)] for axis in (first, second)))
            across, up = (f"{axis}: {spell_direction(axes[AXIS_NAMES.index(axis)])} (m)" for axis in (first, second))
            panel.set(title=f"{kind}, {first}–{second}", xlabel=across, ylabel=up, aspect="equal")
            panel.set_facecolor(EMPTY)
            panel.grid(visible=False)
    colour_bar(figure, mesh, panels, f"γ ({unit})²" if unit else "γ")
    return finish(figure, synthetic=synthetic, title=f"{label}, {name}: variogram fans and maps")


@drawing
def ellipsoids(composites, variable, model, mine_grid, *, label, unit, synthetic, name):
    """Composites of a domain in 3-D, coloured by grade, and the ranges of each structure as an ellipsoid about their middle.

    Parameters
    ----------
    composites : DataFrame
        x, y, z (m, mine grid) and the variable, of one domain.
    model : Variogram
        With world azimuths.
    mine_grid : MineGrid
    """
    figure, axes = canvas(7.0, subplot_kw={"projection": "3d"})
    panel = axes[0, 0]
    known = composites[composites[variable].notna()]
    points = known[["x", "y", "z"]].to_numpy(dtype=float)
    low, high = grade_limits(known[variable])
    dots = panel.scatter(*points.T, c=known[variable], s=9, cmap=GRADE_COLOURS, vmin=low, vmax=high, depthshade=False)
    middle = np.median(points, axis=0) if len(points) else np.zeros(3)
    corners = [points]
    for number, structure in enumerate(localise(model, mine_grid).structures):
        surface = ellipsoid_surface(structure) + middle
        colour = STRUCTURE_COLOURS[number % len(STRUCTURE_COLOURS)]
        panel.plot_wireframe(*np.moveaxis(surface, -1, 0), color=colour, linewidth=0.6, alpha=0.7)
        corners.append(surface.reshape(-1, 3))
    _frame_space(panel, np.vstack(corners))
    figure.legend(handles=_structure_lines(model), loc="outside lower center", ncols=2)
    colour_bar(figure, dots, axes, with_unit(label, unit), shrink=0.6)
    return finish(figure, synthetic=synthetic, title=f"{label}, {name}: composites and ranges of the model")


def ellipsoid_surface(structure):
    """Points ``(13, 25, 3)`` at a structure's range from the origin, m, in the coordinates of its angles."""
    turns, heights = np.meshgrid(np.linspace(0.0, 2.0 * np.pi, 25), np.linspace(0.0, np.pi, 13))
    sphere = np.stack([np.cos(turns) * np.sin(heights), np.sin(turns) * np.sin(heights), np.cos(heights)], axis=-1)
    return (sphere * np.array(structure.ranges)) @ rotation_matrix(structure.azimuth, structure.dip, structure.rake)


def _structure_lines(model):
    """Legend of the ellipsoids: kind, contribution and ranges of each structure."""
    handles = []
    for number, structure in enumerate(model.structures):
        ranges = " × ".join(f"{length:.0f}" for length in structure.ranges)
        words = f"{number + 1}: {structure.kind} {structure.contribution:,.4g}, ranges {ranges} m"
        handles.append(Line2D([], [], color=STRUCTURE_COLOURS[number % len(STRUCTURE_COLOURS)], label=words))
    return handles


def _frame_space(panel, points):
    """Equal scales, with as many ticks as each side has room for, and labels clear of them and of the picture's edge."""
    spans = np.maximum(np.ptp(points, axis=0), 1.0)
    panel.set_box_aspect(tuple(spans), zoom=0.9)
    panel.tick_params(axis="z", pad=7)
    for name, low, span in zip("xyz", points.min(axis=0), spans, strict=True):
        axis = getattr(panel, f"{name}axis")
        getattr(panel, f"set_{name}lim")(low, low + span)
        axis.set_major_locator(MaxNLocator(nbins=max(3, round(7 * span / spans.max()))))
        getattr(panel, f"set_{name}label")(f"{name} (m)", labelpad=10)


def _draw_fan(panel, rows, minimum_pairs, options):
    """A full circle of the fan: its directions and their opposites, lag by lag."""
    table = rows.assign(gamma=rows["gamma"].where(rows["pairs"] >= minimum_pairs))
    table = table.pivot_table(index="lag", columns="angle", values="gamma", dropna=False)
    distances = rows.groupby("lag")["distance"].mean().reindex(table.index).to_numpy()
    step = 180.0 / max(1, table.shape[1])
    spacing = float(np.nanmedian(distances / table.index.to_numpy())) if np.isfinite(distances).any() else 1.0
    edges = np.r_[0.5, table.index.to_numpy() + 0.5] * spacing
    angles = np.deg2rad(np.arange(2 * table.shape[1] + 1) * step - step / 2.0)
    values = np.ma.masked_invalid(np.tile(table.to_numpy(dtype=float), 2))
    radius, turn = np.meshgrid(edges, angles, indexing="ij")
    mesh = panel.pcolormesh(radius * np.cos(turn), radius * np.sin(turn), values, **options)
    for angle in table.columns:
        panel.plot(*(np.outer([1.0, -1.0], _unit(angle)) * edges[-1]).T, color="white", linewidth=0.3)
    return mesh


def _draw_map(panel, rows, minimum_pairs, options):
    table = rows.assign(gamma=rows["gamma"].where(rows["pairs"] >= minimum_pairs))
    table = table.pivot_table(index="second", columns="first", values="gamma", dropna=False)
    values = np.ma.masked_invalid(table.to_numpy(dtype=float))
    return panel.pcolormesh(table.columns.to_numpy(), table.index.to_numpy(), values, shading="nearest", **options)


def _draw_ellipse(panel, structure, first, second):
    """Line along which a structure reaches its range in the plane of two world unit vectors ``(3,)``."""
    turns = np.linspace(0.0, 2.0 * np.pi, 181)
    frame = isotropic_frame(structure.azimuth, structure.dip, structure.rake, structure.ranges)
    vectors = np.cos(turns)[:, None] * first + np.sin(turns)[:, None] * second
    reach = 1.0 / np.linalg.norm(vectors @ frame.T, axis=1)
    limits = panel.get_xlim(), panel.get_ylim()
    panel.plot(reach * np.cos(turns), reach * np.sin(turns), color=ELLIPSE_COLOUR, linewidth=1.4)
    panel.set(xlim=limits[0], ylim=limits[1])


def _unit(angle):
    return np.array([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))])

"""The picture that stands for the 3-D view on paper and where the view cannot run: blocks and holes from above, at an angle."""

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection, PolyCollection

from scandia.blockmodel.dataset import grid_of
from scandia.report.figures.marks import local_stations, north_arrow, scale_bar
from scandia.report.scene import shown_blocks
from scandia.report.style import GRADE_COLOURS, INK, bearing, canvas, colour_bar, drawing, finish, grade_limits, with_unit
from scandia.vocabulary import HOLE, LOCAL

AZIMUTH, DIP = 25.0, -25.0  # in the mine grid; the 3-D view opens at the same angles
SHADES = (0.86, 0.72, 1.0)  # of faces across x, y and z


@drawing
def oblique(blocks, stations, variable, *, label, unit, synthetic):
    """Parallel projection of the drawn blocks, coloured by ``variable``, and of the holes; no vertical exaggeration."""
    grid = grid_of(blocks)
    count, size, fields, _ = shown_blocks(blocks, [variable])
    right, up, forward = view_axes(AZIMUTH, DIP)
    faces, owners, shades = visible_faces(fields["cell"], count, forward)
    corners = np.asarray(grid.origin) + faces * np.asarray(size)
    depth = corners.mean(axis=1) @ forward
    order = np.argsort(-depth, kind="stable")
    limits = grade_limits(fields[variable])
    scale = ScalarMappable(cmap=GRADE_COLOURS)
    scale.set_clim(*limits)
    colours = scale.to_rgba(fields[variable][owners])
    colours[:, :3] *= shades[:, None]
    figure, axes = canvas(6.6)
    panel = axes[0, 0]
    flat = np.stack([corners @ right, corners @ up], axis=-1)
    panel.add_collection(
        PolyCollection(flat[order], facecolors=colours[order], edgecolors="face", linewidths=0.2, rasterized=True)
    )
    traces = [
        trace[list(LOCAL)].to_numpy(dtype=float) for _, trace in local_stations(stations, grid.mine_grid).groupby(HOLE, sort=True)
    ]
    panel.add_collection(
        LineCollection([np.column_stack([trace @ right, trace @ up]) for trace in traces], colors=INK, linewidths=0.9)
    )
    panel.autoscale_view()
    panel.set_aspect("equal", adjustable="datalim")
    panel.set(xticks=[], yticks=[])
    panel.spines[:].set_visible(False)
    figure.draw_without_rendering()
    scale_bar(panel)
    angle = np.deg2rad(grid.mine_grid.azimuth)
    north = np.array([-np.sin(angle), np.cos(angle), 0.0])
    north_arrow(panel, rotation=float(np.degrees(np.arctan2(north @ right, north @ up))))
    colour_bar(figure, scale, axes, with_unit(label, unit), extend="both")
    towards = bearing(grid.mine_grid.azimuth + AZIMUTH)
    return finish(figure, synthetic=synthetic, title=f"{label}: blocks and holes, looking {towards}, dip −{-DIP:g}°")


def view_axes(azimuth, dip):
    """Unit vectors right, up and forward of a view towards ``azimuth`` (mine grid) and ``dip`` (negative down), degrees."""
    a, d = np.deg2rad([azimuth, dip])
    forward = np.array([np.sin(a) * np.cos(d), np.cos(a) * np.cos(d), np.sin(d)])
    right = np.array([np.cos(a), -np.sin(a), 0.0])
    return right, np.cross(right, forward), forward


def visible_faces(cells, count, forward):
    """Corners ``(n, 4, 3)`` in blocks, place of the block in ``cells``, and shade of the faces that look back along ``forward``.

    A face that touches another of the blocks is not seen and is left out.
    """
    index = np.stack([cells % count[0], cells // count[0] % count[1], cells // (count[0] * count[1])], axis=1)
    filled = np.zeros(np.array(count) + 2, dtype=bool)
    filled[tuple(index.T + 1)] = True
    faces, owners, shades = [], [], []
    for axis in range(3):
        side = -1 if forward[axis] > 0 else 1
        step = np.eye(3, dtype=int)[axis] * side
        seen = np.flatnonzero(~filled[tuple((index + step + 1).T)])
        a, b = np.eye(3, dtype=int)[[(axis + 1) % 3, (axis + 2) % 3]]
        first = index[seen] + np.eye(3, dtype=int)[axis] * (side > 0)
        faces.append(np.stack([first, first + a, first + a + b, first + b], axis=1))
        owners.append(seen)
        shades.append(np.full(seen.size, SHADES[axis]))
    return np.concatenate(faces), np.concatenate(owners), np.concatenate(shades)

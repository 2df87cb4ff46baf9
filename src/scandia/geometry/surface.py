"""The ground as a regular world grid of elevations, read bilinearly, or as triangles, read in their planes."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import LinearNDInterpolator, RegularGridInterpolator
from scipy.spatial import Delaunay, QhullError

from scandia.errors import InputError
from scandia.geometry.mesh import Mesh, crossings
from scandia.vocabulary import EASTING, ELEVATION, NORTHING

SAME = 1e-3  # m; coordinates closer than this are one column or row of the grid
STEP_TOLERANCE = 0.01  # share of the spacing by which rounded coordinates may leave the regular step


@dataclass(frozen=True, eq=False)
class Surface:
    """Elevations at the nodes of a regular world grid, metres, known everywhere or between known points alone."""

    easting: np.ndarray  # (n_east,), increasing
    northing: np.ndarray  # (n_north,), increasing
    elevation: np.ndarray  # (n_north, n_east)
    known: Delaunay | None = None  # triangles of the points it was made from, less those below; None: known at all nodes
    origin: tuple[float, float] = (0.0, 0.0)  # easting and northing that the triangles are measured from


@dataclass(frozen=True, eq=False)
class TriangulatedSurface:
    """Triangles in world coordinates, metres, of which a vertical line meets at most one."""

    mesh: Mesh
    label: str


def surface_from_table(frame):
    """`Surface` of a table of grid nodes in any row order.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns easting, northing, elevation, metres; one row per node of a regular grid along easting and northing.

    Raises
    ------
    InputError
        A coordinate that is not a number, spacing that is not regular, a node twice, a node missing or without elevation.
        The message names the first such coordinate in order of northing, easting.
    """
    columns = {name: np.asarray(frame[name], dtype=float) for name in (EASTING, NORTHING, ELEVATION)}
    for name in (EASTING, NORTHING):
        if not np.isfinite(columns[name]).all():
            message = f"the surface has a {name} that is not a number in line {int(np.argmin(np.isfinite(columns[name]))) + 1}"
            raise InputError(message)
    easting, column = _axis(columns[EASTING], EASTING)
    northing, row = _axis(columns[NORTHING], NORTHING)
    node = row * easting.size + column
    count = np.bincount(node, minlength=northing.size * easting.size)
    _refuse(count > 1, easting, northing, "occurs more than once", "keep one line per node")
    _refuse(count == 0, easting, northing, "is missing", "give every node of the rectangle, or cut it smaller")
    elevation = np.empty(count.size)
    elevation[node] = columns[ELEVATION]
    _refuse(~np.isfinite(elevation), easting, northing, "has no elevation", "give it one, or cut the grid smaller")
    return Surface(easting, northing, elevation.reshape(northing.size, easting.size))


def surface_from_points(easting, northing, elevation, *, spacing, margin):
    """`Surface` through scattered points: linear between them; outside their hull the elevation of the hull's nearest place.

    Where no survey of the ground exists, the collars are the only points known to lie on it.

    Parameters
    ----------
    easting, northing, elevation : array (n,)
        Points, m; those at one place count as their mean.
    spacing, margin : float
        Distance of the nodes, and how far the surface reaches beyond the points, m.

    Raises
    ------
    InputError
        Fewer than three places, or all on one line: they define no surface.

    Notes
    -----
    The nearest place of a convex hull moves no further than the place outside does, so beyond the hull the ground is continuous,
    nowhere steeper than along the hull's edge, and between the lowest and the highest point. The elevation of the nearest point
    was refused: it has cliffs half-way between the points.
    """
    places, inverse = np.unique(np.column_stack([easting, northing]), axis=0, return_inverse=True)
    if len(places) < 3:
        message = f"a surface needs at least 3 points at different places, not {len(places)}; give a file of the ground"
        raise InputError(message)
    heights = np.bincount(inverse.ravel(), weights=np.asarray(elevation, dtype=float)) / np.bincount(inverse.ravel())
    lower, upper = places.min(axis=0) - margin, places.max(axis=0) + margin
    east, north = (lower[axis] + spacing * np.arange(int(np.ceil((upper - lower)[axis] / spacing)) + 1) for axis in (0, 1))
    origin = places[0]
    try:
        triangles = Delaunay(places - origin)
    except QhullError:
        message = f"the {len(places)} places of the points lie on one line and define no surface; give a file of the ground"
        raise InputError(message) from None
    nodes = np.stack(np.meshgrid(east, north), axis=-1) - origin
    levels = LinearNDInterpolator(triangles, heights)(nodes)
    outside = np.isnan(levels)
    levels[outside] = _on_hull(triangles, heights, nodes[outside])
    return Surface(east, north, levels, triangles, tuple(map(float, origin)))


def surveyed_at(surface, easting, northing):
    """Whether the ground is known at places, bool in their broadcast shape: on it, and between the points it was made from."""
    easting, northing = np.broadcast_arrays(np.asarray(easting, dtype=float), np.asarray(northing, dtype=float))
    if isinstance(surface, Surface) and surface.known is not None:
        places = np.stack([easting - surface.origin[0], northing - surface.origin[1]], axis=-1)
        return surface.known.find_simplex(places) >= 0
    return ~np.isnan(elevation_at(surface, easting, northing))


def _on_hull(triangles, heights, places):
    """Elevations of the places of the hull that are nearest to places outside it, (n,)."""
    found, least = np.empty(len(places)), np.full(len(places), np.inf)
    for start, end in triangles.convex_hull:
        first, along = triangles.points[start], triangles.points[end] - triangles.points[start]
        share = np.clip((places - first) @ along / (along @ along), 0.0, 1.0)
        distance = np.linalg.norm(places - first - share[:, None] * along, axis=1)
        nearer = distance < least
        least[nearer] = distance[nearer]
        found[nearer] = (heights[start] + share * (heights[end] - heights[start]))[nearer]
    return found


def elevation_at(surface, easting, northing):
    """Elevation, m, bilinear between the nodes or in the triangle's plane; NaN outside; in the coordinates' broadcast shape.

    Raises
    ------
    InputError
        Triangles that fold over each other.
    """
    easting, northing = np.broadcast_arrays(np.asarray(easting, dtype=float), np.asarray(northing, dtype=float))
    if isinstance(surface, TriangulatedSurface):
        return _in_triangles(surface, easting.ravel(), northing.ravel()).reshape(easting.shape)
    interpolate = RegularGridInterpolator((surface.northing, surface.easting), surface.elevation, bounds_error=False)
    return interpolate(np.column_stack([northing.ravel(), easting.ravel()])).reshape(easting.shape)


def _in_triangles(surface, easting, northing):
    owner, height = crossings(surface.mesh, easting, northing)
    twice = np.flatnonzero(owner[1:] == owner[:-1])
    if twice.size:
        at = owner[twice[0]]
        message = (
            f"{surface.label}: the surface has elevations {height[twice[0]]:.2f} and {height[twice[0] + 1]:.2f} m at easting "
            f"{easting[at]:.2f}, northing {northing[at]:.2f}; a surface has one at each place. Hint: is it a closed solid?"
        )
        raise InputError(message)
    found = np.full(easting.size, np.nan)
    found[owner] = height
    return found


def _axis(values, name):
    """Distinct coordinates in order, and the number of each value among them."""
    ordered, inverse = np.unique(values, return_inverse=True)
    first = np.concatenate([[True], np.diff(ordered) > SAME])
    axis = ordered[first]
    if axis.size < 2:
        message = f"the surface has {axis.size} {name}; a grid needs at least 2"
        raise InputError(message)
    steps = np.diff(axis)
    spacing = np.median(steps)
    wrong = np.abs(steps - spacing) > STEP_TOLERANCE * spacing
    if wrong.any():
        at = int(np.argmax(wrong))
        message = (
            f"the surface is not regular: {name} goes from {axis[at]:.10g} to {axis[at + 1]:.10g} where the "
            f"spacing is {spacing:.6g} m; give a regular grid without gaps"
        )
        raise InputError(message)
    return axis, (np.cumsum(first) - 1)[inverse]


def _refuse(wrong, easting, northing, words, hint):
    if wrong.any():
        row, column = divmod(int(np.argmax(wrong)), easting.size)
        message = (
            f"the surface's node at easting {easting[column]:.10g}, northing {northing[row]:.10g} {words} "
            f"({int(wrong.sum())} in all of {wrong.size}); {hint}"
        )
        raise InputError(message)

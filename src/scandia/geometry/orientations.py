"""Orientations between structural readings: averaged as tensors of the axes, never as angles."""

import numpy as np
from scipy.spatial import cKDTree

from scandia.errors import InputError
from scandia.geometry.angles import from_many_axes
from scandia.geometry.rotation import rotation_matrix

LENGTHS = (3.0, 2.0, 1.0)  # eigenvalues of a reading's tensor along its major, semi-major and minor axis
SAME = 1e-6  # m; a target nearer to a reading than this has its orientation
DOUBT = 1e-6  # two eigenvalues of an average nearer than this leave its axes undetermined: the readings cancel out
CHUNK = 50_000  # targets at once


def interpolate_orientations(points, orientations, targets, *, neighbours=8, power=2.0, weights=None):
    """Azimuth, dip and rake, degrees ``(m, 3)``, at targets between structural readings.

    Parameters
    ----------
    points : array (n, 3)
        Positions of the readings x, y, z, m.
    orientations : array (n, 3)
        Azimuth, dip and rake of each reading, degrees; a dip beyond 90 is that of the other strike.
    targets : array (m, 3)
        Positions, m.
    neighbours : int
        Readings that each target uses, the nearest. The weight of one fades to nothing as another takes its place.
    power : float
        Of the inverse distance.
    weights : array (n,), optional
        Further weight of each reading, such as the area that it stands for.

    Returns
    -------
    array (m, 3)
        Azimuth in [0, 360), dip in [0, 90] and rake in (-90, 90], as `scandia.geometry.angles.from_axes` gives them.

    Raises
    ------
    InputError
        No reading, wrong shapes, a number that is missing, or a weight that is not positive.

    Notes
    -----
    The tensor of a reading is ``T = R^T diag(3, 2, 1) R``, where the rows of R are its major, semi-major and minor axis: it is
    blind to their signs, so a reading and its twin turned by half a turn are one, and azimuths 359 and 1 average through
    north. A target has the eigenvectors of ``sum(w T) / sum(w)``, by falling eigenvalue, with

    ``w = weight (1 / d - 1 / D)^power``

    where d is the distance of a reading and D that of the nearest reading that is not used, infinite where all are. So the
    average is continuous; its axes are too, but where readings cancel out and two eigenvalues are equal: there the target
    has the orientation of the nearest reading. At a reading the result is the reading, or the average of those at one place.

    References
    ----------
    FN80: weights that fade, there by a distance of each reading. S65: mean axes by the eigenvectors of a tensor.
    """
    points, orientations, targets = (
        _checked(array, name) for array, name in ((points, "points"), (orientations, "orientations"), (targets, "targets"))
    )
    weights = _checked_weights(points, orientations, weights, neighbours)
    order = np.lexsort(np.column_stack([orientations, points]).T)
    tensors, weights = _tensors(orientations[order]), weights[order]
    tree = cKDTree(points[order])
    result = np.empty((len(targets), 3))
    for start in range(0, len(targets), CHUNK):
        rows = slice(start, start + CHUNK)
        share, number = _shares(tree, targets[rows], weights, neighbours, power)
        average = np.einsum("mk,mkab->mab", share, tensors[number])
        result[rows] = _angles(average, tensors[number[:, 0]])
    return result


def readings_from_surface(vertices, faces, *, rake, azimuth=None):
    """Positions ``(t, 3)``, orientations ``(t, 3)`` and weights ``(t,)``: one reading per triangle, weighted by its area, m2.

    Parameters
    ----------
    vertices : array (v, 3)
        Positions x, y, z, m.
    faces : array (t, 3) of int
        Numbers of the vertices of each triangle, in either sense of turning.
    rake : float
        Rake of the major axis in the plane of each triangle, degrees below the strike.
    azimuth : float, optional
        Of the two strikes of a plane the rake is taken from the one nearer to this azimuth, degrees, so that the major axis
        keeps plunging the same way where the surface turns through the vertical; without it from the right-hand-rule strike.

    Raises
    ------
    InputError
        Wrong shapes, a number that is missing, or a triangle without area.
    """
    vertices, faces = _checked(vertices, "vertices"), np.asarray(faces)
    if faces.ndim != 2 or faces.shape[1] != 3 or faces.dtype.kind not in "iu":
        message = f"faces have shape {faces.shape} and type {faces.dtype}; they must be (t, 3) numbers of vertices"
        raise InputError(message)
    corners = vertices[faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return corners.mean(axis=1), _planes(normals, rake, azimuth, "triangle"), np.linalg.norm(normals, axis=1) / 2.0


def readings_from_gradient(points, gradients, *, rake, azimuth=None):
    """Positions ``(n, 3)`` and orientations ``(n, 3)`` of the level surfaces of a field, such as a signed distance.

    Parameters
    ----------
    points, gradients : array (n, 3)
        Positions, m, and the gradient of the field there, of any length and either sign.
    rake, azimuth
        As in `readings_from_surface`.
    """
    points, gradients = _checked(points, "points"), _checked(gradients, "gradients")
    return points, _planes(gradients, rake, azimuth, "gradient")


def _planes(normals, rake, azimuth, what):
    """Azimuth, dip and rake ``(n, 3)`` of planes by their normals of any length; dips beyond 90 where the strike is reversed."""
    length = np.linalg.norm(normals, axis=1)
    if (length == 0.0).any():
        count, first = int((length == 0.0).sum()), int(np.argmin(length))
        message = f"{count} of {len(length)} {what}s have no direction, first number {first}. Hint: leave them out"
        raise InputError(message)
    normals = np.where(normals[:, 2:] > 0.0, -normals, normals)
    strike = np.rad2deg(np.arctan2(normals[:, 1], -normals[:, 0])) % 360.0
    dip = np.rad2deg(np.arctan2(np.hypot(normals[:, 0], normals[:, 1]), -normals[:, 2]))
    if azimuth is not None:
        other = np.abs((strike - azimuth + 180.0) % 360.0 - 180.0) > 90.0
        strike, dip = np.where(other, (strike + 180.0) % 360.0, strike), np.where(other, 180.0 - dip, dip)
    return np.column_stack([strike, dip, np.full(len(dip), float(rake))])


def _tensors(orientations):
    """Tensors ``(n, 3, 3)`` of the axes, blind to their signs."""
    different, number = np.unique(orientations, axis=0, return_inverse=True)
    axes = np.array([rotation_matrix(*angles) for angles in different])
    return np.einsum("nia,i,nib->nab", axes, np.array(LENGTHS), axes)[number.ravel()]


def _shares(tree, targets, weights, neighbours, power):
    """Shares ``(m, k)`` that add to one, and the numbers ``(m, k)`` of the readings, the nearest first."""
    count = min(neighbours + 1, tree.n)
    distance, number = tree.query(targets, k=np.arange(1, count + 1))
    order = np.lexsort((number, distance), axis=1)  # equally far ones by their number, as the tree does not
    distance, number = (np.take_along_axis(array, order, axis=1) for array in (distance, number))
    here = distance < SAME
    edge = distance[:, -1:] if count > neighbours else np.inf
    nearness = np.maximum(1.0 / np.where(here, 1.0, distance) - 1.0 / np.maximum(edge, SAME), 0.0)
    share = np.where(here.any(axis=1, keepdims=True), here, nearness**power)
    share = np.where(share.sum(axis=1, keepdims=True) > 0.0, share, 1.0) * weights[number]  # all of them equally far
    return share / share.sum(axis=1, keepdims=True), number


def _angles(average, nearest):
    """Angles ``(m, 3)`` of averaged tensors, those of the nearest reading where the axes of the average are undetermined."""
    values, vectors = np.linalg.eigh(average)
    doubtful = np.diff(values, axis=1).min(axis=1) < DOUBT
    vectors[doubtful] = np.linalg.eigh(nearest[doubtful])[1]
    return from_many_axes(vectors[:, :, ::-1].transpose(0, 2, 1))


def _checked(array, name):
    array = np.asarray(array, dtype=float)
    if array.ndim != 2 or array.shape[1] != 3:
        message = f"{name} have shape {array.shape}; they must be (n, 3)"
        raise InputError(message)
    if not np.isfinite(array).all():
        message = f"{name} have missing numbers, first in row {int(np.argmin(np.isfinite(array).all(axis=1)))}"
        raise InputError(message)
    return array


def _checked_weights(points, orientations, weights, neighbours):
    if len(points) == 0 or len(points) != len(orientations) or neighbours < 1:
        message = (
            f"there are {len(points)} points, {len(orientations)} orientations and {neighbours} neighbours; "
            "give at least one reading, an orientation for each, and 1 neighbour or more"
        )
        raise InputError(message)
    weights = np.ones(len(points)) if weights is None else np.asarray(weights, dtype=float)
    if weights.shape != (len(points),) or not (weights > 0.0).all():
        message = f"weights have shape {weights.shape}; they must be ({len(points)},) and above 0"
        raise InputError(message)
    return weights

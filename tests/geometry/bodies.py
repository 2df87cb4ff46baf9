"""Closed meshes of convex bodies, for the tests of all that solids go through."""

import numpy as np
from scipy.spatial import ConvexHull

from scandia.geometry.mesh import mesh_of


def hull(points, name="hull"):
    """Closed mesh of the convex hull, facing outwards."""
    faces = ConvexHull(points).simplices.copy()
    corners = points[faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    inward = (normal * (corners.mean(axis=1) - points.mean(axis=0))).sum(axis=1) < 0
    faces[inward] = faces[inward][:, ::-1]
    return mesh_of(points, faces, name)

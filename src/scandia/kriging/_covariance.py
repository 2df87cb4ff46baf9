"""Compiled covariance of the nested structures, added over contiguous coordinates so that the loops vectorise."""

import math
from typing import NamedTuple

import numpy as np
from numba import njit

SPHERICAL, EXPONENTIAL, GAUSSIAN, CUBIC = 0, 1, 2, 3
KINDS = {"spherical": SPHERICAL, "exponential": EXPONENTIAL, "gaussian": GAUSSIAN, "cubic": CUBIC}


class Model(NamedTuple):
    """The variogram and the block as flat arrays."""

    nugget: float
    sill: float
    kind: np.ndarray  # (s,) code of the structure's shape
    contribution: np.ndarray  # (s,) partial sill
    frame: np.ndarray  # (s, 3, 3) isotropic frame of the structure
    offset: np.ndarray  # (s, p, 3) discretisation points in that frame
    block: float  # mean covariance within the block; the sill for point support
    simple: bool  # simple kriging: no Lagrange multiplier, known means
    mean: np.ndarray  # (variables,) known means, 0 where ordinary


@njit(nogil=True)
def add_structure(kind, contribution, u, v, w, at_u, at_v, at_w, count, out):
    """Nothing; adds to ``out[:count]`` the covariance between points ``u, v, w`` and one point, all in the structure's frame."""
    if kind == SPHERICAL:
        for i in range(count):
            du, dv, dw = u[i] - at_u, v[i] - at_v, w[i] - at_w
            h = min(math.sqrt(du * du + dv * dv + dw * dw), 1.0)
            out[i] += contribution * (1.0 - h * (1.5 - 0.5 * h * h))
    elif kind == EXPONENTIAL:
        for i in range(count):
            du, dv, dw = u[i] - at_u, v[i] - at_v, w[i] - at_w
            out[i] += contribution * math.exp(-3.0 * math.sqrt(du * du + dv * dv + dw * dw))
    elif kind == GAUSSIAN:
        for i in range(count):
            du, dv, dw = u[i] - at_u, v[i] - at_v, w[i] - at_w
            out[i] += contribution * math.exp(-3.0 * (du * du + dv * dv + dw * dw))
    else:
        for i in range(count):
            du, dv, dw = u[i] - at_u, v[i] - at_v, w[i] - at_w
            h = min(math.sqrt(du * du + dv * dv + dw * dw), 1.0)
            s = h * h
            out[i] += contribution * (1.0 - s * (7.0 + h * (-8.75 + s * (3.5 - 0.75 * s))))

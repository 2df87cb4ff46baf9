"""Compiled kriging system: Cholesky factorisation with the right sides carried along, and the weights."""

import math

from numba import njit

PIVOT = 1e-12  # a pivot below this share of the sill means a singular system


@njit(nogil=True)
def factorise(matrix, count, columns, sill):
    """Whether the factorisation succeeded; ``matrix`` (upper triangle by rows) becomes ``U`` with ``U.T U = C``.

    ``columns`` right sides stand in the columns after ``count`` and become ``U.T^-1 b``.
    """
    width = count + columns
    for k in range(count):
        pivot = matrix[k, k]
        if not pivot > PIVOT * sill:
            return False
        scale = 1.0 / math.sqrt(pivot)
        for j in range(k, width):
            matrix[k, j] *= scale
        for i in range(k + 1, count):
            factor = matrix[k, i]
            for j in range(i, width):
                matrix[i, j] -= factor * matrix[k, j]
    return True


@njit(nogil=True)
def lagrange(matrix, count):
    """Lagrange multiplier ``m`` of ``C w + m 1 = c``, ``sum w = 1``, from the forward solutions of ``c`` and ``1``."""
    ones_covariance, ones_ones = 0.0, 0.0
    for i in range(count):
        ones_covariance += matrix[i, count] * matrix[i, count + 1]
        ones_ones += matrix[i, count + 1] * matrix[i, count + 1]
    return (ones_covariance - 1.0) / ones_ones


@njit(nogil=True)
def back_substitute(matrix, count, multiplier, weights):
    """Nothing; ``weights`` become ``C^-1 (c - m 1)``."""
    for i in range(count - 1, -1, -1):
        total = matrix[i, count] - multiplier * matrix[i, count + 1]
        for j in range(i + 1, count):
            total -= matrix[i, j] * weights[j]
        weights[i] = total / matrix[i, i]

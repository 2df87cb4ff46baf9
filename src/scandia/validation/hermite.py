"""Hermite polynomials and the Gaussian anamorphosis: a grade as a function of a standard normal variable."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from scandia.errors import InputError

ORDER = 1000  # polynomials; steps are not smooth, and few polynomials miss much of their variance


def hermite(order, scores, factor=1.0):
    """Normalised Hermite polynomials 0 to ``order`` of normal scores ``(n,)``, each times a factor ``(n,)``, a generator.

    Notes
    -----
    ``H_0 = 1``, ``H_1 = y``, ``sqrt(n + 1) H_(n+1) = y H_n - sqrt(n) H_(n-1)``: ``E[H_n(Y) H_m(Y)]`` is 1 for n = m, else 0.
    Rivoirard (1994) has the signs of odd polynomials reversed; no result depends on it.
    """
    scores = np.asarray(scores, dtype=float)
    before, here = np.zeros(scores.shape), np.ones(scores.shape) * factor
    for n in range(order + 1):
        yield here
        before, here = here, (scores * here - np.sqrt(n) * before) / np.sqrt(n + 1)


def steps(values, weights):
    """Sorted values ``(n,)`` without repeats and the normal scores ``(n + 1,)`` between which each of them stands.

    Parameters
    ----------
    values, weights : array (m,)
        Grades and their declustering weights, finite; weights of zero count for nothing.
    """
    values, weights = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    values, weights = values[weights > 0], weights[weights > 0]
    if not len(values):
        message = "an anamorphosis needs one value with a positive weight at least"
        raise InputError(message)
    levels, place = np.unique(values, return_inverse=True)
    # in sorted order, so that the order of rows cannot change a bit
    order = np.lexsort((weights, place))
    mass = np.bincount(place[order], weights=weights[order])
    share = np.concatenate([[0.0], np.cumsum(mass) / np.sum(mass)])
    share[-1] = 1.0
    return levels, ndtri(share)


def coefficients(levels, bounds, order=ORDER):
    """Hermite coefficients ``(order + 1,)`` of the step function that is ``levels[i]`` from ``bounds[i]`` to ``bounds[i + 1]``.

    Notes
    -----
    ``phi_n = E[Z H_n(Y)]``, exact for a step function, because the integral of ``H_n g`` is ``-H_(n-1) g / sqrt(n)``, with g the
    standard normal density: ``phi_0`` is the mean, and the sum of the squares of the others nears the variance.

    References
    ----------
    Rivoirard (1994), Introduction to Disjunctive Kriging and Non-Linear Geostatistics, chapters 5 and 6. Chilès & Delfiner
    (2012), section 6.2.
    """
    finite = np.clip(bounds, -40.0, 40.0)  # the density is 0 there, and no polynomial overflows it
    density = np.exp(-0.5 * finite**2) / np.sqrt(2 * np.pi)
    found = np.empty(order + 1)
    found[0] = np.sum(levels * np.diff(ndtr(bounds)))
    for n, inner in enumerate(hermite(order - 1, finite, density), start=1):  # H_(n-1) g
        found[n] = np.sum(levels * (inner[:-1] - inner[1:])) / np.sqrt(n)
    return found


def support_coefficient(phi, variance, points=None):
    """Change-of-support coefficient r, 0 to 1, for which the sum of ``phi_n^2 r^(2n)`` of all orders is a block ``variance``.

    Parameters
    ----------
    phi : array (order + 1,)
    variance : float
    points : float, optional
        Variance of points, of which ``phi`` may leave out a part; without it, what ``phi`` keeps.

    Raises
    ------
    InputError
        The variance is negative, or larger than that of points.

    Notes
    -----
    What ``phi`` leaves out, L, belongs to higher orders, which blocks lose first: it counts as ``L r^(2 order + 2)``, the most
    that it can be. For r of 0.99 and 1,000 orders that is 2e-9 of L, and for points it is all of L.
    """
    squares, powers = phi[1:] ** 2, 2 * np.arange(1, len(phi))
    if points is not None:
        squares = np.append(squares, max(points - np.sum(squares), 0.0))
        powers = np.append(powers, 2 * len(phi))
    total = np.sum(squares)
    if not 0.0 <= variance <= total * (1 + 1e-12):
        message = f"a block variance of {variance:g} has no coefficient; it must be from 0 to the variance of points, {total:g}"
        raise InputError(message)
    if variance in (0.0, total) or variance >= total:
        return float(variance > 0.0)
    return float(brentq(lambda r: np.sum(squares * r**powers) - variance, 0.0, 1.0, xtol=1e-15, rtol=1e-14))


def block_grades(levels, bounds, r, scores):
    """Grades ``(k,)`` of blocks at the normal scores ``(k,)``: the anamorphosis ``sum of phi_n r^n H_n(y)`` of all orders.

    Notes
    -----
    By Mehler's formula it is ``E[phi(r y + sqrt(1 - r^2) W)]`` with W standard normal: for steps a sum of normal probabilities,
    which rises with y, where a truncated series oscillates in its tails.
    """
    scores = np.asarray(scores, dtype=float)
    if r >= 1.0:
        return levels[np.clip(np.searchsorted(bounds, scores, side="right") - 1, 0, len(levels) - 1)]
    grades = np.empty(len(scores))
    for start in range(0, len(scores), 256):  # bounded memory
        y = scores[start : start + 256, None]
        grades[start : start + 256] = np.diff(ndtr((bounds - r * y) / np.sqrt(1.0 - r * r)), axis=1) @ levels
    return grades

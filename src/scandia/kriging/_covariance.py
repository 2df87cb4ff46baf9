"""Compiled covariance of the nested structures, for eight targets at a time: of samples with targets and with each other."""

from typing import NamedTuple

import numpy as np

from scandia.kriging._buffers import kernel, large_kernel
from scandia.kriging._lanes import (
    LANES,
    choose_where_above,
    exponential,
    fma,
    least,
    load,
    negative,
    power,
    root,
    splat,
    square_root,
    store,
)

SPHERICAL, EXPONENTIAL, GAUSSIAN, CUBIC, MATERN, HALF_INTEGER_MATERN, POWER = range(7)
SMALLEST = 1e-12  # argument of Bessel's function below which the quadrature has no nodes


class Model(NamedTuple):
    """The variogram as flat arrays."""

    nugget: float
    sill: float  # covariance at no distance; for unbounded structures a level above all semivariances within the search
    kind: np.ndarray  # (s,) code of the structure's shape
    contribution: np.ndarray  # (s,) partial sill
    parameter: np.ndarray  # (s, 2) Matérn: smoothness and scale; power: exponent and level in shares of the contribution
    table: np.ndarray  # (s, 2, t) Matérn: nodes and weights of the quadrature, or coefficients
    frame: np.ndarray  # (s, 3, 3) isotropic frame of the structure


@kernel
def correlation(model, s, square):
    """Correlation at squared distances in the frame of structure ``s``, as shares of its range."""
    return shape(model.kind[s], model.parameter[s, 0], model.parameter[s, 1], model.table[s, 0], model.table[s, 1], square)


@large_kernel
def shape(kind, first, second, nodes, weights, square):
    """Correlation of a structure of this kind, with its parameters, at squared distances."""
    if kind == EXPONENTIAL:
        return exponential(splat(-3.0) * square_root(square))
    if kind == GAUSSIAN:
        return exponential(splat(-3.0) * square)
    if kind == CUBIC:
        square = least(square, splat(1.0))
        h = square_root(square)
        inner = fma(square, fma(splat(-0.75), square, splat(3.5)), splat(-8.75))
        return fma(negative(square), fma(h, inner, splat(7.0)), splat(1.0))
    if kind == POWER:
        return splat(second) - power(square, splat(0.5 * first))
    if kind in (MATERN, HALF_INTEGER_MATERN):
        return matern(kind, first, nodes, weights, splat(second) * square_root(square))
    square = least(square, splat(1.0))
    return fma(square_root(square), fma(splat(0.5), square, splat(-1.5)), splat(1.0))


@kernel
def matern(kind, smoothness, nodes, weights, x):
    """Matérn's correlation ``2^(1-v) / Gamma(v) x^v K_v(x)``; 1 at 0.

    Where ``v + 1/2`` is an integer it is ``exp(-x)`` times a polynomial, whose coefficients are the ``nodes``; else
    ``K_v(x) = integral of exp(-x cosh t) cosh(v t)`` by the trapezoidal rule, which converges exponentially for it.
    """
    total = splat(0.0)
    if kind == HALF_INTEGER_MATERN:
        for k in range(nodes.shape[0]):
            total = fma(total, x, splat(nodes[k]))
        return total * exponential(negative(x))
    bounded = choose_where_above(x, splat(SMALLEST), x, splat(SMALLEST))
    for k in range(nodes.shape[0]):
        total = fma(splat(weights[k]), exponential(negative(bounded * splat(nodes[k]))), total)
    return choose_where_above(x, splat(0.0), total * power(bounded, splat(smoothness)), splat(1.0))


@kernel
def turn(frame, place, x, y, z):
    """Coordinates ``u, v, w`` of ``x, y, z`` in a frame, whose nine numbers stand in lanes from ``place`` on."""
    u = fma(load(frame, place), x, fma(load(frame, place + LANES), y, load(frame, place + 2 * LANES) * z))
    place += 3 * LANES
    v = fma(load(frame, place), x, fma(load(frame, place + LANES), y, load(frame, place + 2 * LANES) * z))
    place += 3 * LANES
    return u, v, fma(load(frame, place), x, fma(load(frame, place + LANES), y, load(frame, place + 2 * LANES) * z))


@kernel
def turn_all(frame, s, source, count, target):
    """Nothing; writes ``count`` triples of lanes of ``source``, turned into structure ``s``'s frame, to ``target``."""
    for i in range(count):
        place = 3 * LANES * i
        x, y, z = load(source, place), load(source, place + LANES), load(source, place + 2 * LANES)
        u, v, w = turn(frame, 9 * LANES * s, x, y, z)
        store(target, place, u)
        store(target, place + LANES, v)
        store(target, place + 2 * LANES, w)


@kernel
def square_between(at, i, u, v, w):
    """Squared distances between the ``i``-th triple of lanes of ``at`` and ``u, v, w``."""
    place = 3 * LANES * i
    du, dv, dw = load(at, place) - u, load(at, place + LANES) - v, load(at, place + 2 * LANES) - w
    return fma(du, du, fma(dv, dv, dw * dw))


@kernel
def spherical_pair(first, second, total):
    """``total`` plus ``h (h^2 / 2 - 3/2)`` of two squared distances: one root by each of the processor's units."""
    first, second = least(first, splat(1.0)), least(second, splat(1.0))
    total = fma(square_root(first), fma(splat(0.5), first, splat(-1.5)), total)
    return fma(root(second), fma(splat(0.5), second, splat(-1.5)), total)


@kernel
def add_sample_to_target(model, s, at, first, samples, point, weight, weighted, points, cross):
    """Nothing; adds structure ``s``'s mean covariance of each sample with the ``points`` of each lane's target to ``cross``.

    ``at`` and ``point`` hold samples, against the ``first`` one, and points in the structure's frame; ``first`` is that sample
    against the target; ``weight``, if ``weighted``, the share of each point, in lanes.
    """
    contribution = splat(model.contribution[s])
    first_u, first_v, first_w = first
    for i in range(samples):
        place = 3 * LANES * i
        u, v, w = load(at, place) + first_u, load(at, place + LANES) + first_v, load(at, place + 2 * LANES) + first_w
        total = splat(0.0)
        if model.kind[s] == SPHERICAL and not weighted:
            for p in range(points // 2):
                total = spherical_pair(square_between(point, 2 * p, u, v, w), square_between(point, 2 * p + 1, u, v, w), total)
            if points % 2:
                square = least(square_between(point, points - 1, u, v, w), splat(1.0))
                total = fma(square_root(square), fma(splat(0.5), square, splat(-1.5)), total)
            total = total / splat(float(points)) + splat(1.0)
        elif not weighted:
            for p in range(points):
                total = total + correlation(model, s, square_between(point, p, u, v, w))
            total = total / splat(float(points))
        else:
            for p in range(points):
                total = fma(load(weight, LANES * p), correlation(model, s, square_between(point, p, u, v, w)), total)
        store(cross, LANES * i, fma(contribution, total, load(cross, LANES * i)))


@kernel
def add_sample_to_sample(model, s, at, samples, matrix):
    """Nothing; adds structure ``s``'s covariance of samples ``i`` and ``j < i`` to the rows of ``matrix``, a lower triangle."""
    contribution = splat(model.contribution[s])
    for i in range(1, samples):
        place = 3 * LANES * i
        u, v, w = load(at, place), load(at, place + LANES), load(at, place + 2 * LANES)
        row = LANES * (i * (i + 1) // 2)
        if model.kind[s] == SPHERICAL:
            for j in range(0, i - 1, 2):
                first = least(square_between(at, j, u, v, w), splat(1.0))
                second = least(square_between(at, j + 1, u, v, w), splat(1.0))
                first = fma(square_root(first), fma(splat(0.5), first, splat(-1.5)), splat(1.0))
                second = fma(root(second), fma(splat(0.5), second, splat(-1.5)), splat(1.0))
                store(matrix, row + LANES * j, fma(contribution, first, load(matrix, row + LANES * j)))
                store(matrix, row + LANES * (j + 1), fma(contribution, second, load(matrix, row + LANES * (j + 1))))
            if i % 2:
                last = least(square_between(at, i - 1, u, v, w), splat(1.0))
                last = fma(square_root(last), fma(splat(0.5), last, splat(-1.5)), splat(1.0))
                store(matrix, row + LANES * (i - 1), fma(contribution, last, load(matrix, row + LANES * (i - 1))))
            done = i
        else:
            done = 0
        for j in range(done, i):
            value = correlation(model, s, square_between(at, j, u, v, w))
            store(matrix, row + LANES * j, fma(contribution, value, load(matrix, row + LANES * j)))


@kernel
def add_within_target(model, s, point, weight, points, total):
    """Nothing; adds structure ``s``'s mean covariance between the points of each lane's target to ``total``."""
    own, at_zero = splat(0.0), splat(0.5) * correlation(model, s, splat(0.0))
    for p in range(points):
        place = 3 * LANES * p
        u, v, w = load(point, place), load(point, place + LANES), load(point, place + 2 * LANES)
        row = load(weight, LANES * p) * at_zero
        for q in range(p):
            row = fma(load(weight, LANES * q), correlation(model, s, square_between(point, q, u, v, w)), row)
        own = fma(splat(2.0) * load(weight, LANES * p), row, own)
    store(total, 0, fma(splat(model.contribution[s]), own, load(total, 0)))

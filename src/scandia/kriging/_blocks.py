"""Compiled loop over targets: search, system, weights, estimates and diagnostics, each target on its own."""

import hashlib
import inspect
import math
import sys
from typing import NamedTuple

import numpy as np
from numba import njit

from scandia.kriging import _covariance, _search, _system
from scandia.kriging._covariance import add_structure
from scandia.kriging._search import MASK, nearest
from scandia.kriging._system import back_substitute, factorise, lagrange

COINCIDENT = 1e-6  # m: a sample and a point closer than this are one place, where the nugget vanishes
ESTIMATED, TOO_FEW_SAMPLES, TOO_FEW_HOLES, SINGULAR = 0, 3, 4, 5  # vocabulary.Reason, whose members Numba cannot store


class Samples(NamedTuple):
    """Samples in their canonical order, positions against one origin."""

    position: np.ndarray  # (n, 3) m
    hole: np.ndarray  # (n,) number of the hole
    group: np.ndarray  # (n,) a target leaves out the samples of its own group
    value: np.ndarray  # (n, variables)
    scaled: np.ndarray  # (s, n, 3) positions in the frame of each structure


class Results(NamedTuple):
    """One row per target."""

    estimate: np.ndarray  # (m, variables)
    nearest: np.ndarray  # (m, variables)
    inverse_distance: np.ndarray  # (m, variables)
    number: np.ndarray  # (m, 5) variance, Lagrange multiplier, nearest and mean distance, sum of negative weights
    code: np.ndarray  # (m, 4) samples, holes, pass, reason


@njit(nogil=True)
def estimate_targets(targets, groups, begin, end, samples, buckets, model, power, results):
    """Nothing; fills ``results`` for targets ``begin`` to ``end``."""
    size = np.max(buckets.limits[:, 1])
    keys = np.empty(size, dtype=np.int64)
    chosen = np.empty(size, dtype=np.int64)
    gathered = np.empty((3, size))
    cross, weights = np.empty(size), np.empty(size)
    matrix = np.empty((size, size + 2))
    for t in range(begin, end):
        point, left_out = targets[t], groups[t]
        number, found, holes, reason = choose(buckets, point, samples, left_out, keys)
        nearest_neighbour(buckets, number, found, point, samples, left_out, keys, results.nearest[t])
        results.code[t, 3] = reason
        if reason != ESTIMATED:
            continue
        results.code[t, 0], results.code[t, 1], results.code[t, 2] = found, holes, number + 1
        for i in range(found):
            chosen[i] = keys[i] & MASK
        distances(samples.position, chosen, found, point, cross, results.number[t])
        inverse_distance(samples, chosen, found, buckets.frame[number], point, cross, power, results.inverse_distance[t])
        fill_system(samples, model, chosen, found, point, cross, gathered, matrix)
        if not factorise(matrix, found, 2, model.sill):
            results.code[t, 3] = SINGULAR
            continue
        multiplier = 0.0 if model.simple else lagrange(matrix, found)
        back_substitute(matrix, found, multiplier, weights)
        store(samples.value, model, chosen, found, weights, cross, multiplier, results.estimate[t], results.number[t])


@njit(nogil=True)
def choose(buckets, point, samples, left_out, keys):
    """Pass, samples found, holes among them and reason, of the first pass that succeeds; else of the last one."""
    found, holes, reason, number = 0, 0, TOO_FEW_SAMPLES, 0
    for number in range(buckets.limits.shape[0]):
        limit, per_hole = buckets.limits[number, 1], buckets.limits[number, 2]
        found = nearest(buckets, number, point, samples.hole, samples.group, left_out, limit, per_hole, keys)
        holes = count_holes(samples.hole, keys, found)
        reason = ESTIMATED
        if found < buckets.limits[number, 0]:
            reason = TOO_FEW_SAMPLES
        elif holes < buckets.limits[number, 3]:
            reason = TOO_FEW_HOLES
        if reason == ESTIMATED:
            break
    return number, found, holes, reason


@njit(nogil=True)
def count_holes(hole, keys, found):
    """Count the different holes among the samples found."""
    holes = 0
    for i in range(found):
        own, new = hole[keys[i] & MASK], 1
        for j in range(i):
            if hole[keys[j] & MASK] == own:
                new = 0
                break
        holes += new
    return holes


@njit(nogil=True)
def nearest_neighbour(buckets, number, found, point, samples, left_out, keys, out):
    """Nothing; writes the values of the nearest sample in the last pass's ellipsoid, if there is one."""
    last = buckets.limits.shape[0] - 1
    if number == last:
        if found > 0:
            out[:] = samples.value[keys[0] & MASK]
        return
    one = np.empty(1, dtype=np.int64)
    if nearest(buckets, last, point, samples.hole, samples.group, left_out, 1, 0, one) > 0:
        out[:] = samples.value[one[0] & MASK]


@njit(nogil=True)
def distances(position, chosen, found, point, out, numbers):
    """Nothing; true distances, m, go to ``out``, their smallest and mean to ``numbers``."""
    total, smallest = 0.0, np.inf
    for i in range(found):
        dx = position[chosen[i], 0] - point[0]
        dy = position[chosen[i], 1] - point[1]
        dz = position[chosen[i], 2] - point[2]
        out[i] = math.sqrt(dx * dx + dy * dy + dz * dz)
        total += out[i]
        smallest = min(smallest, out[i])
    numbers[2], numbers[3] = smallest, total / found


@njit(nogil=True)
def inverse_distance(samples, chosen, found, frame, point, distance, power, out):
    """Nothing; writes the means weighted by ellipsoid distance to the minus ``power``, exact at a coincident sample."""
    out[:] = 0.0
    total = 0.0
    for i in range(found):
        if distance[i] <= COINCIDENT:
            out[:] = samples.value[chosen[i]]
            return
        dx = samples.position[chosen[i], 0] - point[0]
        dy = samples.position[chosen[i], 1] - point[1]
        dz = samples.position[chosen[i], 2] - point[2]
        du = frame[0, 0] * dx + frame[0, 1] * dy + frame[0, 2] * dz
        dv = frame[1, 0] * dx + frame[1, 1] * dy + frame[1, 2] * dz
        dw = frame[2, 0] * dx + frame[2, 1] * dy + frame[2, 2] * dz
        weight = (du * du + dv * dv + dw * dw) ** (-0.5 * power)
        total += weight
        for k in range(out.shape[0]):
            out[k] += weight * samples.value[chosen[i], k]
    for k in range(out.shape[0]):
        out[k] /= total


@njit(nogil=True)
def fill_system(samples, model, chosen, found, point, cross, gathered, matrix):
    """Nothing; writes covariances between samples, with the target (also to ``cross``) and ones, into ``matrix``."""
    coincident = -1
    points = model.offset.shape[1]
    for i in range(found):
        if model.offset.shape[1] == 1 and cross[i] <= COINCIDENT:
            coincident = i
        cross[i] = 0.0
        matrix[i, i] = model.sill
        for j in range(i + 1, found):
            matrix[i, j] = 0.0
    u, v, w = gathered[0], gathered[1], gathered[2]
    for s in range(model.kind.shape[0]):
        kind, contribution, frame = model.kind[s], model.contribution[s], model.frame[s]
        centre_u = frame[0, 0] * point[0] + frame[0, 1] * point[1] + frame[0, 2] * point[2]
        centre_v = frame[1, 0] * point[0] + frame[1, 1] * point[1] + frame[1, 2] * point[2]
        centre_w = frame[2, 0] * point[0] + frame[2, 1] * point[1] + frame[2, 2] * point[2]
        for i in range(found):
            u[i] = samples.scaled[s, chosen[i], 0] - centre_u
            v[i] = samples.scaled[s, chosen[i], 1] - centre_v
            w[i] = samples.scaled[s, chosen[i], 2] - centre_w
        for p in range(points):
            at = model.offset[s, p]
            add_structure(kind, contribution, u, v, w, at[0], at[1], at[2], found, cross)
        for i in range(found - 1):
            rest, row = found - i - 1, matrix[i, i + 1 : found]
            add_structure(kind, contribution, u[i + 1 :], v[i + 1 :], w[i + 1 :], u[i], v[i], w[i], rest, row)
    for i in range(found):
        cross[i] /= points
        if i == coincident:
            cross[i] += model.nugget
        matrix[i, found] = cross[i]
        matrix[i, found + 1] = 1.0


@njit(nogil=True)
def store(value, model, chosen, found, weights, cross, multiplier, out, numbers):
    """Nothing; writes the estimates, the variance, the Lagrange multiplier and the sum of negative weights."""
    negative, explained = 0.0, 0.0
    for i in range(found):
        explained += weights[i] * cross[i]
        negative += min(weights[i], 0.0)
    for k in range(out.shape[0]):
        total = 0.0
        for i in range(found):
            total += weights[i] * (value[chosen[i], k] - model.mean[k])
        out[k] = model.mean[k] + total
    numbers[0] = model.block - explained - multiplier
    numbers[1] = multiplier
    numbers[4] = negative


def source_stamp(*modules):
    """Integer that changes with the source text of any of the modules."""
    text = "".join(inspect.getsource(module) for module in modules)
    return int(hashlib.sha256(text.encode()).hexdigest()[:15], 16)


def _entry(stamp):
    """`estimate_targets`, compiled once per machine and source: the only cached function.

    Numba's cache looks at the file of the function alone, so a change in a kernel of another file would go unseen. The stamp
    is a closure variable, and those are part of the key.
    """

    @njit(cache=True, nogil=True)
    def estimate_range(targets, groups, begin, end, samples, buckets, model, power, results):
        if stamp > 0:
            estimate_targets(targets, groups, begin, end, samples, buckets, model, power, results)

    return estimate_range


estimate_range = _entry(source_stamp(sys.modules[__name__], _covariance, _search, _system))

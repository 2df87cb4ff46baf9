"""Weighted means of eight targets at once, and weights by distance."""

import numpy as np

from scandia.kriging._buffers import kernel
from scandia.kriging._eight import COINCIDENT, keep, squared_length
from scandia.kriging._lanes import LANES, choose_where_above, fma, load, power, splat, square_root, store


@kernel
def weigh_by_distance(eight, most, plan):
    """Nothing; ``weights`` become powers of the ellipsoid distance, or 1 at coincident samples alone; they sum to one."""
    for lane in range(LANES):
        for axis in range(3):
            eight.value[LANES * axis + lane] = 1.0 / plan.radii[eight.turn[lane], axis]
    a, b, c = load(eight.value, 0), load(eight.value, LANES), load(eight.value, 2 * LANES)
    coincident, total = splat(0.0), splat(0.0)
    for i in range(most):
        close = choose_where_above(
            splat(COINCIDENT * COINCIDENT), squared_length(eight.delta, i), load(eight.mask, LANES * i), splat(0.0)
        )
        coincident = coincident + close
        store(eight.weights, LANES * i, close)
    for i in range(most):
        place = 3 * LANES * i
        u, v, w = load(eight.along, place) * a, load(eight.along, place + LANES) * b, load(eight.along, place + 2 * LANES) * c
        weight = inverse_power(fma(u, u, fma(v, v, w * w)), plan.exponent)
        weight = choose_where_above(load(eight.mask, LANES * i), splat(0.0), weight, splat(0.0))
        weight = choose_where_above(coincident, splat(0.0), load(eight.weights, LANES * i), weight)
        store(eight.weights, LANES * i, weight)
        total = total + weight
    scale = splat(1.0) / total
    for i in range(most):
        store(eight.weights, LANES * i, load(eight.weights, LANES * i) * scale)


@kernel
def inverse_power(square, exponent):
    """Distance to the minus ``exponent``, from its square, which is kept from being zero; whole exponents by multiplications."""
    inverse = splat(1.0) / choose_where_above(square, splat(1e-300), square, splat(1e-300))
    whole = np.int64(exponent)
    if whole != exponent or whole > 8:
        return power(inverse, splat(0.5 * exponent))
    result = square_root(inverse) if whole % 2 else splat(1.0)
    for _ in range(whole // 2):
        result = result * inverse
    return result


@kernel
def average(eight, chosen, size, used, most, samples, plan, out):
    """Nothing; writes the weighted means of every variable, around its known mean if it has one."""
    for k in range(samples.value.shape[1]):
        fill_values(eight, chosen, size, most, samples, plan, k)
        mean, total = splat(plan.mean[k]), splat(0.0)
        for i in range(most):
            total = fma(load(eight.weights, LANES * i), load(eight.value, LANES * i) - mean, total)
        keep(eight.out, eight.column, used, mean + total, out[k])


@kernel
def fill_values(eight, chosen, size, most, samples, plan, k):
    """Nothing; gathers the values of variable ``k``, high grades clamped beyond their ellipsoid."""
    for lane in range(LANES):
        count, row = eight.count[lane], eight.row[lane]
        for i in range(count):
            number, place = chosen.number[size * row + i], 3 * LANES * i + lane
            value = samples.value[number, k]
            if samples.clamped.shape[0] > 0 and samples.clamped[number, k] != value:
                u = eight.along[place] / plan.high[k, 0]
                v = eight.along[place + LANES] / plan.high[k, 1]
                w = eight.along[place + 2 * LANES] / plan.high[k, 2]
                if u * u + v * v + w * w > 1.0:
                    value = samples.clamped[number, k]
            eight.value[LANES * i + lane] = value
        for i in range(count, most):
            eight.value[LANES * i + lane] = 0.0

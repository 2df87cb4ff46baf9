"""Compiled kriging of eight targets at once: systems, weights, estimates and diagnostics."""

import numpy as np

from scandia.kriging._average import average, weigh_by_distance
from scandia.kriging._buffers import behind, buffers, kernel
from scandia.kriging._covariance import add_sample_to_sample, add_sample_to_target, add_within_target, turn, turn_all
from scandia.kriging._eight import (
    COINCIDENT,
    LAGRANGE,
    NEGATIVE,
    REASON,
    VARIANCE,
    fill_equal_shares,
    fill_frames,
    fill_sets,
    fill_shares,
    fill_targets,
    gather,
    keep,
    measure_distances,
    place_targets,
    squared_length,
)
from scandia.kriging._lanes import LANES, choose_where_above, fma, least, load, negative, splat, store
from scandia.kriging._sets import group_rows
from scandia.kriging._system import (
    PIVOT,
    back_substitute,
    dot,
    factorise,
    factorise_constraints,
    quadratic_form,
    row_of,
    solve_constraints,
    substitute,
)
from scandia.vocabulary import Reason

SINGULAR = int(Reason.SINGULAR)
ROUNDED = 1e-9  # share of the sill by which rounding may make a variance negative


@kernel
def factorise_samples(eight, chosen, size, most, unequal, samples, targets, model, plan, constraints):
    """Nothing; factors of the samples' covariances and of the constraints: all that does not depend on a target.

    Where it does, with drifts or axes of its own, no two targets share it. A lane's missing samples are rows of the identity.
    """
    for i in range(most):
        row = row_of(i, most)
        for j in range(i):
            store(eight.matrix, row + LANES * j, splat(0.0))
        store(eight.matrix, row + LANES * i, splat(model.sill))
    for s in range(model.kind.shape[0]):
        at = behind(eight.at, 3 * LANES * most * s)
        turn_all(eight.frame, s, eight.local, most, at)
        add_sample_to_sample(model, s, at, most, eight.matrix)
    if unequal:
        for i in range(most):
            own, row = load(eight.mask, LANES * i), row_of(i, most)
            for j in range(i):
                store(eight.matrix, row + LANES * j, load(eight.matrix, row + LANES * j) * own)
    if constraints > 0:
        fill_constraints(eight, chosen, size, most, samples, targets, plan)
    success = factorise(eight.matrix, eight.inverse, most, constraints, PIVOT * model.sill)
    store(eight.good, 0, success * factorise_constraints(eight.matrix, most, constraints, eight.normal))


@kernel
def fill_constraints(eight, chosen, size, most, samples, targets, plan):
    """Nothing; writes the rows of constraints: ones, coordinates against the target, external drifts against the target's."""
    row, own_points = row_of(most, most), targets.inside.shape[0] > 0
    for i in range(most):
        store(eight.matrix, row + LANES * i, load(eight.mask, LANES * i))
    store(eight.constraint, 0, splat(1.0))
    for m in range(plan.axes.shape[0]):
        axis, row, scale = plan.axes[m], row_of(most + 1 + m, most), 1.0 / plan.spread
        for i in range(most):
            coordinate = load(eight.delta, 3 * LANES * i + LANES * axis) * splat(scale)
            store(eight.matrix, row + LANES * i, coordinate * load(eight.mask, LANES * i))
        centre = splat(0.0)
        if own_points:
            for p in range(plan.offset.shape[0]):
                centre = fma(load(eight.share, LANES * p), splat(plan.offset[p, axis] * scale), centre)
        store(eight.constraint, LANES * (1 + m), centre)
    for e in range(samples.drift.shape[1]):
        row = row_of(most + 1 + plan.axes.shape[0] + e, most)
        for lane in range(LANES):
            own, count, source = targets.drift[eight.target[lane], e], eight.count[lane], eight.row[lane]
            for i in range(most):
                drift = samples.drift[chosen.number[size * source + i], e] - own if i < count else 0.0
                eight.matrix[row + LANES * i + lane] = drift
        store(eight.constraint, LANES * (1 + plan.axes.shape[0] + e), splat(0.0))


@kernel
def fill_cross(eight, most, unequal, targets, model, plan):
    """Nothing; writes the covariances of the samples with the targets."""
    points, own_points = plan.offset.shape[0], targets.inside.shape[0] > 0
    x, y, z = load(eight.first, 0), load(eight.first, LANES), load(eight.first, 2 * LANES)
    for i in range(most):
        store(eight.cross, LANES * i, splat(0.0))
    for s in range(model.kind.shape[0]):
        at, point = behind(eight.at, 3 * LANES * most * s), behind(eight.offset, 3 * LANES * points * s)
        first = turn(eight.frame, 9 * LANES * s, x, y, z)
        add_sample_to_target(model, s, at, first, most, point, eight.share, own_points, points, eight.cross)
    if points == 1:
        for i in range(most):
            square = squared_length(eight.delta, i)
            nugget = choose_where_above(splat(COINCIDENT * COINCIDENT), square, splat(model.nugget), splat(0.0))
            store(eight.cross, LANES * i, load(eight.cross, LANES * i) + nugget)
    if unequal:
        for i in range(most):
            store(eight.cross, LANES * i, load(eight.cross, LANES * i) * load(eight.mask, LANES * i))


@kernel
def block_covariances(eight, own_blocks, model, plan):
    """Lanes of the mean covariance within the blocks: one number, or each block's own where it has points or axes of its own."""
    points = plan.offset.shape[0]
    if not own_blocks or points == 1:
        return splat(plan.block)
    store(eight.out, 0, splat(0.0))
    for s in range(model.kind.shape[0]):
        add_within_target(model, s, behind(eight.offset, 3 * LANES * points * s), eight.share, points, eight.out)
    return load(eight.out, 0)


@kernel
def krige(eight, chosen, size, used, most, unequal, constraints, samples, targets, model, plan, results):
    """Nothing; estimates, variance, multiplier and sum of negative weights of the lanes in use.

    The multiplier is ``sum(w C) - w' C w``: what the slope of regression needs, whatever the weights and the drifts' origin.
    """
    fill_cross(eight, most, unequal, targets, model, plan)
    substitute(eight.matrix, eight.inverse, most, eight.cross, eight.reduced)
    solve_constraints(eight.matrix, most, constraints, eight.reduced, eight.constraint, eight.normal, eight.multiplier)
    back_substitute(eight.matrix, eight.inverse, most, constraints, eight.reduced, eight.multiplier, eight.weights)
    own_blocks = targets.inside.shape[0] > 0 or targets.rotation.shape[0] > 0
    block = block_covariances(eight, own_blocks, model, plan)
    multipliers = splat(0.0)
    for m in range(constraints):
        multipliers = fma(load(eight.multiplier, LANES * m), load(eight.constraint, LANES * m), multipliers)
    variance = block - dot(eight.weights, 0, eight.cross, 0, most) - multipliers
    below = splat(0.0)
    for i in range(most):
        below = below + least(load(eight.weights, LANES * i), splat(0.0))
    if plan.only_positive:
        drop_negative(eight, most)
        joint = dot(eight.weights, 0, eight.cross, 0, most)
        spread = quadratic_form(eight.matrix, eight.inverse, most, eight.weights)
        variance = choose_where_above(negative(below), splat(0.0), block - splat(2.0) * joint + spread, variance)
        multipliers = choose_where_above(negative(below), splat(0.0), joint - spread, multipliers)
    variance = without_rounding(variance, model.sill)
    average(eight, chosen, size, used, most, samples, plan, results.estimate)
    keep(eight.out, eight.column, used, variance, results.number[VARIANCE])
    keep(eight.out, eight.column, used, multipliers, results.number[LAGRANGE])
    keep(eight.out, eight.column, used, below, results.number[NEGATIVE])
    if results.block.shape[0] > 0:
        keep(eight.out, eight.column, used, block, results.block)
    refuse_singular(eight, used, results)


@kernel
def without_rounding(variance, sill):
    """Variances, 0 where rounding alone made them negative."""
    none = splat(0.0)
    return choose_where_above(variance, splat(-ROUNDED * sill), choose_where_above(variance, none, variance, none), variance)


@kernel
def drop_negative(eight, most):
    """Nothing; negative weights become zero, the others are scaled to the sum of one."""
    total = splat(0.0)
    for i in range(most):
        weight = load(eight.weights, LANES * i)
        weight = choose_where_above(weight, splat(0.0), weight, splat(0.0))
        store(eight.weights, LANES * i, weight)
        total = total + weight
    for i in range(most):
        store(eight.weights, LANES * i, load(eight.weights, LANES * i) / total)


@kernel
def refuse_singular(eight, used, results):
    """Nothing; targets whose system has no solution lose what was written for them and get the reason."""
    for lane in range(used):
        if eight.good[lane] == 0.0:
            column = eight.column[lane]
            results.estimate[:, column] = np.nan
            for row in (VARIANCE, LAGRANGE, NEGATIVE):
                results.number[row, column] = np.nan
            results.code[REASON, column] = SINGULAR


@kernel
def keep_weights(eight, chosen, size, used, results):
    """Nothing; samples, weights and covariances of each target, for auditors."""
    for lane in range(used):
        target = eight.column[lane]
        for i in range(eight.count[lane]):
            results.chosen[target, i] = chosen.number[size * eight.row[lane] + i]
            results.weight[target, i] = eight.weights[LANES * i + lane]
            results.cross[target, i] = eight.cross[LANES * i + lane]


def make_solve_range(stamp):
    """Function, to be compiled, that fills the results of rows of `Chosen`; ``stamp`` tells the cache of its sources."""

    def solve_range(chosen, count, samples, targets, model, plan, results, eight, sets):
        turning, size, slots = targets.rotation.shape[0] > 0, chosen.number.shape[1], sets.slot.shape[0]
        eight, chosen, sets = buffers(eight), buffers(chosen), buffers(sets)
        constraints = 1 + plan.axes.shape[0] + samples.drift.shape[1] if plan.unbiased else 0
        alone = turning or constraints > 1 or not plan.kriged
        found = group_rows(sets, chosen, count if stamp > 0 else 0, size, slots, alone)
        for first in range(0, found, LANES):
            fill_sets(eight, chosen, sets, first, found)
            most, unequal = gather(eight, chosen, size, sets, samples)
            for number in range(sets.size[sets.order[first]]):
                used = fill_targets(eight, chosen, sets, number, results.base)
                place_targets(eight, chosen, size, most, samples, targets, plan)
                if targets.inside.shape[0] > 0:
                    fill_shares(eight, targets)
                elif turning and first == 0:
                    fill_equal_shares(eight, plan)
                measure_distances(eight, used, most, results)
                if results.inverse_distance.shape[0] > 0:
                    weigh_by_distance(eight, most, plan)
                    average(eight, chosen, size, used, most, samples, plan, results.inverse_distance)
                if plan.kriged:
                    if turning or first + number == 0:
                        fill_frames(eight, model, targets, plan)
                    if number == 0:
                        factorise_samples(eight, chosen, size, most, unequal, samples, targets, model, plan, constraints)
                    krige(eight, chosen, size, used, most, unequal, constraints, samples, targets, model, plan, results)
                if results.weight.shape[0] > 0:
                    keep_weights(eight, chosen, size, used, results)

    return solve_range

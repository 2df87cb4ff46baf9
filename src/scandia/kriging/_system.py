"""Compiled kriging systems, eight at a time: Cholesky factor, right sides, unbiasedness constraints and weights.

The lower triangle of the samples' covariances lies in ``matrix`` row after row; behind it, as rows of ``count`` numbers each, the
constraints: ones, coordinates, external drifts. The covariances with a target lie apart, because many targets share one matrix.
Every number is eight lanes, one for each system.
"""

from scandia.kriging._buffers import kernel
from scandia.kriging._lanes import LANES, choose_where_above, fma, load, negative, splat, square_root, store

PIVOT = 1e-12  # a pivot below this share of the sill means a singular system


@kernel
def row_of(i, count):
    """Place in ``matrix`` of row ``i`` of ``count`` samples, or of a constraint from ``count`` on."""
    if i < count:
        return LANES * (i * (i + 1) // 2)
    return LANES * (count * (count + 1) // 2 + (i - count) * count)


@kernel
def factorise(matrix, inverse, count, rows, smallest):
    """Lanes that are 1 where it succeeded, else 0; ``matrix`` becomes ``L`` with ``L L' = C``, ``inverse`` 1 / its diagonal.

    The ``rows`` constraints ``b`` become ``L^-1 b`` on the way. A pivot not above ``smallest`` stands for a singular system; it
    is replaced by 1, so that nothing else in its lane can overflow.
    """
    success = splat(1.0)
    for j in range(count):
        own = row_of(j, count)
        pivot, other = load(matrix, own + LANES * j), splat(0.0)
        for k in range(0, j - 1, 2):
            a, b = load(matrix, own + LANES * k), load(matrix, own + LANES * (k + 1))
            pivot, other = fma(negative(a), a, pivot), fma(negative(b), b, other)
        if j % 2:
            a = load(matrix, own + LANES * (j - 1))
            pivot = fma(negative(a), a, pivot)
        pivot = pivot + other
        success = choose_where_above(pivot, splat(smallest), success, splat(0.0))
        pivot = choose_where_above(pivot, splat(smallest), pivot, splat(1.0))
        scale = splat(1.0) / square_root(pivot)
        store(inverse, LANES * j, scale)
        i = j + 1
        while i + 4 <= count + rows:
            reduce_four(matrix, own, j, count, i, scale)
            i += 4
        while i < count + rows:
            reduce_one(matrix, own, j, row_of(i, count), scale)
            i += 1
    return success


@kernel
def reduce_four(matrix, own, j, count, i, scale):
    """Nothing; column ``j`` of the rows ``i`` to ``i + 3``: four chains of sums share each load of row ``j``."""
    first, second, third, fourth = row_of(i, count), row_of(i + 1, count), row_of(i + 2, count), row_of(i + 3, count)
    place = LANES * j
    a, b = load(matrix, first + place), load(matrix, second + place)
    c, d = load(matrix, third + place), load(matrix, fourth + place)
    for k in range(j):
        factor, at = negative(load(matrix, own + LANES * k)), LANES * k
        a = fma(factor, load(matrix, first + at), a)
        b = fma(factor, load(matrix, second + at), b)
        c = fma(factor, load(matrix, third + at), c)
        d = fma(factor, load(matrix, fourth + at), d)
    store(matrix, first + place, a * scale)
    store(matrix, second + place, b * scale)
    store(matrix, third + place, c * scale)
    store(matrix, fourth + place, d * scale)


@kernel
def reduce_one(matrix, own, j, row, scale):
    """Nothing; column ``j`` of one row."""
    a = load(matrix, row + LANES * j)
    for k in range(j):
        a = fma(negative(load(matrix, own + LANES * k)), load(matrix, row + LANES * k), a)
    store(matrix, row + LANES * j, a * scale)


@kernel
def dot(a, first, b, second, count):
    """Lanes of the sum of ``count`` products, of what stands in ``a`` from ``first`` on and in ``b`` from ``second`` on."""
    total = splat(0.0)
    for i in range(count):
        total = fma(load(a, first + LANES * i), load(b, second + LANES * i), total)
    return total


@kernel
def factorise_constraints(matrix, count, constraints, normal):
    """Lanes that are 1 where the constraints are independent; ``normal`` becomes the factor of ``F F'``.

    ``F`` are the rows of constraints after `factorise`, the ones first, drifts as shares of their spread among all samples. The
    diagonal is stored as 1 / itself. A drift that varies by less than a millionth of that spread is rounding, whatever its level
    against the target.
    """
    success, floor = splat(1.0), splat(0.0)
    for i in range(constraints):
        own = row_of(count + i, count)
        for j in range(i + 1):
            value = dot(matrix, own, matrix, row_of(count + j, count), count)
            store(normal, row_of(i, constraints) + LANES * j, value)
    for j in range(constraints):
        own = row_of(j, constraints)
        whole = load(normal, own + LANES * j)
        pivot = whole - dot(normal, own, normal, own, j)
        good = choose_where_above(splat(PIVOT) * whole, floor, splat(PIVOT) * whole, floor)
        if j == 0:
            floor = good
        success = choose_where_above(pivot, good, success, splat(0.0))
        scale = splat(1.0) / square_root(choose_where_above(pivot, good, pivot, splat(1.0)))
        store(normal, own + LANES * j, scale)
        for i in range(j + 1, constraints):
            row = row_of(i, constraints)
            store(normal, row + LANES * j, (load(normal, row + LANES * j) - dot(normal, row, normal, own, j)) * scale)
    return success


@kernel
def substitute(matrix, inverse, count, right, reduced):
    """Nothing; ``reduced`` becomes ``L^-1 c`` of the right side ``c``: four rows at a time share each load of what is known."""
    for i in range(0, count - 3, 4):
        first, second, third, fourth = row_of(i, count), row_of(i + 1, count), row_of(i + 2, count), row_of(i + 3, count)
        place = LANES * i
        a, b = load(right, place), load(right, place + LANES)
        c, d = load(right, place + 2 * LANES), load(right, place + 3 * LANES)
        for k in range(i):
            known, at = negative(load(reduced, LANES * k)), LANES * k
            a = fma(known, load(matrix, first + at), a)
            b = fma(known, load(matrix, second + at), b)
            c = fma(known, load(matrix, third + at), c)
            d = fma(known, load(matrix, fourth + at), d)
        a = a * load(inverse, place)
        less = negative(a)
        b = fma(less, load(matrix, second + place), b) * load(inverse, place + LANES)
        c, d = fma(less, load(matrix, third + place), c), fma(less, load(matrix, fourth + place), d)
        less = negative(b)
        c = fma(less, load(matrix, third + place + LANES), c) * load(inverse, place + 2 * LANES)
        d = fma(less, load(matrix, fourth + place + LANES), d)
        d = fma(negative(c), load(matrix, fourth + place + 2 * LANES), d) * load(inverse, place + 3 * LANES)
        store(reduced, place, a)
        store(reduced, place + LANES, b)
        store(reduced, place + 2 * LANES, c)
        store(reduced, place + 3 * LANES, d)
    for i in range(count - count % 4, count):
        row, value = row_of(i, count), load(right, LANES * i)
        for k in range(i):
            value = fma(negative(load(reduced, LANES * k)), load(matrix, row + LANES * k), value)
        store(reduced, LANES * i, value * load(inverse, LANES * i))


@kernel
def solve_constraints(matrix, count, constraints, reduced, target, normal, multiplier):
    """Nothing; ``multiplier`` become the Lagrange multipliers of the constraints.

    With ``c`` the ``reduced`` right side and ``f`` the constraints' values at the ``target``: ``(F F') m = F c - f``, so that
    ``C w + F m = c`` and ``F w = f``.
    """
    for i in range(constraints):
        value = dot(matrix, row_of(count + i, count), reduced, 0, count) - load(target, LANES * i)
        value = value - dot(normal, row_of(i, constraints), multiplier, 0, i)
        store(multiplier, LANES * i, value * load(normal, row_of(i, constraints) + LANES * i))
    for i in range(constraints - 1, -1, -1):
        value = load(multiplier, LANES * i)
        for j in range(i + 1, constraints):
            value = value - load(normal, row_of(j, constraints) + LANES * i) * load(multiplier, LANES * j)
        store(multiplier, LANES * i, value * load(normal, row_of(i, constraints) + LANES * i))


@kernel
def back_substitute(matrix, inverse, count, constraints, reduced, multiplier, weights):
    """Nothing; ``weights`` become ``L'^-1 (c - F' m)``."""
    for i in range(count):
        value = load(reduced, LANES * i)
        for m in range(constraints):
            value = fma(negative(load(multiplier, LANES * m)), load(matrix, row_of(count + m, count) + LANES * i), value)
        store(weights, LANES * i, value)
    for i in range(count - 1, -1, -1):
        weight = load(weights, LANES * i) * load(inverse, LANES * i)
        store(weights, LANES * i, weight)
        row, less = row_of(i, count), negative(weight)
        for k in range(i):
            store(weights, LANES * k, fma(less, load(matrix, row + LANES * k), load(weights, LANES * k)))


@kernel
def quadratic_form(matrix, inverse, count, weights):
    """Lanes of ``w' C w``, the variance of the weighted mean, as the sum of squares of ``L' w``."""
    total = splat(0.0)
    for k in range(count):
        value = load(weights, LANES * k) / load(inverse, LANES * k)
        for i in range(k + 1, count):
            value = fma(load(matrix, row_of(i, count) + LANES * k), load(weights, LANES * i), value)
        total = fma(value, value, total)
    return total

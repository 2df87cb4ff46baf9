"""Functions of eight lanes against NumPy's: roots, exponentials, logarithms and powers that no processor or C library changes."""

from typing import NamedTuple

import numba
import numpy as np

from scandia.kriging._buffers import OPTIONS, buffers
from scandia.kriging._lanes import LANES, exponential, load, logarithm, power, root, store

RNG = np.random.default_rng(4)
COUNT = 8000
ULP = np.finfo(float).eps


class Numbers(NamedTuple):
    """Arguments and results of one function."""

    a: np.ndarray
    b: np.ndarray
    out: np.ndarray


@numba.njit(**OPTIONS)
def apply(numbers, which):
    """Nothing; writes one function of ``a`` and ``b`` to ``out``."""
    flat = buffers(numbers)
    for i in range(0, numbers.a.shape[0], LANES):
        a, b = load(flat.a, i), load(flat.b, i)
        if which == 0:
            store(flat.out, i, root(a))
        elif which == 1:
            store(flat.out, i, exponential(a))
        elif which == 2:
            store(flat.out, i, logarithm(a))
        else:
            store(flat.out, i, power(a, b))


def result(which, a, b=None):
    b = np.ones(len(a)) if b is None else b
    numbers = Numbers(*(np.ascontiguousarray(column, dtype=float) for column in (a, b)), np.empty(len(a)))
    apply(numbers, which)
    return numbers.out


def test_roots_are_right_to_the_last_digits():
    a = np.exp(RNG.uniform(-600, 600, COUNT))
    np.testing.assert_allclose(result(0, a), np.sqrt(a), rtol=1.5 * ULP)


def test_exponentials_are_right_to_the_last_digits_and_vanish_far_below_zero():
    a = np.append(RNG.uniform(-690, 690, COUNT - 3), [0.0, -701.0, -1e9])
    np.testing.assert_allclose(result(1, a)[:-2], np.exp(a[:-2]), rtol=4 * ULP)
    assert result(1, a)[-3:].tolist() == [1.0, 0.0, 0.0]


def test_logarithms_are_right_to_the_last_digits_also_beside_one():
    a = np.append(np.exp(RNG.uniform(-690, 690, COUNT - 1)), 1.0)
    a[: COUNT // 2] = 1.0 + RNG.uniform(-0.5, 0.5, COUNT // 2) ** 3
    np.testing.assert_allclose(result(2, a), np.log(a), rtol=4 * ULP)


def test_powers_are_right_to_the_digits_that_their_logarithm_leaves():
    a, b = np.exp(RNG.uniform(-40, 10, COUNT)), RNG.uniform(0.05, 5, COUNT)
    np.testing.assert_allclose(result(3, a, b), a**b, rtol=300 * ULP)
    known = [(0.0, 0.7, 0.0), (1.0, 0.7, 1.0), (4.0, 0.5, 2.0), (9.0, 1.5, 27.0), (1e-301, 1.0, 0.0), (2.0, 1.0, 2.0)]
    a, b, expected = np.array(known + [(1.0, 1.0, 1.0)] * 2).T
    np.testing.assert_allclose(result(3, a, b), expected, rtol=2 * ULP)
    assert result(3, [1e300] * LANES, [5.0] * LANES)[0] > 1e300

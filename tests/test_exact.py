"""Exact sums: those of `math.fsum` to the last bit, in whatever order, pieces and groups they are made."""

from math import fsum, inf, isnan, nan
from struct import pack

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scandia.exact import ExactSum, exact_sum, exact_sums

FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300)
SMALLEST = 5e-324


@given(st.lists(FINITE, max_size=40), st.integers(0, 40))
@example([1e16, 1.0, SMALLEST, -1e16, 1e300, -1e300], 2)
@example([-0.0, -0.0], 1)
@example([1.0, 2.0**-53, SMALLEST], 1)  # half of the last bit, and a little
@example([1.0, 2.0**-53], 1)  # half of the last bit goes to the even one
@example([3 * SMALLEST, -SMALLEST], 1)
def test_a_sum_is_that_of_fsum_to_the_last_bit(values, cut):
    expected = pack("d", fsum(values))
    assert pack("d", float(exact_sum(np.array(values)))) == expected
    assert pack("d", float(exact_sum(np.array(values[:cut])) + exact_sum(np.array(values[cut:])[::-1]))) == expected


@pytest.mark.parametrize("spread", [1, 40, 300])
@pytest.mark.parametrize("piece", [1, 7, 1000, 1 << 14])
def test_pieces_and_groups_do_not_change_a_bit(monkeypatch, spread, piece):
    monkeypatch.setattr("scandia.exact.PIECE", piece)
    random = np.random.default_rng(spread)
    values = random.normal(size=3000) * 2.0 ** random.integers(-spread, spread, 3000)
    groups = random.integers(0, 5, 3000)
    assert float(exact_sum(values.reshape(3, 10, 100))) == fsum(values)
    assert [float(one) for one in exact_sums(values, groups, 6)] == [*(fsum(values[groups == k]) for k in range(5)), 0.0]
    assert sum(exact_sums(values, groups, 5), ExactSum()) == exact_sum(values)


@pytest.mark.parametrize("count", [1 << 14, (1 << 14) + 3])
def test_as_many_values_as_go_at_once_lose_no_digit_though_all_are_of_the_largest(count):
    numbers = np.random.default_rng(0).integers(1 << 52, 1 << 53, count)
    whole = sum(numbers.tolist()) << 1074 - 52
    assert exact_sum(numbers * 2.0**-52).units == exact_sums(numbers * 2.0**-52, np.zeros(count, dtype=int), 1)[0].units == whole
    assert exact_sum(np.r_[numbers, -numbers[::-1]] * 2.0**-52) == ExactSum()


def test_sums_on_the_edge_of_the_floats():
    largest = np.finfo(float).max
    assert float(exact_sum([largest, largest, -largest, SMALLEST])) == largest  # fsum would overflow on its way
    assert float(exact_sum([largest, -largest, SMALLEST])) == SMALLEST
    with pytest.raises(OverflowError):
        float(exact_sum([largest, largest]))
    assert float(ExactSum()) == float(exact_sum([])) == 0.0
    assert float(exact_sum(np.array([True, True, False]))) == 2.0
    assert float(exact_sum(np.array([2**53 - 1, -1]))) == 2**53 - 2


@pytest.mark.parametrize("values", [[inf, 1.0], [-inf, 1.0], [nan, 1.0], [nan, inf], [nan, -inf, -inf]])
def test_values_that_are_no_numbers_count_as_in_fsum(values):
    found, expected = float(exact_sum(values)), fsum(values)
    assert found == expected or (isnan(found) and isnan(expected))
    parted = [float(one) for one in exact_sums(values, np.arange(len(values)), len(values))]
    np.testing.assert_array_equal(parted, values)
    with pytest.raises(ValueError, match="inf and -inf"):
        float(exact_sum([*values, inf, -inf]))

"""Compiled pieces against their NumPy equivalents: roots, exponentials, selection and the scan for samples."""

from typing import NamedTuple

import numpy as np
import pytest
from numba import njit

from scandia.kriging._buffers import OPTIONS, buffers
from scandia.kriging._choose import threshold
from scandia.kriging._lanes import LANES, exponential, load, root, square_root, store
from scandia.kriging._search import MASK, NEVER, SHIFT, key_within, scan
from scandia.kriging.arrange import arrange_buckets
from scandia.kriging.search import Pass, Search
from scandia.kriging.space import _candidates

called = njit(**OPTIONS)


class Columns(NamedTuple):
    given: np.ndarray
    root: np.ndarray
    square_root: np.ndarray
    exponential: np.ndarray


class Keys(NamedTuple):
    key: np.ndarray
    near: np.ndarray


@called
def fill(columns, count):
    out = buffers(columns)
    for i in range(0, count, LANES):
        number = load(out.given, i)
        store(out.root, i, root(number))
        store(out.square_root, i, square_root(number))
        store(out.exponential, i, exponential(number))


@called
def select(keys, count, reach, limit):
    own = buffers(keys)
    return threshold(own.key, count, reach, limit, own.near)


@called
def find(buckets, number, centre, radius, candidates):
    return scan(buckets, number, centre, radius, buffers(candidates))


@called
def key_of(distance):
    return key_within(distance)


def of(numbers):
    columns = Columns(np.ascontiguousarray(numbers), *(np.empty(len(numbers)) for _ in range(3)))
    fill(columns, len(numbers))
    return columns


def off_by(got, expected):
    """Largest difference in units of the last place."""
    return np.max(np.abs(got - expected) / np.spacing(np.abs(expected)))


class TestLanes:
    numbers = np.random.default_rng(0).uniform(-1, 1, 80_000)

    def test_the_root_by_multiplications_is_off_by_one_digit_at_most_over_the_range_of_squared_distances(self):
        wide = 10.0 ** (self.numbers * 150)
        near = np.nextafter(1.0 + self.numbers, 2.0)
        for squares in (wide, near, np.arange(1.0, 80_001.0) ** 2):
            assert off_by(of(squares).root, np.sqrt(squares)) <= 1.0

    def test_the_processors_own_root_is_exact(self):
        squares = 10.0 ** (self.numbers * 150)
        np.testing.assert_array_equal(of(squares).square_root, np.sqrt(squares))

    def test_the_root_of_nothing_is_nothing(self):
        assert (of(np.zeros(LANES)).root == 0.0).all()

    def test_the_exponential_is_off_by_two_digits_at_most_and_vanishes(self):
        for exponents in (350 * (self.numbers - 1), 1.5 * (self.numbers - 1), -(10.0 ** (8 * self.numbers - 8))):
            assert off_by(of(exponents).exponential, np.exp(exponents)) <= 2.0
        np.testing.assert_array_equal(of(np.full(LANES, -701.0)).exponential, 0.0)
        np.testing.assert_array_equal(of(np.zeros(LANES)).exponential, 1.0)
        np.testing.assert_array_equal(of(np.full(LANES, -1e300)).exponential, 0.0)


class TestThreshold:
    @pytest.mark.parametrize("different", [1, 3, 40, 100_000])
    def test_it_is_the_key_that_partition_finds_also_where_distances_tie(self, different):
        rng = np.random.default_rng(different)
        for _ in range(1500):
            count = int(rng.integers(1, 400))
            squares = rng.choice(rng.random(different) ** rng.uniform(0.3, 6), count)
            squares[rng.random(count) < 0.02] = 0.0
            key = ((squares.view(np.int64) >> SHIFT) << SHIFT) | rng.permutation(count)
            key[rng.random(count) < 0.05] = NEVER
            reach = key_of(rng.choice([1.0, rng.random()]))
            limit = int(rng.integers(1, 130))
            last, found = select(Keys(key, np.empty(count + 1, dtype=np.int64)), count, reach, limit)
            within = key[key <= reach]
            assert found == min(limit, len(within))
            if found:
                assert last == np.partition(within, found - 1)[found - 1]

    def test_the_first_sample_at_the_target_itself_is_counted(self):
        key = (np.arange(40)[::-1] << (SHIFT + 5)) | np.arange(40)[::-1]  # the smallest is 0
        for limit in range(1, 40):
            last, found = select(Keys(key, np.empty(41, dtype=np.int64)), 40, key_of(1.0), limit)
            assert (last & MASK, found) == (limit - 1, limit)


class TestScan:
    @pytest.mark.parametrize("crowd", [1, 30])
    def test_every_sample_within_the_radius_is_found_once_and_none_from_beyond(self, crowd):
        rng = np.random.default_rng(crowd)
        for _ in range(60 if crowd == 1 else 12):
            count = int(rng.integers(1, 300))
            position = rng.uniform(0, rng.choice([1, 30, 1000], 3), (count, 3))
            position = np.repeat(position, crowd, axis=0) + rng.normal(0, 1e-3, (count * crowd, 3))
            passes = tuple(Pass(ranges=tuple(10 ** rng.uniform(-1, 3, 3)), min_samples=1, max_samples=8) for _ in range(2))
            search = Search(passes=passes, azimuth=rng.uniform(0, 360), dip=rng.uniform(-90, 90), rake=rng.uniform(-90, 90))
            buckets = arrange_buckets(search, position, turning=False)
            candidates = _candidates(len(position) + 1)
            for number in range(2):
                place = position @ buckets.frame[number].T
                for radius in (0.0, 1e-3, 0.05, 0.7, 1.0, 3.0, 1e4):
                    centre = place[rng.integers(len(place))] + rng.normal(0, rng.choice([0, 0.3, 5]), 3)
                    found = find(buckets, number, centre, radius, candidates)
                    numbers, distance = candidates.number[:found], np.linalg.norm(place - centre, axis=1)
                    assert len(set(numbers.tolist())) == found
                    assert set(np.flatnonzero(distance <= radius)) <= set(numbers.tolist())
                    assert (distance[numbers] <= radius * (1 + 3e-6)).all()

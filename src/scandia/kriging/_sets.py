"""Compiled grouping of targets that have the same samples: their systems are factored once.

Whether and with whom a target shares its system cannot change a bit of its result: what is shared depends on the samples alone.
"""

from typing import NamedTuple

import numpy as np

from scandia.kriging._buffers import kernel

MOST = 64  # targets of one set; more of them begin another


class Sets(NamedTuple):
    """Sets of samples among the rows of `Chosen`."""

    slot: np.ndarray  # (a power of two above k,) hash table: set and 1, or 0
    own: np.ndarray  # (k,) set of each row
    first: np.ndarray  # (k,) first row of each set
    size: np.ndarray  # (k,) rows of each set
    bin: np.ndarray  # ((MOST + 1) * (samples + 1),) sets by rows and samples
    order: np.ndarray  # (k,) sets: those of many rows first, among them those of many samples
    begin: np.ndarray  # (k,) place of each set's first row in `row`
    row: np.ndarray  # (k,) rows, set by set


@kernel
def group_rows(sets, chosen, count, size, slots, alone):
    """Number of the sets of ``count`` rows of ``size`` numbers each; every row is one of its own where all are ``alone``."""
    found = 0
    for k in range(0 if alone else slots):
        sets.slot[k] = 0
    for row in range(count):
        own, place = found, 0
        if not alone:
            place = hash_of(chosen, row, size) & (slots - 1)
            while sets.slot[place] > 0 and not is_equal(chosen, row, sets.first[sets.slot[place] - 1], size):
                place = (place + 1) & (slots - 1)
            own = sets.slot[place] - 1
            if own < 0 or sets.size[own] == MOST:
                own = found
                sets.slot[place] = found + 1
        if own == found:
            sets.first[own], sets.size[own] = row, 0
            found += 1
        sets.own[row] = own
        sets.size[own] += 1
    sort_sets(sets, chosen, found, size)
    list_rows(sets, count, found)
    return found


@kernel
def hash_of(chosen, row, size):
    """Number that depends on the samples of a row; equal rows have equal ones."""
    total = np.int64(0)
    for i in range(size * row, size * row + chosen.count[row]):
        mixed = chosen.number[i] * np.int64(0x9E3779B97F4A7C1)
        mixed = (mixed ^ (mixed >> 29)) * np.int64(0xBF58476D1CE4E5B)
        total += mixed ^ (mixed >> 32)
    return total ^ (total >> 20)


@kernel
def is_equal(chosen, row, other, size):
    """Whether two rows name the same samples in the same order."""
    different = chosen.count[row] != chosen.count[other]
    for i in range(min(chosen.count[row], chosen.count[other])):
        different |= chosen.number[size * row + i] != chosen.number[size * other + i]
    return not different


@kernel
def sort_sets(sets, chosen, found, size):
    """Nothing; in ``order`` no set has more rows than the one before, and those of equal rows no more samples."""
    last = (size + 1) * (MOST + 1)
    for k in range(last):
        sets.bin[k] = 0
    for own in range(found):
        sets.bin[sets.size[own] * (size + 1) + chosen.count[sets.first[own]]] += 1
    place = 0
    for k in range(last - 1, -1, -1):
        place, sets.bin[k] = place + sets.bin[k], place
    for own in range(found):
        k = sets.size[own] * (size + 1) + chosen.count[sets.first[own]]
        sets.order[sets.bin[k]] = own
        sets.bin[k] += 1


@kernel
def list_rows(sets, count, found):
    """Nothing; writes the rows of each set."""
    place = 0
    for own in range(found):
        sets.begin[own] = place
        place += sets.size[own]
    for row in range(count):
        own = sets.own[row]
        sets.row[sets.begin[own]] = row
        sets.begin[own] += 1
    for own in range(found):
        sets.begin[own] -= sets.size[own]

"""The spans of intercepts against every set of spans there is."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scandia.drillholes.intercept_settings import Intercepts
from scandia.drillholes.spans import intercept_spans


def brute_force(lengths, grades, rules):
    """The best total of length, metal above the cut-off and number of spans, over every set of spans that keeps the rules."""
    count = len(lengths)

    def keeps(first, stop):
        part, inside = grades[first:stop], lengths[first:stop]
        if part[0] < rules.cutoff or part[-1] < rules.cutoff or inside.sum() < rules.minimum_length - 1e-9:
            return False
        if (inside * (part - rules.cutoff)).sum() < -1e-9:
            return False
        run, metal = 0.0, 0.0
        for length, value in zip(inside, part, strict=True):
            if value >= rules.cutoff:
                if run and metal < rules.minimum_dilution_grade * run - 1e-9:
                    return False
                run, metal = 0.0, 0.0
            else:
                run, metal = run + length, metal + length * value
            if run > rules.maximum_dilution + 1e-9:
                return False
        return True

    allowed = [(first, stop) for first in range(count) for stop in range(first + 1, count + 1) if keeps(first, stop)]

    def best(start):
        results = [(0.0, 0.0, 0)]
        for first, stop in allowed:
            if first >= start:
                length, metal, spans_ = best(stop)
                own = (lengths[first:stop] * (grades[first:stop] - rules.cutoff)).sum()
                results.append((round(length + lengths[first:stop].sum(), 6), round(metal + own, 6), spans_ - 1))
        return max(results)

    return best(0)


small_holes = st.lists(
    st.tuples(st.sampled_from([0, 90, 150, 190, 200, 210, 260, 400]), st.sampled_from([0.5, 1.0, 2.0])), min_size=1, max_size=9
)


@given(small_holes, st.sampled_from([0.5, 1.0, 2.5]), st.sampled_from([0.0, 1.0, 3.0]), st.sampled_from([0.0, 120.0]))
def test_the_intercepts_are_the_longest_set_that_brute_force_finds(hole, minimum_length, dilution, dilution_grade):
    grades, lengths = (np.array(values, dtype=float) for values in zip(*hole, strict=True))
    rules = Intercepts(
        analyte="sc2o3",
        cutoff=200.0,
        minimum_length=minimum_length,
        maximum_dilution=dilution,
        minimum_dilution_grade=dilution_grade,
    )
    found = intercept_spans(
        lengths,
        grades,
        cutoff=200.0,
        maximum_dilution=dilution,
        minimum_length=minimum_length,
        minimum_dilution_grade=dilution_grade,
    )
    length = sum(lengths[first:stop].sum() for first, stop in found)
    metal = sum((lengths[first:stop] * (grades[first:stop] - 200.0)).sum() for first, stop in found)
    assert (round(length, 6), round(metal, 6), -len(found)) == brute_force(lengths, grades, rules)


def test_of_sets_as_long_and_as_rich_the_one_of_fewest_spans_is_taken():
    """0 to 2 m (no metal to spare), 3 to 5 m and 5.5 to 7.5 m are 6 m in all; so are 1 to 5 m and 5.5 to 7.5 m, as rich."""
    lengths, grades = np.array([0.5, 0.5, 1, 1, 2, 0.5, 2]), np.array([200.0, 0, 300, 100, 210, 100, 210])
    found = intercept_spans(lengths, grades, cutoff=200.0, maximum_dilution=2.0, minimum_length=2.0)
    assert found == [(2, 5), (6, 7)]

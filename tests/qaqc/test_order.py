"""Identifiers in the order of their numbers."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.qaqc.order import natural_keys


@pytest.mark.parametrize(
    "ordered",
    [
        ["S6", "S9", "S10", "S13", "S100"],
        ["B2-9", "B2-10", "B10-1"],
        ["", "9", "10", "A", "A0", "A1", "A1B", "A10"],
        ["S01", "S1", "S1A", "S02", "S2"],
        ["98765432109876543209", "98765432109876543210", "100000000000000000000"],
    ],
)
def test_by_hand(ordered):
    given = pd.Series(ordered[::-1])
    assert given.loc[natural_keys(given).sort_values().index].tolist() == ordered


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_sort_as_numbers(first, second):
    one, two = natural_keys(pd.Series([f"S{first}A", f"S{second}A"]))
    assert (one < two, one == two) == (first < second, first == second)


@given(st.lists(st.text(st.sampled_from("AB019-"), max_size=6), unique=True))
def test_no_two_texts_share_a_key(texts):
    assert natural_keys(pd.Series(texts, dtype="str")).is_unique

"""Rounding to significant figures, and its bound."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.errors import InputError
from scandia.resource.rounding import in_words, round_decimals, round_significant, rounding_bound

numbers = st.floats(1e-12, 1e15)
digits = st.integers(1, 6)


@pytest.mark.parametrize(
    ("value", "figures", "text"),
    [
        (12_345_678.0, 3, "12,300,000"),
        (0.0125, 2, "0.013"),  # a half goes up
        (0.0135, 2, "0.014"),
        (2.675, 3, "2.68"),  # as printed, though the binary number is a little less
        (999.6, 3, "1,000"),
        (9.96, 2, "10"),
        (7.0, 3, "7.00"),
        (0.0, 3, "0"),
        (4571.5, 4, "4,572"),
        (1e22, 2, "10,000,000,000,000,000,000,000"),
    ],
)
def test_significant_figures_are_those_of_paper(value, figures, text):
    assert in_words(round_significant(value, figures)) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(265.349, 0, "265"), (0.125, 2, "0.13"), (-0.5, 0, "-1"), (1234.5, 1, "1,234.5")]
)
def test_decimals_are_those_of_paper(value, decimals, text):
    assert in_words(round_decimals(value, decimals)) == text


@given(value=numbers, figures=digits)
def test_rounding_is_off_by_half_a_last_figure_at_most(value, figures):
    error = abs(round_significant(value, figures) - Decimal(repr(value)))
    assert error <= rounding_bound(value, figures)
    assert rounding_bound(value, figures) <= Decimal(repr(value)) * 5 * Decimal(10) ** -figures


@given(value=numbers, figures=digits)
def test_no_more_figures_than_asked_and_rounding_twice_is_rounding_once(value, figures):
    rounded = round_significant(value, figures)
    kept = "".join(map(str, rounded.as_tuple().digits)).rstrip("0")
    assert len(kept) <= figures
    assert round_significant(float(rounded), figures) == rounded


@given(value=numbers, other=numbers, figures=digits)
def test_rounding_keeps_the_order(value, other, figures):
    low, high = sorted((value, other))
    assert round_significant(low, figures) <= round_significant(high, figures)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_finite_cannot_be_rounded(value):
    with pytest.raises(InputError, match="only finite"):
        round_significant(value, 3)


def test_no_figures_are_refused():
    with pytest.raises(InputError, match="at least 1"):
        round_significant(1.0, 0)

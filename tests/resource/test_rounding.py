"""Rounding to significant figures and to a place, and how far off it may be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.errors import InputError
from scandia.resource.rounding import in_words, last_place, round_decimals, round_significant, round_to_place

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


@pytest.mark.parametrize(
    ("value", "figures", "place"),
    [
        (81.553, 3, -1),
        (64.7, 3, -1),
        (0.043, 3, -4),
        (81_553.0, 3, 2),
        (7.0, 1, 0),
        (99.94, 3, -1),
        (99.96, 3, 0),  # 100, whose last figure is its unit
        (9.5, 1, 1),
        (-81.553, 3, -1),
        (0.0, 3, 0),
    ],
)
def test_the_last_place_is_that_of_the_last_significant_figure_after_rounding(value, figures, place):
    assert last_place(value, figures) == place


@pytest.mark.parametrize(
    ("value", "place", "text"),
    [
        (13.1, -1, "13.1"),
        (3.71, -1, "3.7"),
        (0.043, -1, "0.0"),
        (0.05, -1, "0.1"),  # a half goes up
        (-0.043, -1, "0.0"),  # nobody writes -0.0
        (123_499.9, 3, "123,000"),
        (123_500.0, 3, "124,000"),
        (499.0, 3, "0"),
    ],
)
def test_rounding_to_a_place_is_that_of_paper(value, place, text):
    assert in_words(round_to_place(value, place)) == text


@given(value=numbers, figures=digits)
def test_rounding_to_the_last_place_of_a_number_is_rounding_it_to_its_figures(value, figures):
    rounded = round_to_place(value, last_place(value, figures))
    assert rounded == round_significant(value, figures)
    assert abs(rounded - Decimal(repr(value))) <= Decimal(repr(value)) * 5 * Decimal(10) ** -figures


@given(value=numbers, place=st.integers(-6, 6))
def test_rounding_to_a_place_is_off_by_half_a_unit_at_most_and_holds_no_finer_figure(value, place):
    rounded, unit = round_to_place(value, place), Decimal(10) ** place
    assert abs(rounded - Decimal(repr(value))) <= unit / 2
    assert rounded % unit == 0
    assert rounded.as_tuple().exponent == min(place, 0)


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
    with pytest.raises(InputError, match="only finite"):
        round_to_place(value, 0)


def test_no_figures_are_refused():
    with pytest.raises(InputError, match="at least 1"):
        round_significant(1.0, 0)

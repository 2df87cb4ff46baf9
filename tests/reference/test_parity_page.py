"""docs/parity.md is whole: its text, its lines and the tests that measure them belong together."""

import re
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent


def comparing_tests():
    pattern = r"^def (test_\w+)\([^)]*\bcompare\b"
    return {name for path in HERE.glob("test_*.py") for name in re.findall(pattern, path.read_text(), re.MULTILINE)}


def test_the_page_is_its_text_around_its_lines(parity, parity_page):
    assert parity_page == parity.page(parity.rows_of(parity_page)), "run `make parity`"


def test_every_line_has_a_test_and_every_comparing_test_a_line(parity, parity_page):
    named = {"test_" + row.split("|")[-2].strip().replace(" ", "_") for row in parity.rows_of(parity_page)}
    assert named == comparing_tests()


def test_no_line_stands_twice(parity, parity_page):
    rows = parity.rows_of(parity_page)
    assert len(rows) == len(set(rows)) > 60


def test_the_readme_and_the_methods_lead_to_the_page(project):
    for name in ("README.md", "docs/methods.md"):
        assert "parity.md" in (project / name).read_text()


@pytest.mark.parametrize(
    ("difference", "size", "text"),
    [(0.0, 1.0, "rounding"), (3e-12, 1.0, "rounding"), (3e-12, 1e-4, "3e-12"), (5.003e-4, 2.0, "5e-4"), (118.0, 2e4, "1e+2")],
)
def test_differences_are_told_to_one_digit(parity, difference, size, text):
    assert parity.steady(difference, size) == text


def test_missing_numbers_and_other_shapes_are_not_compared(parity):
    about = {"program": "p", "data": "d", "compared": "c", "tolerance": 1.0, "why": ""}
    for got in ([1.0, np.nan], [1.0], [[1.0, 2.0, 3.0]]):
        with pytest.raises(AssertionError):
            parity.measured("test_x", got, [1.0, 2.0], **about)

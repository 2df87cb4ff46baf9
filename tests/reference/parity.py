"""The parity page: what every comparison with another program or a book measured, as one table."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

HEADER = ("answer of", "data", "compared", "n", "largest difference", "median", "tolerance", "why it is not 0", "test")
ROUNDING = 1e-9  # of the largest answer: differences below depend on the machine and are not told apart
TEXT = Path(__file__).with_name("parity_page.md")
MARK = "{table}\n"


@dataclass(frozen=True)
class Comparison:
    """Absolute differences between numbers of scandia and the same numbers of somebody else."""

    test: str
    program: str
    data: str
    compared: str
    differences: np.ndarray
    size: float
    tolerance: float
    why: str

    @property
    def largest(self):
        """The largest difference."""
        return float(self.differences.max())

    def row(self):
        """The comparison's line of the page."""
        shown = [steady(value, self.size) for value in (self.largest, float(np.median(self.differences)))]
        name = self.test.removeprefix("test_").replace("_", " ")
        cells = [
            self.program,
            self.data,
            self.compared,
            f"{self.differences.size:,}",
            *shown,
            short(self.tolerance, 1),
            self.why or "–",
            name,
        ]
        return line(cells)


def measured(test, got, answer, *, program, data, compared, tolerance, why):
    """The comparison of two arrays of one shape; missing numbers on either side are an error."""
    got, answer = np.asarray(got, dtype=float).ravel(), np.asarray(answer, dtype=float).ravel()
    assert got.shape == answer.shape
    assert np.isfinite(got).all()
    assert np.isfinite(answer).all()
    size = float(np.abs(answer).max())
    return Comparison(test, program, data, compared, np.abs(got - answer), size, tolerance, why)


def steady(difference, size):
    """Text of a difference that is the same on every machine: one digit, or "rounding"."""
    return "rounding" if difference <= ROUNDING * size else short(difference, 0)


def short(number, digits):
    """Text of a number with so many digits behind its first."""
    return np.format_float_scientific(float(f"{number:.{digits}e}"), trim="-", exp_digits=1)


def line(cells):
    """A line of a Markdown table."""
    return "| " + " | ".join(cells) + " |"


def page(rows):
    """The whole page around the given lines."""
    table = [line(HEADER), line(["---"] * len(HEADER)), *rows]
    return TEXT.read_text().replace(MARK, "\n".join(table) + "\n")


def rows_of(text):
    """The lines of the table of a page."""
    lines = text.splitlines()
    start = lines.index(line(HEADER)) + 2
    stop = next((i for i in range(start, len(lines)) if not lines[i].startswith("|")), len(lines))
    return lines[start:stop]

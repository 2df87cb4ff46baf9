"""The common look of all pictures: sizes, colours, units, maps and the SYNTHETIC mark."""

import textwrap
from functools import wraps

import matplotlib.style
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import StrMethodFormatter

from scandia.vocabulary import SYNTHETIC, Class

TITLE_WIDTH = 84  # signs; longer titles are wrapped, so that they stay clear of the mark
WIDTH = 9.6  # inches; the report shows pictures about 1080 px wide
# Okabe and Ito (2008): told apart with every common colour vision; yellow comes last, it is weak on white.
OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
INK = "#1f2933"
FAINT = "#9aa5b1"
GRADE_COLOURS = "viridis"
CLASS_COLOURS = {Class.UNCLASSIFIED: "#d9dde2", Class.MEASURED: "#D55E00", Class.INDICATED: "#E69F00", Class.INFERRED: "#56B4E9"}
CLASS_LABELS = {
    Class.UNCLASSIFIED: "Unclassified",
    Class.MEASURED: "Measured",
    Class.INDICATED: "Indicated",
    Class.INFERRED: "Inferred",
}
RULES = {
    "font.family": ["DejaVu Sans"],  # ships with Matplotlib, so that pictures do not depend on the machine's fonts
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.axisbelow": True,
    "axes.labelcolor": INK,
    "axes.prop_cycle": f"cycler('color', {list(OKABE_ITO)})",
    "axes.grid": True,
    "grid.color": "#e4e7eb",
    "grid.linewidth": 0.7,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "figure.titlesize": 12,
    "figure.titleweight": "bold",
    "lines.linewidth": 1.6,
    "path.simplify": False,
    "savefig.facecolor": "white",
}


def drawing(function):
    """Decorator: the function draws in the common style, whatever the user's own Matplotlib settings are."""

    @wraps(function)
    def styled(*arguments, **options):
        with matplotlib.style.context([RULES], after_reset=True):
            return function(*arguments, **options)

    return styled


def canvas(height, *, rows=1, columns=1, width=WIDTH, **options):
    """A figure of ``width`` x ``height`` inches and its axes, array ``(rows, columns)``."""
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False, **options)
    return figure, axes


def finish(figure, *, synthetic, title=None):
    """Figure with its title, and with a SYNTHETIC mark in the upper right corner where ``synthetic`` is true."""
    if title or synthetic:
        figure.suptitle(textwrap.fill(title or " ", TITLE_WIDTH), x=0.012, ha="left", color=INK)
    if synthetic:
        top = 1 - 0.07 / figure.get_figheight()
        box = {"boxstyle": "round,pad=0.25", "facecolor": "#fff4e5", "edgecolor": "#B45309"}
        figure.text(
            0.993, top, SYNTHETIC, ha="right", va="top", fontsize=10, fontweight="bold", color="#9A3412", bbox=box, zorder=20
        )
    return figure


def domain_colours(names, labels=None):
    """Colour of each domain name, dict; the order of ``labels`` (all domains, to names) keeps it the same in all pictures."""
    order = list(labels or names)
    order += [name for name in names if name not in order]
    return {name: OKABE_ITO[order.index(name) % len(OKABE_ITO)] for name in order if name in list(names)}


def grade_limits(*arrays, low=0.01, high=0.99):
    """Colour limits ``(low, high)`` shared by all arrays: quantiles of their finite values, never of zero width."""
    values = np.concatenate([np.ravel(np.asarray(array, dtype=float)) for array in arrays])
    values = values[np.isfinite(values)]
    if values.size == 0:
        return 0.0, 1.0
    lower, upper = np.quantile(values, [low, high])
    return (float(lower), float(upper)) if upper > lower else (float(lower) - 0.5, float(lower) + 0.5)


def plain(text, width=60):
    r"""A name from the data as Matplotlib prints it letter by letter: no formulas, no line breaks, at most ``width`` signs.

    >>> print(plain("a $b$"))
    a \$b\$
    """
    words = "".join(sign if sign.isprintable() else " " for sign in str(text))
    short = words if len(words) <= width else f"{words[: width - 1]}…"
    return short.replace("$", r"\$")


def with_unit(label, unit):
    """``label (unit)``, or the bare label where there is no unit."""
    return f"{label} ({unit})" if unit else label


def colour_bar(figure, mappable, axes, label, **options):
    """Colour bar of ``mappable`` beside ``axes``, labelled with its unit."""
    bar = figure.colorbar(mappable, ax=axes, **{"shrink": 0.85, "aspect": 30, "pad": 0.02} | options)
    bar.set_label(label)
    bar.outline.set_visible(False)
    return bar


def thousands(axis):
    """Axis with ticks such as 440,500."""
    axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    return axis


def bearing(azimuth):
    """Text of a direction: ``N035°E`` in the north-east quadrant, else ``N305°``, clockwise from grid north."""
    degrees = round(float(azimuth) % 360.0) % 360
    return f"N{degrees:03d}°E" if degrees <= 90 else f"N{degrees:03d}°"


def section_name(y):
    """Name of the section at mine-grid y, such as ``450N``, or ``50S`` below zero."""
    number = round(float(y))
    return f"{abs(number)}{'N' if number >= 0 else 'S'}"

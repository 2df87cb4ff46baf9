"""Pictures as bytes that depend on nothing but the drawing, and their atomic way into a file."""

import io
from pathlib import Path

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG

from scandia.errors import InputError
from scandia.io.plain import whole_file

RESOLUTION = 130  # dots per inch: 9.6 in wide pictures stay sharp on a 1280 px screen and on A4
# Without these two keys Matplotlib writes its version and the date into each file.
PNG_METADATA = {"Software": None}
SVG_METADATA = {"Date": None, "Creator": None}


def png_bytes(figure, *, resolution=RESOLUTION, comment=None):
    """PNG file content of a Matplotlib figure; the same drawing gives the same bytes.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    resolution : int
        Dots per inch.
    comment : str, optional
        Text of the file's metadata.
    """
    metadata = PNG_METADATA | ({"Comment": comment} if comment else {})
    buffer = io.BytesIO()
    figure.dpi = resolution
    FigureCanvasAgg(figure).print_png(buffer, metadata=metadata)  # the same bytes as print_figure, which would draw twice
    return buffer.getvalue()


def svg_bytes(figure, *, comment=None):
    """SVG file content of a Matplotlib figure with text as text and a comment; the same drawing gives the same bytes."""
    metadata = SVG_METADATA | ({"Description": comment} if comment else {})
    buffer = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "scandia", "svg.fonttype": "none"}):
        FigureCanvasSVG(figure).print_figure(buffer, format="svg", metadata=metadata)
    return buffer.getvalue()


def write_figure(figure, path, *, comment=None):
    """Path of the PNG or SVG file, by its suffix, that now holds the figure; the file appears whole or not at all.

    Raises
    ------
    InputError
        If the suffix is neither ``.png`` nor ``.svg``.
    """
    path = Path(path)
    writers = {".png": png_bytes, ".svg": svg_bytes}
    if path.suffix not in writers:
        message = f"cannot write a picture to {path.name}: the suffix is {path.suffix or 'missing'}; it must be .png or .svg"
        raise InputError(message)
    content = writers[path.suffix](figure, comment=comment)
    with whole_file(path) as temporary:
        temporary.write_bytes(content)
    return path

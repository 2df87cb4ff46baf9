"""Pictures as files: the same drawing gives the same bytes, and files appear whole or not at all."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from scandia.errors import InputError
from scandia.io.figures import png_bytes, svg_bytes, write_figure


def drawing(height=1.0):
    figure = Figure(figsize=(3, 2))
    figure.subplots().plot(np.arange(5), height * np.arange(5), label="line")
    return figure


@pytest.mark.parametrize("encode", [png_bytes, svg_bytes])
def test_the_same_drawing_gives_the_same_bytes(encode):
    assert encode(drawing()) == encode(drawing())
    assert encode(drawing()) != encode(drawing(height=2.0))


def test_files_carry_no_date_and_no_version():
    assert b"Software" not in png_bytes(drawing())
    text = svg_bytes(drawing()).decode()
    assert "dc:date" not in text
    assert "Matplotlib" not in text


@pytest.mark.parametrize(("suffix", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml")])
def test_the_suffix_chooses_the_format_and_no_temporary_file_stays(tmp_path, suffix, start):
    path = write_figure(drawing(), tmp_path / "deep" / f"plan{suffix}")
    assert path.read_bytes().startswith(start)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_picture_that_fails_to_draw_leaves_the_old_file(tmp_path):
    path = write_figure(drawing(), tmp_path / "plan.png")
    before = path.read_bytes()
    broken = drawing()
    broken.axes[0].set_title("$\\broken$")
    with pytest.raises(ValueError, match="broken"):
        write_figure(broken, path)
    assert path.read_bytes() == before


def test_another_suffix_is_refused_with_what_is_allowed(tmp_path):
    with pytest.raises(InputError, match=r"\.png or \.svg"):
        write_figure(drawing(), tmp_path / "plan.pdf")


def test_a_small_picture_keeps_its_size_and_nearly_its_colours():
    import io

    from matplotlib.figure import Figure
    from PIL import Image

    from scandia.io.pictures import small_png

    figure = Figure(figsize=(4, 3))
    figure.subplots().imshow(np.linspace(0, 1, 10_000).reshape(100, 100), cmap="viridis")
    large = png_bytes(figure)
    small = small_png(large)
    assert len(small) < 0.6 * len(large)
    assert small == small_png(large)
    before, after = (np.asarray(Image.open(io.BytesIO(content)).convert("RGB"), dtype=int) for content in (large, small))
    assert before.shape == after.shape
    assert np.abs(before - after).mean() < 4
    assert small_png(b"<svg/>") == b"<svg/>"

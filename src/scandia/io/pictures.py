"""Pictures of a run made smaller for the page; Matplotlib is not needed for that."""

import io

from PIL import Image


def small_png(content):
    """PNG file content with at most 256 colours, about a third of the size; what is no PNG comes back as it is.

    The colours are those of the picture, averaged where there are more of them than places, without dithering; the same picture
    gives the same bytes.
    """
    if not content.startswith(b"\x89PNG"):
        return content
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        few = picture.convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(buffer, "PNG", optimize=False)
    return min(buffer.getvalue(), content, key=len)

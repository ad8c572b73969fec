"""Pictures within a figure: with the pixels they have, in as few bytes as these need."""

import base64
import io
import re

from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from PIL import Image

EMBEDDED = re.compile(r'(?<=data:image/png;base64,)[^"]+')


def keep_pixels(figure: Figure) -> None:
    """Have each picture that is enlarged stored with its own pixels: sharp at every zoom, and fewer bytes."""
    figure.draw_without_rendering()  # where a picture lies is known once the figure is laid out
    for image in figure.findobj(AxesImage):
        if image.get_interpolation() in ("auto", "antialiased") and is_enlarged(image):
            image.set_interpolation("none")


def is_enlarged(image: AxesImage) -> bool:
    """Whether a picture is drawn with more dots than it has pixels."""
    rows, columns = image.get_size()
    place = image.get_window_extent()
    return bool(place.width > columns and place.height > rows)


def lighten(svg: str) -> str:
    """Store the pictures in a figure's text anew, each with no more channels than it needs."""
    return EMBEDDED.sub(lambda found: base64.b64encode(smallest(base64.b64decode(found[0]))).decode(), svg)


def smallest(png: bytes) -> bytes:
    """Return the same picture as PNG, without the opacity of an opaque one and the colors of a gray one."""
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    *channels, opacity = image.split()
    if opacity.getextrema() == (255, 255):
        is_gray = len({channel.tobytes() for channel in channels}) == 1
        image = channels[0] if is_gray else image.convert("RGB")
    target = io.BytesIO()
    image.save(target, "png", optimize=True)
    return min(png, target.getvalue(), key=len)

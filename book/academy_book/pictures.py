"""A chapter's figures as pictures for other places: cards of the front page, previews of shared links."""

import base64
from importlib import metadata
from io import BytesIO
from pathlib import Path
from typing import Any

import resvg_py
from academy.atomic import atomic_path
from PIL import Image
from sphinx.application import Sphinx
from sphinx.util import logging

from academy_book import themes

logger = logging.getLogger(__name__)

FONTS = str(metadata.distribution("matplotlib").locate_file("matplotlib/mpl-data/fonts/ttf"))
"""Found without importing Matplotlib, for which every build would wait."""


def first_figure(app: Sphinx, docname: str) -> dict[str, str] | None:
    """Return file, alternative text and caption of a page's first named figure, if it has one."""
    figures = app.env.metadata[docname].get("figures") or {}
    return next(iter(figures.values()), None)


def figure_of(app: Sphinx, docname: str, name: str) -> dict[str, str] | None:
    """Return file, alternative text and caption of a page's figure; complain where there is none."""
    figure: dict[str, str] | None = (app.env.metadata[docname].get("figures") or {}).get(name)
    if figure is None:
        logger.warning("%s has no figure %s", docname, name, location=app.config.root_doc, type="figure")
    return figure


def render(svg: str, width: int) -> bytes:
    """Return a vector picture as PNG.

    Args:
        svg: The picture; text is set in the fonts of Matplotlib, so it looks alike on every machine.
        width: In pixels; the height follows.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            dpi=96,  # points are the figures' unit
            font_dirs=[FONTS],
            skip_system_fonts=True,
            sans_serif_family="DejaVu Sans",
        )
    )


def raster(figure: Path, width: int, palette: dict[str, str] = themes.LIGHT) -> Image.Image:
    """Return a figure as pixels.

    Args:
        figure: SVG as `figures.py` left it, or PNG.
        width: In pixels; the height follows.
        palette: Colors by name, as in `themes.py`.
    """
    if figure.suffix == ".svg":
        svg = themes.painted(figure.read_text(encoding="utf-8"), palette)
        return Image.open(BytesIO(render(svg, width)))
    picture = Image.open(figure)
    return picture.resize((width, round(width * picture.height / picture.width)))


def as_address(picture: Image.Image) -> str:
    """Return a picture as an address that holds it."""
    stream = BytesIO()
    picture.save(stream, "PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


def save(picture: Image.Image, target: Path, **options: Any) -> None:
    """Write a picture, complete or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(target) as unfinished:
        picture.save(unfinished, **options)

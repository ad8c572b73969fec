"""Every picture says its size, so nothing moves when it comes, and comes when the reader is near it."""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from academy_book import figures


def visit_image(writer: HTML5Translator, node: nodes.image) -> None:
    """Write a picture with width and height, loaded when it is near."""
    width, height = node.attributes.pop("width", None), node.attributes.pop("height", None)
    drawn = f'width="{width}" height="{height}"' if width and height else ""
    if not drawn and node["uri"] in writer.builder.images:
        natural = figures.natural_size(Path(writer.builder.srcdir, node["uri"]))
        drawn = 'width="{:.0f}" height="{:.0f}"'.format(*natural)
    if width and not height:
        node["width"] = width  # a share of the line, say: that is left to the style
    node.setdefault("loading", "lazy")
    writer.__class__.visit_image(writer, node)
    writer.body[-1] = writer.body[-1].replace("<img ", f"<img {drawn} ", 1)


def depart_image(writer: HTML5Translator, node: nodes.image) -> None:
    """End a picture."""
    writer.__class__.depart_image(writer, node)


def declare(app: Sphinx) -> None:
    """Have pictures written this way, and without a link to themselves."""
    app.config.html_scaled_image_link = False
    app.add_node(nodes.image, override=True, html=(visit_image, depart_image))

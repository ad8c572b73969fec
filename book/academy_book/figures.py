"""Figures that cells draw: described in words, sized, in both themes, and known by name.

A picture without alternative text fails the build. Each named one is listed in `figures.json`, from the
doctree, where it also is when the page came from the execution cache; the decks take it from there.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from academy.atomic import atomic_write
from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.util import logging

from academy_book import themes
from academy_book.events import after_good_build

logger = logging.getLogger(__name__)

LISTING = "figures.json"
PIXELS = {"pt": 96 / 72, "px": 1.0, "": 1.0}


def prepare(app: Sphinx, doctree: nodes.document) -> None:
    """Size and color each figure that the page's cells drew."""
    for cell in executed_cells(doctree):
        for image in cell.findall(nodes.image):
            path = source_of(app, image)
            if path.suffix == ".svg":
                follow_theme(path)
            image["width"], image["height"] = map(str, size(path))
            image["classes"].append("dark-light")  # the theme leaves such a picture's colors alone
    app.env.metadata[app.env.docname]["figures"] = named_figures(app, doctree)


def require_words(app: Sphinx, doctree: nodes.document) -> None:
    """Complain of each picture whose alternative text has no word; blanks say nothing."""
    for image in doctree.findall(nodes.image):
        if not any(map(str.isalnum, image.get("alt", ""))):
            logger.warning("%s has no alt text", origin(image), location=image, type="alt")


def origin(image: nodes.image) -> str:
    """Say where a picture comes from: the cell that drew it, or a file."""
    node = image.parent
    while node is not None:
        if "cell_index" in node:
            return f"the figure of code cell {node['cell_index']}"
        node = node.parent
    return f"the picture {image['uri']}"


def executed_cells(doctree: nodes.document) -> Iterator[nodes.container]:
    """Yield the outputs of the page's code cells."""
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code_output":
            yield node


def source_of(app: Sphinx, image: nodes.image) -> Path:
    """Return the file that a cell wrote for an image."""
    return Path(app.srcdir, image["uri"]).resolve()


def follow_theme(path: Path) -> None:
    """Let the colors of a vector figure follow the page's color scheme."""
    drawn = path.read_text(encoding="utf-8")
    if (themed := themes.with_variables(drawn)) != drawn:
        atomic_write(path, themed)


def size(path: Path) -> tuple[int, int]:
    """Return the width and height in CSS pixels at which a cell drew a figure."""
    width, height = natural_size(path)
    return (width, height) if path.suffix == ".svg" else (width // 2, height // 2)  # drawn at twice the size


def natural_size(path: Path) -> tuple[int, int]:
    """Return the width and height of a picture in its own pixels."""
    if path.suffix != ".svg":
        return Image.open(path).size
    root = ElementTree.parse(path).getroot()
    return pixels(root.attrib["width"]), pixels(root.attrib["height"])


def pixels(length: str) -> int:
    """Convert a length of an SVG file to CSS pixels."""
    number, unit = re.fullmatch(r"([\d.]+)(\w*)", length).groups()  # type: ignore[union-attr]
    return round(float(number) * PIXELS[unit])


def named_figures(app: Sphinx, doctree: nodes.document) -> dict[str, dict[str, str]]:
    """Return file, alternative text and caption of each figure that has a name."""
    found = {}
    for figure in doctree.findall(nodes.figure):
        image = next(iter(figure.findall(nodes.image)), None)
        if image is not None and figure["names"]:
            caption = next(iter(figure.findall(nodes.caption)), None)
            found[figure["names"][0]] = {
                "file": str(source_of(app, image)),
                "alt": image.get("alt", ""),
                "caption": caption.astext() if caption is not None else "",
            }
    return found


@after_good_build
def list_figures(app: Sphinx) -> None:
    """Write the named figures of all pages, page by page."""
    listing = {
        docname: metadata["figures"]
        for docname, metadata in sorted(app.env.metadata.items())
        if metadata.get("figures")
    }
    target = Path(app.outdir).parent / LISTING
    atomic_write(target, json.dumps(listing, indent=1))

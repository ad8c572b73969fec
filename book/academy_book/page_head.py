"""What a page's head says of it: title, description, address, and a preview for shared links.

The preview is drawn when the page is written: its title beside its first figure, or beside the course's
first figure where it has none.
"""

import re
import textwrap
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from academy import colors
from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx

from academy_book import pictures

LONGEST = 160
"""Characters of a description that search engines show."""

VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>\s*')
"""Docutils writes one into each page that is read, and the theme a second."""

GENERATED = {
    "search": "Search all pages of the book.",
    "genindex": "The terms of the book, from A to Z.",
    "404": "There is no page at this address.",
}
CARD = """\
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1200 630">
<rect width="1200" height="630" fill="#ffffff"/>
<rect width="1200" height="12" fill="{blue}"/><rect x="900" width="300" height="12" fill="{orange}"/>
<text x="64" y="104" font-family="DejaVu Sans" font-size="25" fill="#57606a">{book}</text>
{title}
<image x="560" y="120" width="600" height="470" preserveAspectRatio="xMidYMid meet" xlink:href="{figure}"/>
</svg>
"""
CARD_SIZE = {"width": 1200, "height": 630}


def fill_head(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the layout what it writes into the head."""
    context["metatags"] = VIEWPORT.sub("", context.get("metatags", ""))
    context["description"] = description(app, pagename, doctree)
    context["is_found"] = doctree is not None
    context["pageurl"] = address(app, pagename)
    context["card"] = card(app, pagename, context) if doctree is not None else None
    context["card_size"] = CARD_SIZE


def description(app: Sphinx, pagename: str, doctree: nodes.document | None) -> str:
    """Return the page's description from its front matter, or its first paragraph."""
    if written := app.env.metadata.get(pagename, {}).get("description"):
        return str(written)
    if pagename in GENERATED or doctree is None:
        return GENERATED.get(pagename, app.config.html_title)
    paragraph = next((each.astext() for each in doctree.findall(nodes.paragraph)), app.config.html_title)
    return textwrap.shorten(paragraph, LONGEST, placeholder=" …")


def address(app: Sphinx, pagename: str) -> str:
    """Return the one address of a page, wherever a copy of it lies."""
    target = "" if pagename == app.config.root_doc else app.builder.get_target_uri(pagename)
    return app.config.html_baseurl.rstrip("/") + "/" + target


def card(app: Sphinx, pagename: str, context: dict[str, Any]) -> str | None:
    """Draw a page's preview, and return its address; without any figure in the book there is none."""
    figure = pictures.first_figure(app, pagename) or course_figure(app)
    if figure is None:
        return None
    name = f"_images/cards/{pagename.replace('/', '-')}.png"
    title = app.env.titles[pagename].astext()
    svg = draw_card(app.config.html_title, title, Path(figure["file"]))
    picture = Image.open(BytesIO(pictures.render(svg, CARD_SIZE["width"])))
    pictures.save(picture.convert("RGB").quantize(256), Path(app.outdir, name), optimize=True)
    return app.config.html_baseurl.rstrip("/") + "/" + name


def course_figure(app: Sphinx) -> dict[str, str] | None:
    """Return the first figure of the first page that has one."""
    found = (pictures.first_figure(app, docname) for docname in sorted(app.env.found_docs))
    return next((figure for figure in found if figure), None)


def draw_card(book: str, title: str, figure: Path) -> str:
    """Return a preview as SVG."""
    lines = textwrap.wrap(title, 17)
    size = 52 if len(lines) <= 5 else 40
    top = 330 - (len(lines) - 1) * size * 0.62
    text = "".join(
        f'<text x="64" y="{top + 1.24 * size * index:.0f}" font-family="DejaVu Sans" font-weight="bold" '
        f'font-size="{size}" fill="{colors.INK}">{escape(line)}</text>'
        for index, line in enumerate(lines)
    )
    picture = pictures.as_address(pictures.raster(figure, 1200))
    return CARD.format(book=escape(book), title=text, figure=picture, blue=colors.BLUE, orange=colors.ORANGE)

"""What helps to find a page: a map of the site for search engines, and an answer where no page is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from academy.atomic import atomic_write
from sphinx.application import Sphinx

from academy_book import page_head
from academy_book.events import after_good_build

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
ROBOTS = "User-agent: *\nAllow: /\nSitemap: {sitemap}\n"


def missing_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page that is shown where there is none."""
    yield "404", {"title": "Page not found"}, "404.html"


@after_good_build
def write_map(app: Sphinx) -> None:
    """Write `sitemap.xml` and `robots.txt`."""
    ElementTree.register_namespace("", SPACE)
    root = ElementTree.Element(f"{{{SPACE}}}urlset")
    for docname in sorted(app.env.found_docs):
        place = ElementTree.SubElement(root, f"{{{SPACE}}}url")
        ElementTree.SubElement(place, f"{{{SPACE}}}loc").text = page_head.address(app, docname)
    atomic_write(Path(app.outdir, "sitemap.xml"), ElementTree.tostring(root, "utf-8", xml_declaration=True))
    sitemap = app.config.html_baseurl.rstrip("/") + "/sitemap.xml"
    atomic_write(Path(app.outdir, "robots.txt"), ROBOTS.format(sitemap=sitemap))

"""Leaves out of the book's extension what tiny sites need not wait for: previews, style sheet, site map."""

from academy_book import lean
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

LOOKS = ("academy_book.findable", "academy_book.page_head", "academy_book.styles")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Silence the looks."""
    lean.silence(app, LOOKS)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

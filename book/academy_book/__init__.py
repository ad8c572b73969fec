"""What the book's build does beyond Jupyter Book, one concern a file; `phases.py` says what acts when."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register all concerns with Sphinx."""
    from academy_book import phases  # here: decks and tools use single concerns, and need not load all

    return phases.register(app)

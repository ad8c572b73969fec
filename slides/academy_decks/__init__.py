"""The decks' own extension: slides made of headings, and what they take of their chapters."""

from academy_book import formulas, strict, untranslated
from academy_book.events import Phase, connect
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from academy_decks import chapter_content, deck_index, slide_layout


def phases(app: Sphinx) -> list[Phase]:
    """Return what acts in a build of the decks, in order; `academy_book/phases.py` says how phases work."""
    warnings = strict.Warnings(app)
    return [
        Phase("builder-inited", [slide_layout.forget_own_path], before_others=True),
        Phase("env-get-outdated", [chapter_content.outdated, deck_index.always]),
        Phase("doctree-read", [formulas.check, slide_layout.lay_out]),
        Phase("html-page-context", [deck_index.page_context, untranslated.mark]),
        Phase("html-collect-pages", [deck_index.index_again]),
        Phase("build-finished", [formulas.copy_styles, warnings.forget]),
    ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register all of it with Sphinx."""
    for module in (formulas, chapter_content, slide_layout):
        module.declare(app)
    connect(app, phases(app))
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}

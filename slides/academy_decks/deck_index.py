"""The page that lists the decks, with picture, length, contents and, where it was made, the PDF."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from academy_book import front_matter
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from academy_decks import chapter_content

Pages = Iterator[tuple[str, dict[str, Any], str]]


def always(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Have the index read each time: a PDF may have come since, and nothing else would say so."""
    return [app.config.root_doc]


def page_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    """Give the templates of index and decks what they show; a PDF of what a deck was before goes."""
    if pagename == app.config.root_doc:
        context["decks"] = [describe(app, name) for name in app.env.toctree_includes.get(pagename, [])]
        return "decks.html"
    pdf(app, pagename).unlink(missing_ok=True)
    context["deck"] = describe(app, pagename)
    return None


def index_again(app: Sphinx) -> Pages:
    """Have the index written after all decks, each time: only then is known which PDFs there are."""
    root = app.config.root_doc
    yield root, {"title": app.env.titles[root].astext()}, "decks.html"


def describe(app: Sphinx, docname: str) -> dict[str, Any]:
    """Return what is said of a deck: its title, picture, length, contents, and where all of it is."""
    source = front_matter.read(Path(app.env.doc2path(docname)).read_text(encoding="utf-8"))
    deck = app.env.metadata[docname]["deck"]
    chapter = chapter_content.chapter_name(app.env, docname)
    links = chapter_content.listed(app, chapter)["links"]
    return deck | {
        "name": docname,
        "title": app.env.titles[docname].astext(),
        "description": source["description"],
        "picture": f"_images/{app.env.images[deck['picture']][1]}",
        "chapter": f"../{links['address']}",
        "colab": links["colab"],
        "pdf": f"{docname}.pdf" if pdf(app, docname).is_file() else None,
    }


def pdf(app: Sphinx, docname: str) -> Path:
    """Return where the PDF of a deck lies once it is made."""
    return Path(app.outdir, f"{docname}.pdf")

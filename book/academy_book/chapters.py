"""Lists what a deck may take of each chapter: its addresses, sections, and glued values.

`chapters.json` is written beside `figures.json`, from the environment, where all of it also is when a
chapter came from the execution cache.
"""

import json
from pathlib import Path
from typing import Any

from academy.atomic import atomic_write
from docutils import nodes
from myst_nb.core.variables import format_plain_text
from myst_nb.ext.glue.crossref import read_glue_cache
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx

from academy_book import front_matter, launch
from academy_book.events import after_good_build

LISTING = "chapters.json"


def remember(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the sections and glued values of a chapter that was just read."""
    docname = app.env.docname
    if front_matter.is_lesson_page(docname):
        app.env.metadata[docname]["sections"] = sections(doctree)
        app.env.metadata[docname]["values"] = values(app, docname)


def sections(doctree: nodes.document) -> dict[str, str]:
    """Return the title of each section by each of its names in addresses."""
    titled = [node for node in doctree.findall(nodes.section) if isinstance(node[0], nodes.title)]
    return {name: section[0].astext() for section in titled for name in section["ids"]}


def values(app: Sphinx, docname: str) -> dict[str, str]:
    """Return each value that the page's cells glued, as the page prints it.

    The file is the one that reading this very page wrote a moment ago, executed or from the cache.
    """
    read_glue_cache.cache_clear()
    glued = read_glue_cache(str(Path(app.outdir).parent / "jupyter_execute"), docname)
    known = NbMetadataCollector.get_doc_data(app.env)[docname].get("glue", [])
    return {name: format_plain_text(glued[name]["data"]["text/plain"], "s") for name in known}


def entry(app: Sphinx, docname: str) -> dict[str, Any]:
    """Return what is listed of one chapter; addresses are relative to the site's root."""
    return {
        "title": app.env.titles[docname].astext(),
        "address": app.builder.get_target_uri(docname),
        "notebook": f"notebooks/{launch.notebook_name(docname)}",
        "colab": launch.colab_address(app, docname),
        "sections": app.env.metadata[docname]["sections"],
        "values": app.env.metadata[docname]["values"],
    }


@after_good_build
def write_listing(app: Sphinx) -> None:
    """Write what is known of every chapter."""
    found = sorted(filter(front_matter.is_lesson_page, app.env.found_docs))
    listing = {docname: entry(app, docname) for docname in found}
    target = Path(app.outdir).parent / LISTING
    atomic_write(target, json.dumps(listing, indent=1))

"""The head of a lesson's page: its place in the course, what it takes, and where else it opens.

The running time is that of the page's own execution; `reading.py` says how long it takes to read.
"""

import math
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from academy_book import course as course_outline
from academy_book import front_matter, launch, reading
from academy_book.events import on_pages

PLACE, ROW = "lesson_place.html", "lesson_row.html"


class lesson_part(nodes.General, nodes.Element):  # noqa: N801
    """A part of the head, written from a template."""


def visit_lesson_part(writer: HTML5Translator, node: lesson_part) -> None:
    """Write the part."""
    writer.body.append(writer.builder.templates.render(node["template"], node["values"]))
    raise nodes.SkipNode


@on_pages
def add_head(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the place above the title of a lesson's page, and the row below it."""
    title = next(iter(doctree.findall(nodes.title)), None)
    if title is None or not front_matter.is_lesson_page(docname):
        return
    lesson = front_matter.lesson_of(app, docname)
    place = course_outline.place_of(app.env, lesson.number)
    row = times(app, docname) | {"links": launch.links(app, docname)}
    title.parent.insert(title.parent.index(title) + 1, part(ROW, row))
    if place:
        doctree.insert(0, part(PLACE, {"place": place}))


def part(template: str, values: dict[str, Any]) -> lesson_part:
    """Return a node that writes a template."""
    return lesson_part("", template=template, values=values)


def times(app: Sphinx, docname: str) -> dict[str, str | int | None]:
    """Return how long the page takes to read, of a chapter also its core path, and to run."""
    core, whole = reading.efforts(Path(app.env.doc2path(docname)).read_text(encoding="utf-8"))
    return {
        "core": reading.spoken(reading.minutes(core)) if front_matter.is_chapter(docname) else None,
        "whole": reading.spoken(reading.minutes(whole)),
        "seconds": seconds(app, docname),
    }


def seconds(app: Sphinx, docname: str) -> int | None:
    """Return how long the page's cells ran when they were last executed."""
    run = NbMetadataCollector.get_doc_data(app.env).get(docname, {}).get("exec_data")
    return math.ceil(run["runtime"]) if run and run.get("runtime") else None


def declare(app: Sphinx) -> None:
    """Bring the node."""
    app.add_node(lesson_part, html=(visit_lesson_part, None))

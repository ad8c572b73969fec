"""The head of a lesson's page: its place in the course, what it takes, and where else it opens.

The running time is that of the page's own execution, the reading time is counted from its words.
"""

import math
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from academy_book import course as course_outline
from academy_book import front_matter, launch
from academy_book.events import on_pages

WORDS_A_MINUTE = 200
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
    row = {
        "minutes": reading_minutes(doctree),
        "seconds": seconds(app, docname),
        "links": launch.links(app, docname),
    }
    title.parent.insert(title.parent.index(title) + 1, part(ROW, row))
    if place:
        doctree.insert(0, part(PLACE, {"place": place}))


def part(template: str, values: dict[str, Any]) -> lesson_part:
    """Return a node that writes a template."""
    return lesson_part("", template=template, values=values)


def reading_minutes(doctree: nodes.document) -> int:
    """Return the minutes that reading the page's words takes; code is not counted."""
    words = sum(len(block.astext().split()) for block in doctree.findall(is_prose))
    return math.ceil(words / WORDS_A_MINUTE)


def is_prose(node: nodes.Node) -> bool:
    """Tell whether a node is a block of text that is read word by word."""
    is_block = isinstance(node, nodes.TextElement) and not isinstance(node.parent, nodes.TextElement)
    return is_block and not isinstance(node, nodes.literal_block | nodes.math_block)


def seconds(app: Sphinx, docname: str) -> int | None:
    """Return how long the page's cells ran when they were last executed."""
    run = NbMetadataCollector.get_doc_data(app.env).get(docname, {}).get("exec_data")
    return math.ceil(run["runtime"]) if run and run.get("runtime") else None


def number_end(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the end of a chapter the lesson's number, by which it is marked as read."""
    is_chapter = front_matter.is_lesson_page(pagename) and Path(pagename).name.startswith("lesson")
    context["lesson_number"] = front_matter.lesson_of(app, pagename).number if is_chapter else None


def declare(app: Sphinx) -> None:
    """Bring the node."""
    app.add_node(lesson_part, html=(visit_lesson_part, None))

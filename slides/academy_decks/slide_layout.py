"""Turns a page's headings into slides: `#` the title, `##` the parts, `###` the slides of a part.

A class before a heading names the kind of slide: `{.question}` asks the room, `{.predict}` wants a guess
before the result, `{.task}` is done live, `{.statement}` says one sentence, `{.recap}` sums up. Beside any of
them, `{.in-depth}` marks a slide, or a part with all its slides, that may be skipped.
"""

from typing import Any, ClassVar

from academy_book import in_depth
from docutils import nodes
from docutils.nodes import Node
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator
from sphinx_revealjs.nodes import revealjs_section
from sphinx_revealjs.writers import RevealjsSlideTranslator

from academy_decks import chapter_content

logger = logging.getLogger(__name__)

LABELS = {
    "title": "",
    "part": "",
    "slide": "",
    "statement": "",
    "question": "Ask the room",
    "predict": "Predict",
    "task": "Live task",
    "recap": "In short",
}
"""What stands above the title of each kind of slide."""

SKIPPABLE = "In depth"
"""What stands there, too, where a slide may be skipped."""

TINTED = ("title", "part", "question", "predict", "task", "recap")
"""Kinds whose background fills the screen; deck.css gives the color of each."""


class book_section(nodes.Invisible, nodes.Element):  # noqa: N801
    """Where in the book a part or a slide stands, and how long the part takes."""


class BookSection(SphinxDirective):
    """`{book-section} NAME`: the section of the chapter to which the footer of the slides links.

    In a part it holds for all its slides, and `:minutes:` says how long the part takes.
    """

    required_arguments = 1
    option_spec: ClassVar = {"minutes": directives.positive_int}

    def run(self) -> list[Node]:
        """Leave a node for the layout."""
        name = self.arguments[0]
        try:
            address = chapter_content.link(self.env, name)
            title = chapter_content.take(self.env, "sections", name)
        except chapter_content.UnknownName as error:
            raise self.error(str(error)) from error
        return [book_section(refuri=address, title=title, minutes=self.options.get("minutes", 0))]


class notes(nodes.General, nodes.Element):  # noqa: N801
    """What the teacher says and asks while a slide is shown."""


class Notes(SphinxDirective):
    """`{notes}`: what the speaker view shows beside a slide."""

    has_content = True

    def run(self) -> list[Node]:
        """Return the notes."""
        return [notes("", *self.parse_content_to_nodes())]


def lay_out(app: Sphinx, doctree: nodes.document) -> None:
    """Give each slide its kind, its timing, its footer and one body, and remember the deck's contents."""
    if app.env.docname == app.config.root_doc:
        return
    title = next(iter(doctree.findall(nodes.section)), None)
    picture = next(iter(doctree.findall(nodes.image)), None)
    if title is None or picture is None:
        raise ExtensionError(f"the deck {app.env.docname!r} needs a title, and a figure on its first slide")
    contents = [lay_out_part(number, part) for number, part in enumerate(subsections(title), 1)]
    finish_slide(title, "title", "", None, 60)
    app.env.metadata[app.env.docname]["deck"] = {
        "parts": contents,
        "minutes": sum(part["minutes"] for part in contents),
        "slides": len(list(doctree.findall(nodes.section))),
        "picture": picture["uri"],
        "alt": picture["alt"],
    }


def subsections(section: nodes.section) -> list[nodes.section]:
    """Return the sections directly inside another."""
    return [child for child in section.children if isinstance(child, nodes.section)]


def lay_out_part(number: int, part: nodes.section) -> dict[str, Any]:
    """Lay out a part with its slides, and return its title, address and minutes."""
    title = part[0].astext()
    slides = [part, *subsections(part)]
    part["classes"].append("part")
    is_in_depth = in_depth.is_in_depth(part)
    place = place_of(part)
    minutes = place["minutes"] if place is not None else 0
    if not minutes:
        logger.warning("a part needs a {book-section} with its :minutes:", location=part, type="slides")
    for slide in slides:
        kind = kind_of(slide)
        words = [f"Part {number} · {minutes} minutes" if kind == "part" else LABELS[kind]]
        words += [SKIPPABLE] * (is_in_depth or in_depth.is_in_depth(slide))
        seconds = 60 * minutes // len(slides)
        finish_slide(slide, kind, " · ".join(filter(None, words)), place_of(slide) or place, seconds)
    return {"title": title, "name": part["ids"][-1], "minutes": minutes, "in_depth": is_in_depth}


def kind_of(slide: nodes.section) -> str:
    """Return the kind of a slide, from its classes."""
    return next((name for name in slide["classes"] if name in LABELS), "slide")


def place_of(slide: nodes.section) -> book_section | None:
    """Return what a slide itself says about its place in the book."""
    return next((child for child in slide.children if isinstance(child, book_section)), None)


def finish_slide(
    slide: nodes.section, kind: str, words: str, place: book_section | None, seconds: int
) -> None:
    """Wrap what a slide holds into one body between its label and its footer."""
    title, *rest = slide.children
    inner = [child for child in rest if isinstance(child, nodes.section)]
    spoken = [child for child in rest if isinstance(child, notes)]
    body = [child for child in rest if not isinstance(child, nodes.section | notes | book_section)]
    if not spoken:
        logger.warning("the slide “%s” has no notes", title.astext(), location=slide, type="slides")
    attributes = {"data-kind": kind, "data-timing": seconds}
    if kind in TINTED:
        attributes["data-background-color"] = f"var(--{kind})"
    slide.children = []
    slide += revealjs_section("", **attributes)
    if words:
        slide += nodes.paragraph("", words, classes=["label"])
    slide += title
    slide += [nodes.container("", *body, classes=["body"]), *footer(place), *spoken, *inner]


def footer(place: book_section | None) -> list[Node]:
    """Return the link from a slide to its section of the book."""
    if place is None:
        return []
    link = nodes.reference("", place["title"], refuri=place["refuri"], internal=False)
    return [nodes.paragraph("", "In the book: ", link, classes=["footer"])]


class SlideTranslator(RevealjsSlideTranslator):
    """Writes slides with their code highlighted when they are built, not in the browser."""

    def visit_literal_block(self, node: nodes.Element) -> None:
        """Write a block of code as a page of the book does."""
        HTML5Translator.visit_literal_block(self, node)


def visit_notes(translator: SlideTranslator, node: notes) -> None:
    """Open the notes of a slide; the speaker view shows them with their paragraphs."""
    translator.body.append('<aside class="notes">')


def depart_notes(translator: SlideTranslator, node: notes) -> None:
    """Close the notes of a slide."""
    translator.body.append("</aside>\n")


def forget_own_path(app: Sphinx) -> None:
    """Undo what sphinx-revealjs adds to its own setting, which would have every deck read again each time."""
    app.config.html_static_path = list(app.config.revealjs_static_path)
    app.config.revealjs_static_path = app.config.revealjs_static_path[:-1]


def declare(app: Sphinx) -> None:
    """Bring directives, nodes, translator, and the setting that holds the state of the engine."""
    app.add_config_value("deck_engine", "", "env")
    app.add_directive("book-section", BookSection)
    app.add_directive("notes", Notes)
    app.add_node(book_section)
    app.add_node(notes, revealjs=(visit_notes, depart_notes))
    app.set_translator("revealjs", SlideTranslator)

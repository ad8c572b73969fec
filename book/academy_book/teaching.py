"""What each lesson takes of a class, on the page for who teaches: of chapter, homework and deck."""

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from academy_book import colophon, course, decks, front_matter, launch, reading

MINUTES = re.compile(r"^:minutes: (\d+)$", re.MULTILINE)
HEAD = ["Lesson", "Slides", "Core path", "Whole chapter", "Homework, to read"]


class lesson_times(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the table of times until the page is written."""


class LessonTimes(SphinxDirective):
    """`{lesson-times}`: how long each lesson takes, part by part."""

    def run(self) -> list[nodes.Node]:
        """Leave the place of the table."""
        self.env.metadata[self.env.docname]["lesson_times"] = True
        return [lesson_times()]


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the table where the directive left its place."""
    for place in list(doctree.findall(lesson_times)):
        place.replace_self(colophon.table(HEAD, rows(app, docname)))


def rows(app: Sphinx, docname: str) -> Iterator[list[nodes.Node]]:
    """Yield title and times of each lesson of the outline."""
    for module in course.outline_of(app.env):
        for entry in module["lessons"]:
            page = entry["page"]
            number = front_matter.lesson_of(app, page).number
            title = f"{number}. {app.env.titles[page].astext()}"
            core, whole = efforts(app, page)
            homework = launch.companion_page(app, page, "lesson", "homework")
            times = [
                f"{deck_minutes(app, page)} min",
                reading.spoken(core),
                reading.spoken(whole),
                reading.spoken(efforts(app, homework)[1]) if homework else "",
            ]
            uri = app.builder.get_relative_uri(docname, page)
            link = nodes.reference("", title, refuri=uri, internal=True)
            yield [link, *(nodes.Text(time) for time in times)]


def efforts(app: Sphinx, docname: str) -> tuple[int, int]:
    """Return the minutes that a page takes to read: its core path, and all of it."""
    core, whole = reading.efforts(Path(app.env.doc2path(docname)).read_text(encoding="utf-8"))
    return reading.minutes(core), reading.minutes(whole)


def deck_minutes(app: Sphinx, docname: str) -> int:
    """Return the minutes that the parts of a lesson's deck take together; 0 without a deck."""
    deck = front_matter.lesson_of(app, docname).deck
    if deck is None:
        return 0
    source = Path(app.srcdir, decks.FOLDER, f"{deck}.md").read_text(encoding="utf-8")
    return sum(map(int, MINUTES.findall(source)))


def always_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the page written again when any other was read."""
    return [docname for docname in env.found_docs if env.metadata[docname].get("lesson_times")]


def declare(app: Sphinx) -> None:
    """Bring the directive."""
    app.add_node(lesson_times)
    app.add_directive("lesson-times", LessonTimes)

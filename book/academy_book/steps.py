"""The steps of the course: what a reader goes through one after the other, and marks as done.

A step has a name, under which the reader's browser keeps that it is done (`js/progress.js`): that of its
page, as in lesson1, homework1 or spiral, or app-similar for an app. The front page lists all steps; at the
end of its page stands a button that marks it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from academy_book import front_matter, launch, reading

APPS = {"similar": "similar pictures", "faces": "faces on sliders", "search": "search by words"}
"""The apps by the names of their commands; each stands on the front page, under this name."""


@dataclass(frozen=True)
class Step:
    """One step, as the front page lists it.

    Attributes:
        name: Under which the browser keeps it.
        label: What there is to do.
        short: What it is called where the reader goes on.
        uri: Where it is, seen from the front page.
        time: How long it takes to read, where that is known.
    """

    name: str
    label: str
    short: str
    uri: str
    time: str = ""


def name_of(docname: str) -> str:
    """Return the name of a page's step."""
    return Path(docname).name


def to_read(app: Sphinx, docname: str) -> Step:
    """Return the step of a page that is read: its core path, if it is a chapter."""
    core, whole = reading.efforts(Path(app.env.doc2path(docname)).read_text(encoding="utf-8"))
    effort = core if front_matter.is_chapter(docname) else whole
    is_chapter = front_matter.is_chapter(docname)
    short = f"Lesson {front_matter.lesson_of(app, docname).number}" if is_chapter else "the primer"
    label = "Read the chapter" if is_chapter else "Read it"
    time = reading.spoken(reading.minutes(effort))
    return Step(name_of(docname), label, short, uri(app, docname), time)


def of_lesson(app: Sphinx, entry: dict[str, str]) -> list[Step]:
    """Return the steps of a lesson: its chapter, its homework, its competition, its app.

    Args:
        app: The build.
        entry: What the outline says of the lesson.
    """
    steps = [to_read(app, entry["page"])]
    number = front_matter.lesson_of(app, entry["page"]).number
    if homework := launch.companion(app, entry["page"], "lesson", "homework"):
        steps.append(Step(f"homework{number}", "Do the homework", f"Homework {number}", homework))
    if page := entry.get("competition"):
        title = app.env.titles[page].astext().removeprefix("Competition: ")
        steps.append(Step(name_of(page), f"Compete: {title}", f"the competition, {title}", uri(app, page)))
    if name := entry.get("app"):
        what, place = APPS[name], f"app-{name}"
        steps.append(Step(place, f"Try the app: {what}", f"the app, {what}", f"#{place}"))
    return steps


def uri(app: Sphinx, docname: str) -> str:
    """Return the address of a page, seen from the front page."""
    return app.builder.get_relative_uri(app.config.root_doc, docname)


def mark_of(app: Sphinx, docname: str) -> str | None:
    """Return what the button at the end of a page says; None where the page is no step."""
    if front_matter.is_lesson_page(docname):
        number = front_matter.lesson_of(app, docname).number
        if front_matter.is_chapter(docname):
            return f"Mark lesson {number} as read"
        return f"Mark homework {number} as done" if front_matter.is_homework(docname) else "Mark as done"
    begin = app.env.metadata[app.config.root_doc].get("course_begin")
    return "Mark as read" if docname == begin else None


def add_mark(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the end of a step's page its button."""
    label = mark_of(app, pagename) if doctree is not None else None
    context["step"] = {"name": name_of(pagename), "label": label} if label else None

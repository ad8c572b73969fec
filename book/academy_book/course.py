"""The course at a glance: its outline, written once on the front page, and where each page stands in it.

    ```{course}
    :begin: book/primer
    - module: Deep learning fundamentals
      goal: how a network learns and predicts
      lessons:
        - page: lessons/1-neural-networks/lesson1
          builds: a network that tells two arms of a spiral apart.
          figure: fig-film
          competition: lessons/competitions/spiral/spiral
    ```

A lesson's card shows what a reader builds in it, a figure of its page (the first, if none is named), and its
steps (`steps.py`): the chapter, its homework, and what the outline names of competition and app.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml
from docutils import nodes
from docutils.parsers.rst import directives
from PIL import Image
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from academy_book import decks, front_matter, interactives, pictures, steps, themes

logger = logging.getLogger(__name__)

HEAD_WIDTH, CARD_WIDTH = 720, 576
"""Pixels of a picture at the head of the page and on a card, which has half as much room."""

PALETTES = {"light": themes.LIGHT, "dark": themes.DARK}


@dataclass(frozen=True)
class Place:
    """Where a lesson stands in the course."""

    number: int
    lessons: int
    module: int
    title: str


class course(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the cards of the front page until they are written."""


class lesson_picture(interactives.awaiting):  # noqa: N801
    """Stands for a lesson's first figure until it is written."""


class LessonPicture(SphinxDirective):
    """`{lesson-picture} page`: the first figure of a lesson, at the head of the front page.

    A button under it has a network learn there, `js/first-network/`; a link leads into the lesson.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Leave the place of the picture."""
        return [lesson_picture("", page=self.arguments[0])]


class Course(SphinxDirective):
    """`{course}`: the modules and their lessons, and the page with which a reader begins."""

    has_content = True
    option_spec: ClassVar = {"begin": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Keep the outline, and leave the place of the cards."""
        kept = self.env.metadata[self.env.docname]
        kept["course"] = yaml.safe_load("\n".join(self.content))
        kept["course_begin"] = self.options.get("begin")
        return [course()]


def outline_of(env: BuildEnvironment) -> list[dict[str, Any]]:
    """Return the outline of the course; empty in a book without one."""
    return env.metadata[env.config.root_doc].get("course") or []


def place_of(env: BuildEnvironment, number: int) -> Place | None:
    """Return where the lesson of a number stands."""
    count = 0
    outline = outline_of(env)
    total = sum(len(module["lessons"]) for module in outline)
    for index, module in enumerate(outline, 1):
        count += len(module["lessons"])
        if number <= count:
            return Place(number, total, index, module["module"])
    return None


def check(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Hold the outline and the contents equal; have the front page written again when any page was read."""
    outline = outline_of(env)
    captions = {
        docname: part.caption
        for part in app.config.external_site_map.root.subtrees
        for docname in part.files()
    }
    for module in outline:
        for entry in module["lessons"]:
            for page in (entry["page"], entry.get("competition")):
                if page and page not in env.found_docs:
                    warn(env, "the outline names %s, and there is no such page", page)
            lesson = entry["page"]
            if captions.get(lesson, module["module"]) != module["module"]:
                found = (lesson, module["module"], captions[lesson])
                warn(env, "the outline has %s in “%s”, the contents in “%s”", *found)
    return [env.config.root_doc] if outline else []


def warn(env: BuildEnvironment, text: str, *given: str) -> None:
    """Complain of the outline, which fails the build."""
    logger.warning(text, *given, location=env.config.root_doc, type="course")


def cards(app: Sphinx) -> dict[str, Any]:
    """Return what the front page shows of the course: where it begins, its modules, and what to do first."""
    begin, found = beginning(app), list(modules(app))
    all_steps = [begin["step"]] if begin else []
    all_steps += [step for module in found for lesson in module["lessons"] for step in lesson["steps"]]
    return {"begin": begin, "modules": found, "count": len(all_steps), "first": all_steps[0]}


def beginning(app: Sphinx) -> dict[str, Any] | None:
    """Return what is shown of the page with which a reader begins; None in a course without one."""
    page = app.env.metadata[app.config.root_doc].get("course_begin")
    if page is None:
        return None
    title, description = app.env.titles[page].astext(), app.env.metadata[page]["description"]
    return {"title": title, "description": description, "step": steps.to_read(app, page)}


def modules(app: Sphinx) -> Iterator[dict[str, Any]]:
    """Yield what the cards of each module show."""
    number = 0
    for index, module in enumerate(outline_of(app.env), 1):
        lessons = []
        for entry in module["lessons"]:
            number += 1
            lessons.append({"number": number, **card(app, entry)})
        yield {"number": index, "title": module["module"], "goal": module["goal"], "lessons": lessons}


def card(app: Sphinx, entry: dict[str, str]) -> dict[str, Any]:
    """Return what the card of one lesson shows."""
    page = entry["page"]
    return {
        "title": app.env.titles[page].astext(),
        "uri": steps.uri(app, page),
        "builds": entry["builds"],
        "picture": picture(app, page, CARD_WIDTH, entry.get("figure")),
        "slides": decks.address(app, page),
        "steps": steps.of_lesson(app, entry),
    }


def picture(app: Sphinx, name: str, width: int, chosen: str | None = None) -> dict[str, Any] | None:
    """Draw a figure of a lesson for the front page, once for each theme.

    Args:
        app: The build.
        name: The lesson's page.
        width: Of the picture, in pixels.
        chosen: Name of the figure; the page's first, if none.
    """
    figure = pictures.figure_of(app, name, chosen) if chosen else pictures.first_figure(app, name)
    if figure is None:
        return None
    found: dict[str, Any] = {"alt": figure["alt"]}
    digest = hashlib.sha256(Path(figure["file"]).read_bytes()).hexdigest()[:12]
    for theme, palette in PALETTES.items():
        target = f"_images/cards/{Path(name).name}-{theme}-{width}-{digest}.webp"
        drawn = Path(app.outdir, target)
        if not drawn.is_file():  # a figure that did not change is not drawn again
            picture = pictures.raster(Path(figure["file"]), width, palette)
            pictures.save(picture, drawn, quality=60, method=6)
        shape = Image.open(drawn).size
        found |= {theme: target, "width": shape[0], "height": shape[1]}
    return found


def visit_course(writer: HTML5Translator, node: course) -> None:
    """Write the cards."""
    app = writer.builder.app
    writer.body.append(app.builder.templates.render("course.html", cards(app)))
    raise nodes.SkipNode


def visit_lesson_picture(writer: HTML5Translator, node: lesson_picture) -> None:
    """Write the picture, or nothing where the page has none."""
    app = writer.builder.app
    page = node["page"]
    shown = {
        "picture": picture(app, page, HEAD_WIDTH),
        "uri": app.builder.get_relative_uri(app.config.root_doc, page),
        "number": front_matter.lesson_of(app, page).number,
    }
    writer.body.append(app.builder.templates.render("lesson_picture.html", shown))
    raise nodes.SkipNode


def declare(app: Sphinx) -> None:
    """Bring both directives."""
    app.add_node(course, html=(visit_course, None))
    app.add_node(lesson_picture, html=(visit_lesson_picture, None))
    app.add_directive("course", Course)
    app.add_directive("lesson-picture", LessonPicture)

"""The course at a glance: its outline, written once on the front page, and where each page stands in it.

    ```{course}
    - module: Deep learning fundamentals
      goal: how a network learns and predicts
      lessons:
        - lessons/1-neural-networks/lesson1
        - A lesson to come
    ```

A lesson that names a page takes title, description and figure from it; any other is a title to come.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from academy_book import front_matter, interactives, launch, pictures, themes

logger = logging.getLogger(__name__)

PICTURE_WIDTH = 720
MORE = ("Slides", "Homework")
"""What the card of a lesson links besides its page."""

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
    """`{course}`: the modules and their lessons."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Keep the outline, and leave the place of the cards."""
        outline = yaml.safe_load("\n".join(self.content))
        self.env.metadata[self.env.docname]["course"] = outline
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
        for lesson in set(module["lessons"]) & set(captions):
            if captions[lesson] != module["module"]:
                logger.warning(
                    "the outline has %s in “%s”, the contents in “%s”",
                    *(lesson, module["module"], captions[lesson]),
                    location=env.config.root_doc,
                    type="course",
                )
    return [env.config.root_doc] if outline else []


def modules(app: Sphinx, docname: str) -> Iterator[dict[str, Any]]:
    """Yield what the cards of each module show."""
    number = 0
    for index, module in enumerate(outline_of(app.env), 1):
        lessons = []
        for name in module["lessons"]:
            number += 1
            lessons.append({"number": number, **card(app, docname, name)})
        yield {"number": index, "title": module["module"], "goal": module["goal"], "lessons": lessons}


def card(app: Sphinx, docname: str, name: str) -> dict[str, Any]:
    """Return what the card of one lesson shows; without its page, only the title."""
    if name not in app.env.found_docs:
        return {"title": name}
    return {
        "title": app.env.titles[name].astext(),
        "uri": app.builder.get_relative_uri(docname, name),
        "description": app.env.metadata[name]["description"],
        "picture": picture(app, name),
        "links": [link for link in launch.links(app, name, docname) if link["label"] in MORE],
    }


def picture(app: Sphinx, name: str) -> dict[str, Any] | None:
    """Draw a lesson's first figure for the front page, once for each theme."""
    figure = pictures.first_figure(app, name)
    if figure is None:
        return None
    found: dict[str, Any] = {"alt": figure["alt"]}
    digest = hashlib.sha256(Path(figure["file"]).read_bytes()).hexdigest()[:12]
    for theme, palette in PALETTES.items():
        target = f"_images/cards/{Path(name).name}-{theme}-{digest}.webp"
        drawn = Path(app.outdir, target)
        if not drawn.is_file():  # a figure that did not change is not drawn again
            picture = pictures.raster(Path(figure["file"]), PICTURE_WIDTH, palette)
            pictures.save(picture, drawn, quality=60, method=6)
        width, height = Image.open(drawn).size
        found |= {theme: target, "width": width, "height": height}
    return found


def visit_course(writer: HTML5Translator, node: course) -> None:
    """Write the cards."""
    app = writer.builder.app
    docname = app.config.root_doc
    writer.body.append(app.builder.templates.render("course.html", {"modules": list(modules(app, docname))}))
    raise nodes.SkipNode


def visit_lesson_picture(writer: HTML5Translator, node: lesson_picture) -> None:
    """Write the picture, or nothing where the page has none."""
    app = writer.builder.app
    page = node["page"]
    shown = {
        "picture": picture(app, page),
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

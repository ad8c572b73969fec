"""The front matter of a lesson's pages and its competition: read in one place, and required.

lesson:
  number: 1
  deck: lesson1      # name of the deck in slides/, if there is one
  gpu: false         # true asks Colab for a GPU
  assets: []         # assets the cells read; a changed one runs the page again
  files: []          # files beside the page that the cells read, carried by the notebook
  folders: []        # folders beside the page that the cells read whole, likewise
description: One sentence for search engines.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

LESSON_PAGE = re.compile(r"lessons/([^/]+/(lesson|homework)\d+|competitions/(?P<name>\w+)/(?P=name))$")
FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


@dataclass(frozen=True)
class Lesson:
    """What a page says of the lesson it belongs to."""

    number: int
    deck: str | None = None
    gpu: bool = False
    assets: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


def is_lesson_page(docname: str) -> bool:
    """Tell whether a page is a chapter, homework or competition: these are executed, exported, launched."""
    return LESSON_PAGE.match(docname) is not None


def is_chapter(docname: str) -> bool:
    """Tell whether a page is a chapter."""
    return is_lesson_page(docname) and Path(docname).name.startswith("lesson")


def is_homework(docname: str) -> bool:
    """Tell whether a page is a homework."""
    return is_lesson_page(docname) and Path(docname).name.startswith("homework")


def read(source: str) -> dict[str, object]:
    """Return a page's front matter, empty where there is none."""
    found = FRONT_MATTER.match(source)
    return (yaml.safe_load(found[1]) or {}) if found else {}


def lesson(source: str) -> Lesson:
    """Return the lesson a page belongs to.

    Raises:
        ValueError: If the entry is absent, is no mapping, lacks its number or holds an unknown key.
    """
    entry = read(source).get("lesson")
    if not isinstance(entry, dict) or "number" not in entry:
        raise ValueError("its front matter needs an entry `lesson:` with at least `number:`")
    if unknown := set(entry) - set(Lesson.__dataclass_fields__):
        known = ", ".join(Lesson.__dataclass_fields__)
        raise ValueError(f"`lesson:` holds {', '.join(sorted(unknown))}; it may hold {known}")
    return Lesson(**entry)


def lesson_of(app: Sphinx, docname: str) -> Lesson:
    """Return the lesson that a page of the book belongs to.

    Where the page does not say it, that is lesson 0: `require` has complained, and the build goes on to find
    what else is wrong.
    """
    try:
        return lesson(Path(app.env.doc2path(docname)).read_text(encoding="utf-8"))
    except ValueError:
        return Lesson(number=0)


def lesson_entries(source: str, key: str) -> list[str]:
    """Return one list of the front matter's lesson entry; empty for pages outside of a lesson."""
    entry = read(source).get("lesson")
    return entry.get(key) or [] if isinstance(entry, dict) else []


def require(app: Sphinx, docname: str, source: list[str]) -> None:
    """Warn, and so fail the build, where a lesson's page lacks its front matter."""
    if not is_lesson_page(docname):
        return
    try:
        lesson(source[0])
    except ValueError as error:
        logger.warning("a lesson's page is incomplete: %s", error, location=docname, type="front-matter")
    if not read(source[0]).get("description"):
        logger.warning(
            "a lesson's page needs `description:` in its front matter", location=docname, type="front-matter"
        )

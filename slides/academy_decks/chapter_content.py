"""What a deck takes of its chapter: figures, values and sections, by name.

A deck names its chapter in its front matter: `chapter: lesson1`, or more of the path to its page where
several end alike. It keeps the state of each thing it shows, and is read again when that state has changed.
A name that the chapter lacks fails the build.
"""

import difflib
import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from xml.etree import ElementTree

from academy_book import front_matter
from docutils import nodes
from docutils.nodes import Node, system_message
from docutils.parsers.rst import directives
from PIL import Image
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.writers.html5 import HTML5Translator

KINDS = {"figures": "figure", "values": "value", "sections": "section", "links": "link"}


class UnknownName(ExtensionError):
    """A deck names something that there is not."""


class UnknownChapter(UnknownName):
    """A deck names no chapter of the book, or several at once."""

    def __init__(self, name: str, found: list[str], known: list[str]) -> None:
        pages = ", ".join(sorted(found or known))
        wrong = f"could be any of {pages}; write more of its path" if found else f"is none of {pages}"
        super().__init__(f"`chapter: {name}` in the deck's front matter {wrong}")


class UnknownThing(UnknownName):
    """A deck names something that its chapter does not have."""

    def __init__(self, chapter: str, kind: str, name: str, known: list[str]) -> None:
        close = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or sorted(known)
        has = ", ".join(close) if close else f"no {KINDS[kind]} at all"
        super().__init__(f"the chapter {chapter!r} has no {KINDS[kind]} {name!r}; it has {has}")


@cache
def chapters(build: Path) -> dict[str, Any]:
    """Read what the book's build listed of its chapters, each with its figures, by the names of their pages.

    Args:
        build: The folder of the book's build, which holds the listings.
    """
    listing = json.loads((build / "chapters.json").read_text(encoding="utf-8"))
    figures = json.loads((build / "figures.json").read_text(encoding="utf-8"))
    for name, chapter in listing.items():
        chapter["figures"] = {key: with_digest(figure) for key, figure in figures.get(name, {}).items()}
        chapter["links"] = {key: chapter[key] for key in ("address", "notebook", "colab", "title")}
    return listing


def with_digest(figure: dict[str, str]) -> dict[str, str]:
    """Add the check sum of a figure's file to what is known of it."""
    return figure | {"sha256": hashlib.sha256(Path(figure["file"]).read_bytes()).hexdigest()}


def build_folder(app: Sphinx) -> Path:
    """Return the folder of the book's build: the decks' output is `html/slides` in it."""
    return Path(app.outdir).parents[1]


def chapter_name(env: BuildEnvironment, docname: str) -> str:
    """Return the chapter that a deck's front matter names."""
    source = Path(env.doc2path(docname)).read_text(encoding="utf-8")
    return str(front_matter.read(source).get("chapter", ""))


def listed(app: Sphinx, name: str) -> dict[str, Any]:
    """Return what was listed of a chapter.

    Args:
        app: The build of the decks.
        name: The chapter's page, or the end of the path to it.

    Raises:
        UnknownChapter: If there is no such page, or more than one.
    """
    known = chapters(build_folder(app))
    found = [name] if name in known else [page for page in known if page.endswith(f"/{name}")]
    if len(found) != 1:
        raise UnknownChapter(name, found, list(known))
    return known[found[0]]


def find(app: Sphinx, chapter: str, kind: str, name: str) -> Any:
    """Return one thing of a chapter.

    Raises:
        UnknownName: If the chapter does not exist or lacks it.
    """
    known = listed(app, chapter)[kind]
    if name not in known:
        raise UnknownThing(chapter, kind, name, list(known))
    return known[name]


def take(env: BuildEnvironment, kind: str, name: str) -> Any:
    """Return one thing of the chapter of the deck that is being read, and keep that the deck shows it."""
    key = chapter_name(env, env.docname), kind, name
    thing = find(env.app, *key)
    env.metadata[env.docname].setdefault("shown", {})[key] = thing
    return thing


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the decks that show something which their chapter has changed since."""
    return [docname for docname in env.found_docs - added - removed if shows_old(app, docname)]


def shows_old(app: Sphinx, docname: str) -> bool:
    """Tell whether something that a deck shows is not what its chapter now has."""
    try:
        shown = app.env.metadata[docname].get("shown", {})
        return any(find(app, *key) != thing for key, thing in shown.items())
    except UnknownName:
        return True


class chapter_figure(nodes.General, nodes.Element):  # noqa: N801
    """Holds the picture of a figure, or of a part of it."""


def percents(argument: str) -> tuple[int, int]:
    """Read two percents, the smaller one first."""
    left, right = map(int, argument.split())
    if not 0 <= left < right <= 100:
        raise ValueError(f"{left} and {right} are not two percents, the smaller one first")
    return left, right


class ChapterFigure(SphinxDirective):
    """`{chapter-figure} NAME`: a figure of the chapter with its alternative text.

    `:between: 0 52` shows only what lies between these percents of its width, so that a question can come
    before its answer; `:alt:` then says what is left to see.
    """

    required_arguments = 1
    option_spec: ClassVar = {"between": percents, "alt": directives.unchanged_required}

    def run(self) -> list[Node]:
        """Return the picture in a place of its own."""
        if ("between" in self.options) != ("alt" in self.options):
            raise self.error("a part of a figure needs both :between: and :alt:")
        try:
            figure = take(self.env, "figures", self.arguments[0])
        except UnknownName as error:
            raise self.error(str(error)) from error
        here = Path(self.env.doc2path(self.env.docname)).parent
        uri = Path(os.path.relpath(figure["file"], here)).as_posix()
        image = nodes.image(uri=uri, alt=self.options.get("alt", figure["alt"]))
        self.set_source_info(image)
        return [chapter_figure("", image, part=self.part(Path(figure["file"])))]

    def part(self, file: Path) -> dict[str, float] | None:
        """Return the shape of the part that is shown, and where it lies; None for the whole figure."""
        if "between" not in self.options:
            return None
        left, right = (percent / 100 for percent in self.options["between"])
        width, height = size(file)
        return {"aspect": (right - left) * width / height, "shift": left / (1 - right + left)}


def size(file: Path) -> tuple[float, float]:
    """Return width and height of a picture, in whatever unit it has."""
    if file.suffix != ".svg":
        return Image.open(file).size
    _, _, width, height = ElementTree.parse(file).getroot().attrib["viewBox"].split()
    return float(width), float(height)


def visit_figure(translator: HTML5Translator, node: chapter_figure) -> None:
    """Open the place of a figure; deck.css cuts out a part."""
    if part := node["part"]:
        style = f"--aspect: {part['aspect']:.4f}; --shift: {part['shift']:.2%}"
        translator.body.append(f'<div class="chapter-figure part" style="{style}">')
    else:
        translator.body.append('<div class="chapter-figure">')


def depart_figure(translator: HTML5Translator, node: chapter_figure) -> None:
    """Close the place of a figure."""
    translator.body.append("</div>\n")


class ChapterValue(SphinxRole):
    """`` {value}`NAME` ``: a value that the chapter's cells glued."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the value as text."""
        try:
            value = take(self.env, "values", self.text)
        except UnknownName as error:
            return [], [self.inliner.reporter.error(str(error), line=self.lineno)]
        return [nodes.inline("", value, classes=["value"])], []


class ChapterLink(SphinxRole):
    """`` {chapter}`TEXT <address | notebook | colab | SECTION>` ``: a link from a deck into its chapter."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the link."""
        text, _, target = self.text.rstrip(">").rpartition("<")
        try:
            address = link(self.env, target)
        except UnknownName as error:
            return [], [self.inliner.reporter.error(str(error), line=self.lineno)]
        return [nodes.reference("", text.strip(), refuri=address, internal=False)], []


def link(env: BuildEnvironment, target: str) -> str:
    """Return the address of a section of the chapter, or of its page or notebook, seen from a deck."""
    if target == "colab":
        return str(take(env, "links", target))
    if target in ("address", "notebook"):
        return "../" + str(take(env, "links", target))
    take(env, "sections", target)
    return f"../{take(env, 'links', 'address')}#{target}"


def declare(app: Sphinx) -> None:
    """Bring directive, node and roles."""
    app.add_node(chapter_figure, revealjs=(visit_figure, depart_figure))
    app.add_directive("chapter-figure", ChapterFigure)
    app.add_role("value", ChapterValue())
    app.add_role("chapter", ChapterLink())

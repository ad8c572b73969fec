"""How much there is to read on a lesson's page, and how long it takes: all of it, and the core path alone.

Counted in the page's source. The core path leaves out sections in depth, what is folded, the test of oneself,
exercises with their solutions, and further reading. Each of the two takes as long as its words, the lines of
code that stand open, its formulas in lines of their own, and its questions and exercises take together.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_nb.core.read import read_myst_markdown_notebook
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from nbformat import NotebookNode

from academy_book import in_depth

SECONDS = {"words": 60 / 140, "lines": 10, "formulas": 30, "questions": 150}
"""What one of each takes. With them a lesson of 10,000 words, 300 open lines of code, 15 formulas and 20
questions comes to three hours, as long as a student took who worked through such a lesson. At 200 words a
minute, as a novel is read, it would be 50 minutes."""
STEP = 5
"""Minutes to which times are rounded: they differ more than that from reader to reader."""

BESIDE = {"Test yourself", "Exercises", "Further reading"}
"""Sections beside the core path, by their titles."""
FOLDED_CELLS = {"hide-input", "hide-cell", "remove-input", "remove-cell"}
"""Tags of cells whose code is not seen, or only by who opens it."""
FOLDED_BOXES = {"dropdown", "exercise", "solution"}
MARKDOWN = {"amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"}
DIRECTIVE = re.compile(r"\{([\w-]+)\}\s*(.*)")
OPTIONS = re.compile(r"\A(?::[\w-]+:.*\n|\s*\n)*")

Piece = tuple[bool, str, int]
"""Whether something is on the core path, its kind, and how much of it there is."""


@dataclass
class Place:
    """Where in the page the reader is.

    Attributes:
        beside: Level of the heading under which all is beside the core path; 7 on the core path.
        in_solution: Whether between the beginning and the end of a solution.
    """

    beside: int = 7
    in_solution: bool = False

    def enter(self, level: int, title: str, classes: str) -> None:
        """Go on below a heading."""
        if level <= self.beside:
            is_beside = title in BESIDE or in_depth.CLASS in classes.split()
            self.beside = level if is_beside else 7

    @property
    def is_core(self) -> bool:
        """Tell whether the reader is on the core path."""
        return self.beside == 7 and not self.in_solution


def efforts(source: str) -> tuple[Counter[str], Counter[str]]:
    """Count words, open lines of code, formulas and questions: on the core path, and on the whole page."""
    core: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for is_core, kind, amount in pieces(source):
        whole[kind] += amount
        core[kind] += amount * is_core
    return core, whole


def minutes(effort: Counter[str]) -> int:
    """Return how long something takes, rounded up."""
    seconds = sum(SECONDS[kind] * amount for kind, amount in effort.items())
    return math.ceil(seconds / 60 / STEP) * STEP


def spoken(minutes: int) -> str:
    """Write a time as a reader says it: 45 min, 2 h 5 min, 3 h."""
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} h"] * (hours > 0) + [f"{rest} min"] * (rest > 0 or hours == 0))


def pieces(source: str) -> Iterator[Piece]:
    """Yield all that is on a page, in its order."""
    place = Place()
    for cell in read_myst_markdown_notebook(source).cells:
        if cell.cell_type == "code":
            yield from of_cell(cell, place)
        else:
            yield from of_text(cell.source, place)


def of_cell(cell: NotebookNode, place: Place) -> Iterator[Piece]:
    """Yield the lines of an open cell, and the words below its figure."""
    if not place.in_solution and not FOLDED_CELLS & set(cell.metadata.get("tags", [])):
        yield place.is_core, "lines", lines(cell.source)
    caption = cell.metadata.get("mystnb", {}).get("figure", {}).get("caption", "")
    yield place.is_core, "words", len(caption.split())


def of_text(text: str, place: Place, is_open: bool = True) -> Iterator[Piece]:
    """Yield what is between cells, or inside of a box."""
    tokens = parser().parse(text)
    for position, token in enumerate(tokens):
        following = tokens[position + 1] if position + 1 < len(tokens) else token
        if token.type == "heading_open":
            place.enter(int(token.tag[1]), following.content, str(token.attrs.get("class", "")))
        elif token.type == "inline":
            yield is_open and place.is_core, "words", len(token.content.split())
            if place.beside < 7 and following.type == "paragraph_close":
                yield False, "questions", is_answered(tokens, position)
        elif token.type.startswith("math_block") or token.type == "amsmath":
            yield is_open and place.is_core, "formulas", 1
        elif token.type in ("fence", "colon_fence"):
            yield from of_fence(token, place, is_open)


def is_answered(tokens: list[Token], position: int) -> bool:
    """Tell whether a paragraph is followed by answers to open."""
    return position + 2 < len(tokens) and tokens[position + 2].info.startswith("{dropdown}")


def of_fence(token: Token, place: Place, is_open: bool) -> Iterator[Piece]:
    """Yield what is in a fence: a block of code, or a box of some kind."""
    found = DIRECTIVE.match(token.info)
    if found is None:
        yield is_open and place.is_core, "lines", lines(token.content)
        return
    kind, title = found.groups()
    body = OPTIONS.sub("", token.content, count=1)
    if kind in ("solution-start", "solution-end"):
        place.in_solution = kind == "solution-start"
    elif kind == "math":
        yield is_open and place.is_core, "formulas", 1
    else:
        is_folded = kind in FOLDED_BOXES or "dropdown" in token.content.removesuffix(body)
        yield False, "questions", kind == "exercise"
        yield from of_text(f"{title}\n\n{body}", place, is_open and not is_folded)


def lines(code: str) -> int:
    """Count the lines of code that are not empty."""
    return sum(bool(line.strip()) for line in code.splitlines())


@cache
def parser() -> MarkdownIt:
    """Make the parser that the book's pages are read with."""
    return create_md_parser(MdParserConfig(enable_extensions=MARKDOWN), RendererHTML)

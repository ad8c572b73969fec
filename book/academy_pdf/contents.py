"""What the book consists of, in its order: parts, their pages, and the headings of a page."""

from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

FRONT = "index"
"""The front page; in the PDF the cover takes its place."""


@dataclass(frozen=True)
class Part:
    """A part of the book: its title and the names of its pages."""

    title: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading: its anchor, its level (1 of a title, 2 of a section), its words, and the same as HTML."""

    anchor: str
    level: int
    words: str
    html: str


def parts(site: Path) -> list[Part]:
    """Read the parts of a built site from the contents at its front page's side.

    Raises:
        ValueError: If there are none.
    """
    page = BeautifulSoup((site / f"{FRONT}.html").read_text(encoding="utf-8"), "html.parser")
    found = []
    for caption in page.select(".bd-links p.caption"):
        listed = caption.find_next_sibling("ul")
        links = listed.select("a.reference") if listed else []
        names = tuple(str(link["href"]).removesuffix(".html") for link in links)
        found.append(Part(caption.get_text(strip=True), names))
    if not found:
        raise ValueError(f"{site / FRONT}.html names no chapters at its side: build the book again.")
    return found


def article(site: Path, name: str) -> Tag:
    """Read what stands on a page, without what is around it.

    Args:
        site: Folder of the built site.
        name: The page's path in it, without `.html`.

    Raises:
        ValueError: If the page is not there, or holds no article.
    """
    file = site / f"{name}.html"
    if not file.is_file():
        raise ValueError(f"The contents name {name}, but {file} is not there: build the book again.")
    only = SoupStrainer("article", class_="bd-article")
    found = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser", parse_only=only).article
    if found is None:
        raise ValueError(f"{file} holds no article: build the book again.")
    return found


def headings(chapter: Tag) -> list[Heading]:
    """List the headings of a prepared chapter that stand in the contents: its title, and its sections."""
    return [
        Heading(str(heading["id"]), int(heading.name[1]), words(heading), without_links(heading))
        for heading in chapter.select("h1[id], h2[id]")
    ]


def words(heading: Tag) -> str:
    """Return the words of a heading; of a formula its letters alone."""
    copy = BeautifulSoup(str(heading), "html.parser")
    for formula in copy.select(".katex-mathml"):
        formula.decompose()
    return " ".join(copy.get_text().split())


def without_links(heading: Tag) -> str:
    """Return what a heading shows as HTML that can stand in a link, without names of places."""
    copy = BeautifulSoup(heading.decode_contents().strip(), "html.parser")
    for link in copy.select("a"):
        link.unwrap()
    for name in copy.select("[id]"):
        del name["id"]
    return str(copy)

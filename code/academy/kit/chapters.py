"""What there is in a built site, by chapter."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from academy.kit.errors import KitError

LIST = "chapters.json"
"""Lies beside the site; the book's build writes it."""
SLIDES = "slides"
NOTEBOOKS = "notebooks"


@dataclass(frozen=True)
class Chapter:
    """A page with a notebook. Addresses begin at the site's root."""

    title: str
    page: str
    notebook: str
    deck: str | None
    """Its slides as a page."""
    pdf: str | None
    """Its slides as a PDF."""

    @property
    def name(self) -> str:
        """As in lesson1."""
        return Path(self.page).stem


def chapters_of(site: Path) -> list[Chapter]:
    """Read which chapters a built site has, in the order of their folders; a homework follows its lesson.

    Args:
        site: The built site.

    Raises:
        KitError: If there is no built site.
    """
    try:
        listed = json.loads((site.parent / LIST).read_text(encoding="utf-8"))
        found = [chapter(site, entry) for entry in listed.values()]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise KitError(f"There is no built book in {site}. Build it first: make book") from error
    if missing := next(absent(site, found), None):
        raise KitError(f"The book in {site} lacks {missing}. Build it again: make book")
    return sorted(found, key=lambda each: (Path(each.page).parent, each.name.startswith("homework")))


def chapter(site: Path, entry: dict[str, str]) -> Chapter:
    """Read one chapter of the list."""
    deck = f"{SLIDES}/{Path(entry['address']).name}"
    pdf = str(Path(deck).with_suffix(".pdf").as_posix())
    return Chapter(
        title=entry["title"],
        page=entry["address"],
        notebook=entry["notebook"],
        deck=deck if (site / deck).is_file() else None,
        pdf=pdf if (site / pdf).is_file() else None,
    )


def absent(site: Path, chapters: list[Chapter]) -> Iterator[str]:
    """Name what a whole site has and this one has not."""
    for place in ["index.html", *(place for each in chapters for place in (each.page, each.notebook))]:
        if not (site / place).is_file():
            yield place

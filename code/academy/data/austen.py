"""Jane Austen's six novels as plain text, chapter by chapter."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from academy.assets.cache import fetch
from academy.data.r_files import read_data

TITLES = {
    "emma": "Emma",
    "mansfieldpark": "Mansfield Park",
    "northangerabbey": "Northanger Abbey",
    "persuasion": "Persuasion",
    "prideprejudice": "Pride and Prejudice",
    "sensesensibility": "Sense and Sensibility",
}
"""The novels by their names in the package."""
CHAPTER = re.compile(r"chapter [ivxl\d]+\.?", re.IGNORECASE)
NO_TEXT = re.compile(r"volume [ivx]+|the end|finis", re.IGNORECASE)
"""Lines that stand between chapters or after the last."""
AFTERWORD = "A NOTE ON THE TEXT"
"""Where what the editor wrote begins."""


class Novel(NamedTuple):
    """One novel."""

    title: str
    chapters: tuple[str, ...]
    """The text of each without its heading, one paragraph a line."""


def novels() -> tuple[Novel, ...]:
    """Load the six novels.

    Raises:
        AssetUnavailable: If they cannot be had.
    """
    return tuple(
        Novel(TITLES[name], tuple(chapters_of(lines))) for name, lines in read_data(fetch("austen")).items()
    )


def chapters_of(lines: Iterable[str]) -> list[str]:
    """Cut the lines of a novel into chapters, and put the lines of each paragraph together.

    Args:
        lines: As printed; an empty one ends a paragraph. What stands before the first chapter is left out.

    Returns:
        The text of each chapter, with a line break after each paragraph and none elsewhere, and without the
        underscores that mark italics.
    """
    chapters: list[list[str]] = []
    for is_text, group in groupby(lines, key=lambda line: bool(line.strip())):
        paragraph = [line.strip() for line in group if not NO_TEXT.fullmatch(line.strip())]
        if not is_text or not paragraph:
            continue
        if paragraph[0] == AFTERWORD:
            break
        if CHAPTER.fullmatch(paragraph[0]):
            chapters.append([])
            del paragraph[0]
        if chapters and paragraph:
            chapters[-1].append(" ".join(" ".join(paragraph).replace("_", "").split()))
    return ["".join(f"{paragraph}\n" for paragraph in chapter) for chapter in chapters]

"""The search index of a repeated build, the same as that of a fresh one.

Sphinx takes up the last build's index and feeds it the pages that are written again. On the way it loses
the entries of all other pages (terms of the glossary, places that `index` marks), and keeps words that
no page has any more. Lessons and homeworks are found by their numbers, too, which Sphinx drops from searches.
"""

import re
from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.index_entries import split_index_msg


def complete(app: Sphinx) -> list[Any]:
    """Give the index the entries of all pages, and take away the words of none, before it is written."""
    index = getattr(app.builder, "indexer", None)
    if index is not None:  # Sphinx has no public way to these: what it offers loses entries and keeps words
        entries = app.env.domaindata["index"]["entries"]
        index._index_entries = {
            name: sorted({*split(entries[name]), *numbered(name)}) for name in sorted(entries)
        }
        index._mapping = used(index._mapping)
        index._title_mapping = used(index._title_mapping)
    return []


def split(entries: list[tuple[str, str, str, str, str | None]]) -> Iterator[tuple[str, str, str]]:
    """Yield word, place and weight of each index entry of a page, as the search index holds them."""
    for kind, words, place, weight, _ in entries:
        yield from ((word, place or "", weight) for word in split_index_msg(kind, words))


def numbered(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield what people call a lesson's page, such as "homework 6", as an index entry of the whole page."""
    if found := re.search(r"\b(lesson|homework)(\d+)$", name):
        yield f"{found[1]} {found[2]}", "", "main"


def used(mapping: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return the words that stand on some page."""
    return {word: pages for word, pages in mapping.items() if pages}

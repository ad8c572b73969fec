"""What a browser leaves out of a PDF: bookmarks by parts and chapters, who wrote it, when; and a look at it.

Dates are those of the book's state, not of its printing, so the same site gives the same bytes.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import cast
from urllib.parse import urlsplit

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    Fit,
    IndirectObject,
    NameObject,
    TextStringObject,
)

from academy_pdf.chapters import FORMULA
from academy_pdf.document import CONTENTS, Book
from academy_pdf.printing import Incomplete

LARGEST = 25_000_000
"""Bytes that a reader on a phone still takes."""
PARTS = 1
"""The level of bookmarks that a viewer opens: it shows all chapters, and the sections of those asked for."""
ELEMENT = re.compile(rb"\(node\d{8}\)")
"""The name of an element of the structure: of a heading of a table, for its cells."""
AT_HOME = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline: its words, the place it leads to, how deep it stands."""

    words: str
    place: str
    level: int


def finished(content: bytes, book: Book) -> bytes:
    """Add bookmarks and facts to a printed book.

    Args:
        content: The PDF as the browser has made it.
        book: What was printed.

    Raises:
        Incomplete: If a formula or picture was not printed, a link leads nowhere or to this machine, or the
            file is too large.
    """
    writer = PdfWriter(BytesIO(content), full=True)
    count(name_formulas(writer), book)
    add_bookmarks(writer, book)
    describe(writer, book)
    target = BytesIO()
    writer.write(target)
    result = with_own_numbers(target.getvalue())
    check(result)
    return result


def with_own_numbers(content: bytes) -> bytes:
    """Number the named elements from 1: a browser also counts what it drew and dropped, which time decides.

    Their order stays, and the length of each name.
    """
    names = sorted(set(ELEMENT.findall(content)))
    numbers = {name: b"(node%08d)" % number for number, name in enumerate(names, 1)}
    return ELEMENT.sub(lambda found: numbers[found[0]], content)


def name_formulas(writer: PdfWriter) -> Counter[str]:
    """Call formulas by that name, which browsers know for pictures alone, and count both."""
    named: Counter[str] = Counter()
    tree = cast(DictionaryObject, writer.root_object["/StructTreeRoot"])
    places = [tree["/K"]]
    while places:
        place = places.pop().get_object()
        if isinstance(place, ArrayObject):
            places.extend(place)
        elif isinstance(place, DictionaryObject):
            told = str(place.get("/Alt", ""))
            if told.startswith(FORMULA):
                place[NameObject("/S")] = NameObject("/Formula")
                place[NameObject("/Alt")] = TextStringObject(told.removeprefix(FORMULA))
            if told:
                named[str(place["/S"])] += 1
            places.extend([place["/K"]] if "/K" in place else [])
    return named


def count(named: Counter[str], book: Book) -> None:
    """Compare the formulas and pictures of a PDF with those of the book's pages.

    The cover shows a picture once more, the contents the formulas of headings.

    Raises:
        Incomplete: If some are not there.
    """
    pictures = sum(book.pictures.values())
    listed = [each for chapter in book.chapters.values() for each in chapter.headings]
    formulas = sum(book.formulas.values()) + sum(each.html.count('class="katex"') for each in listed)
    expected = {"/Formula": formulas, "/Figure": pictures + bool(pictures)}
    for name, number in expected.items():
        if named[name] != number:
            what = name.removeprefix("/").lower()
            raise Incomplete(f"The book has {number} times a {what}, its PDF {named[name]} times.")


def add_bookmarks(writer: PdfWriter, book: Book) -> None:
    """Add the outline: parts, chapters, sections."""
    places = {name.removeprefix("/"): place for name, place in writer.named_destinations.items()}
    above: list[tuple[int, IndirectObject]] = []
    for mark in bookmarks(book):
        while above and above[-1][0] >= mark.level:
            above.pop()
        place = places[mark.place]
        added = writer.add_outline_item(
            title=mark.words,
            page_number=writer.get_destination_page_number(place),
            parent=above[-1][1] if above else None,
            fit=Fit.xyz(left=place.left, top=place.top),
            is_open=mark.level == PARTS,
        )
        above.append((mark.level, added))


def bookmarks(book: Book) -> Iterator[Bookmark]:
    """Yield the entries of the outline; those of parts and of the contents are on level 1."""
    yield Bookmark("Contents", CONTENTS, PARTS)
    for part in book.parts:
        first = book.chapters[part.pages[0]]
        yield Bookmark(part.title, first.headings[0].anchor, PARTS)
        for name in part.pages:
            for heading in book.chapters[name].headings:
                yield Bookmark(heading.words, heading.anchor, heading.level + PARTS)


def describe(writer: PdfWriter, book: Book) -> None:
    """Write title, author, date and language; a viewer opens with the bookmarks beside the cover."""
    edition = book.edition
    date = f"D:{edition.date.replace('-', '')}000000Z"
    writer.metadata = {
        "/Title": edition.title,
        "/Author": edition.author,
        "/Subject": edition.description,
        "/Creator": f"{edition.address} {edition.version} {edition.commit}".strip(),
        "/CreationDate": date,
        "/ModDate": date,
    }
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("en")
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    root[NameObject("/ViewerPreferences")] = shown


def check(content: bytes) -> None:
    """Look whether all links of a PDF lead to where a reader can go, and whether it is small enough.

    Raises:
        Incomplete: If not; the message names the first page with such a link.
    """
    if len(content) > LARGEST:
        raise Incomplete(f"The PDF has {len(content) / 1e6:.1f} MB, more than {LARGEST / 1e6:.0f}.")
    reader = PdfReader(BytesIO(content))
    known = {name.removeprefix("/") for name in reader.named_destinations}
    for page, target in links(reader):
        if target.startswith("#") and target[1:] not in known:
            raise Incomplete(f"A link on page {page} leads to “{target[1:]}”, which is not in the PDF.")
        if not target.startswith("#") and is_local(target):
            raise Incomplete(f"A link on page {page} leads to {target}, which only this machine has.")


def links(reader: PdfReader) -> Iterator[tuple[int, str]]:
    """Yield each link of a PDF: its page, counted from 1, and an address, or `#` and a place of the PDF."""
    for number, page in enumerate(reader.pages, 1):
        for reference in page.get("/Annots", ArrayObject()):
            annotation = reference.get_object()
            action = annotation.get("/A", DictionaryObject())
            if "/URI" in action:
                yield number, str(action["/URI"])
            else:
                place = annotation.get("/Dest", action.get("/D"))
                yield number, f"#{str(place).removeprefix('/')}"


def is_local(address: str) -> bool:
    """Tell whether an address is one of this machine or no whole one."""
    parts = urlsplit(address)
    return parts.scheme not in ("http", "https", "mailto") or parts.hostname in AT_HOME

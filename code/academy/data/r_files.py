"""Data of R packages, read without R: texts, whole numbers, and lists of them; nothing in a file is run.

A package keeps its data in two files: ``Rdata.rdb`` holds a compressed block for each object, ``Rdata.rdx``
is the index that says where each block lies. Both hold values as R's ``serialize`` writes them.

Source: R Core Team, *R Internals*, section "Serialization Formats".
"""

import gzip
import zlib
from pathlib import Path
from typing import Any

BEGINNING = b"X\n"
"""How a value begins in the binary format, which is the same on every machine."""
WITH_ENCODING = 3
"""The version of the format that names an encoding."""
SYMBOL, PAIRS, CHARACTERS, LOGICALS, INTEGERS, TEXTS, LIST = 1, 2, 9, 10, 13, 16, 19
NOTHING, SEEN_SYMBOL = 254, 255
HAS_ATTRIBUTES, HAS_TAG = 1 << 9, 1 << 10
MISSING = -1
"""Length of a text that is missing."""


def read_data(folder: Path) -> dict[str, Any]:
    """Read all objects of a package's data.

    Args:
        folder: Where ``Rdata.rdb`` and ``Rdata.rdx`` lie.

    Returns:
        Each by its name: texts and numbers as lists, lists with names as dictionaries, what is missing or
        empty as None.

    Raises:
        OSError: If a file cannot be read.
        ValueError: If one is damaged, or holds anything else, such as a function.
    """
    index = folder / "Rdata.rdx"
    try:
        places = value_of(gzip.decompress(index.read_bytes()))["variables"].items()
    except (EOFError, gzip.BadGzipFile, zlib.error, AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{index} is no index of R's data: {error}") from error
    blocks = (folder / "Rdata.rdb").read_bytes()
    return {name: value_of(unpacked(blocks, start, length)) for name, (start, length) in places}


def unpacked(blocks: bytes, start: int, length: int) -> bytes:
    """Unpack a block: four bytes that say how long it becomes, then what zlib has packed.

    Raises:
        ValueError: If it does not become as long.
    """
    block = blocks[start : start + length]
    expected = int.from_bytes(block[:4], "big")
    try:
        found = zlib.decompressobj().decompress(block[4:], expected + 1)  # one too many is seen, no more made
    except zlib.error as error:
        raise ValueError(f"the block at byte {start} cannot be unpacked: {error}") from error
    if len(found) != expected:
        raise ValueError(f"the block at byte {start} does not become {expected} bytes, as it says of itself")
    return found


def value_of(data: bytes) -> Any:
    """Read one value as ``serialize`` writes it.

    Raises:
        ValueError: If it is cut off, of another format, or no data.
    """
    if not data.startswith(BEGINNING):
        raise ValueError(f"a value of R begins with {BEGINNING!r}, this one with {data[:2]!r}")
    reader = Reader(data, len(BEGINNING))
    version, _, _ = (reader.integer() for _ in range(3))
    if version == WITH_ENCODING:
        reader.take(reader.integer())
    try:
        return reader.value()
    except RecursionError:
        raise ValueError("there are lists within lists, deeper than any data") from None


class Reader:
    """Reads values from bytes, one after the other.

    Args:
        data: All of them.
        place: Where the next one begins.
    """

    def __init__(self, data: bytes, place: int) -> None:
        self.data = data
        self.place = place
        self.symbols: list[Any] = []
        """Names so far: each is written once, and is a number from then on."""

    def take(self, count: int) -> bytes:
        """Read bytes."""
        found = self.data[self.place : self.place + max(count, 0)]
        if len(found) != count:
            raise ValueError(f"at byte {self.place} there should be {count} more, and there are {len(found)}")
        self.place += count
        return found

    def integer(self) -> int:
        """Read a whole number of four bytes."""
        return int.from_bytes(self.take(4), "big", signed=True)

    def value(self) -> Any:
        """Read a value of any kind."""
        flags = self.integer()
        kind = flags & 0xFF
        if kind == NOTHING:
            return None
        if kind == SYMBOL:
            self.symbols.append(self.value())
            return self.symbols[-1]
        if kind == SEEN_SYMBOL:
            return self.seen_symbol(flags >> 8)
        if kind == PAIRS:
            return self.pairs(flags)
        if kind == CHARACTERS:
            return self.characters()
        found = self.vector(kind)
        names = (self.value() or {}).get("names") if flags & HAS_ATTRIBUTES else None
        return found if names is None else dict(zip(names, found))

    def characters(self) -> str | None:
        """Read one text."""
        length = self.integer()
        return None if length == MISSING else self.take(length).decode("utf-8")

    def vector(self, kind: int) -> list[Any]:
        """Read a list of one kind of value, without its names."""
        if kind in (INTEGERS, LOGICALS):
            return [self.integer() for _ in range(self.integer())]
        if kind in (TEXTS, LIST):
            return [self.value() for _ in range(self.integer())]
        raise ValueError(
            f"at byte {self.place} is a value of R's kind {kind}, which is none of those read here"
        )

    def pairs(self, flags: int) -> dict[Any, Any]:
        """Read values with a tag each, as attributes are."""
        found = {}
        while flags & 0xFF == PAIRS:
            if flags & HAS_ATTRIBUTES:
                self.value()
            tag = self.value() if flags & HAS_TAG else None
            found[tag] = self.value()
            flags = self.integer()
        return found

    def seen_symbol(self, number: int) -> Any:
        """Look up a name that was written before."""
        if not 1 <= number <= len(self.symbols):
            raise ValueError(
                f"at byte {self.place} is name {number}, but {len(self.symbols)} have been written"
            )
        return self.symbols[number - 1]

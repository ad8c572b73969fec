"""What can be found: emoji, or the pictures in a folder; named and told apart, but not yet read."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from academy.assets.registry import Asset, find
from academy.data.emoji import STYLES, Emoji, all_emoji, drawing
from academy.data.emoji_kinds import emoji_kinds
from academy.data.picture_files import pictures_in
from academy.data.reading import in_quotes, read_content
from academy.foreign import cleaned

EMOJI_SIDE = 96
"""Pixels along a side of what a network sees of an emoji. More cost more and hardly find more: the precision
of EfficientNet-Lite0 is 0.36 at 96, 0.37 at 128 and 0.35 at 160, where each takes 2.4 times as long."""
DRAWN_SIDE = 192
"""Pixels along a side of a drawing: twice as many, so that it is sharp where it is shown."""
PHOTO_SIDE = 224
"""Pixels along a side of what a network sees of a reader's picture: as in its training."""
LONGEST_NAME = 80
"""Characters of a name that are shown."""


class Reference(Protocol):
    """A picture that can be found."""

    @property
    def key(self) -> str:
        """Tells it from all others of its set, also the next time."""

    @property
    def name(self) -> str:
        """What a person calls it, on one line."""

    @property
    def full_name(self) -> str:
        """What a table calls it: whole, and no other's."""

    @property
    def label(self) -> str | None:
        """Its kind, where it is known."""

    def stamp(self) -> str:
        """Say in what state it is, without reading it: another stamp, perhaps another picture."""

    def content(self) -> bytes:
        """Read the bytes of its file.

        Raises:
            Unreadable: If that cannot be done.
        """


@dataclass(frozen=True)
class Drawing:
    """An emoji as one style draws it."""

    emoji: Emoji
    style: str
    label: str | None

    @property
    def key(self) -> str:
        """Style and character."""
        return f"{self.style}/{self.emoji.code}"

    @property
    def name(self) -> str:
        """Name and style."""
        return f"{self.emoji.name} ({self.style})"

    @property
    def full_name(self) -> str:
        """The same."""
        return self.name

    def stamp(self) -> str:
        """Name the files that it is drawn from."""
        files = find(f"emoji-{self.style}").files
        return " ".join([str(DRAWN_SIDE), *(file.sha256 for file in files)])

    def content(self) -> bytes:
        """Draw it."""
        return drawing(self.emoji, self.style, DRAWN_SIDE)


@dataclass(frozen=True)
class PictureFile:
    """A file in a folder of the reader's."""

    path: Path
    inner: Path
    """The same, seen from the folder."""

    @cached_property
    def key(self) -> str:
        """The path in the folder, as valid text."""
        return os.fsencode(self.inner).decode("utf-8", "backslashreplace")

    @property
    def name(self) -> str:
        """The path in the folder, as it can be shown."""
        return cleaned(self.inner.as_posix(), LONGEST_NAME)

    @property
    def full_name(self) -> str:
        """The path in the folder."""
        return self.key

    @property
    def label(self) -> str | None:
        """The sub-folder that it lies in."""
        return cleaned(self.inner.parts[0], LONGEST_NAME) if len(self.inner.parts) > 1 else None

    def stamp(self) -> str:
        """Give size and time of change."""
        try:
            status = self.path.stat()
        except OSError:  # gone meanwhile, as reading it will say
            return ""
        return f"{status.st_size} {status.st_mtime_ns}"

    def content(self) -> bytes:
        """Read it."""
        return read_content(self.path, self.name)


@dataclass(frozen=True)
class References:
    """A reference set."""

    items: Sequence[Reference]
    what: str
    """What they are, after their number, as in "emoji in four drawing styles"."""
    side: int
    """Pixels along a side of what a network sees of them."""
    shelf: str
    """The folder in the cache that is theirs."""
    closed: tuple[str, ...] = ()
    """A sentence for each sub-folder that could not be looked into."""
    credits: str = ""
    """Who drew them, and under which licenses they are shown."""


def emoji_references() -> References:
    """List all emoji in four drawing styles; the label of those of the twelve kinds is their kind.

    Raises:
        AssetUnavailable: If one of the sets cannot be had.
    """
    kinds = {each: kind for kind, things in emoji_kinds().items() for each in things}
    items = [Drawing(each, style, kinds.get(each)) for style in STYLES for each in all_emoji()]
    drawers = ". ".join(f"{each.title} ({each.attribution}; {each.license})" for each in drawn_by())
    what = "emoji in four drawing styles"
    return References(items, what, EMOJI_SIDE, "emoji", credits=f"{drawers}.")


def drawn_by() -> list[Asset]:
    """Return what is known of the four sets of drawings."""
    return [find(f"emoji-{style}") for style in STYLES]


def kind_references() -> References:
    """List the emoji of the twelve kinds alone.

    Raises:
        AssetUnavailable: If one of the sets cannot be had.
    """
    kinds = emoji_kinds().items()
    items = [Drawing(each, style, kind) for style in STYLES for kind, things in kinds for each in things]
    return References(items, "emoji of twelve kinds", EMOJI_SIDE, "emoji-kinds")


def folder_references(folder: Path) -> References:
    """List the pictures in a folder and below it; the label is the name of the sub-folder.

    Raises:
        NoPictures: As of ``pictures_in``.
    """
    root, paths, closed = pictures_in(folder)
    items = [PictureFile(path, path.relative_to(root)) for path in paths]
    place = f"folder-{sha256(os.fsencode(root)).hexdigest()[:16]}"
    named = f"pictures in the folder {in_quotes(root.name or str(root))}"
    return References(sorted(items, key=lambda item: item.key), named, PHOTO_SIDE, place, tuple(closed))

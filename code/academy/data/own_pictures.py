"""The pictures that somebody brings in a folder, read, and what was left out."""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from PIL import Image

from academy.data.picture_files import NoPictures, pictures_in
from academy.data.reading import Unreadable, in_quotes, read_picture

LONGEST_SIDE = 640
"""Pixels; larger pictures are made smaller, so that a folder of photos stays small in memory."""
MOST_SENTENCES = 3
"""Sentences on pictures that were left out; of more, their number is said."""

Made = TypeVar("Made")


class MadeOfPictures(NamedTuple, Generic[Made]):
    """What was made of each picture of a folder."""

    made: list[Made]
    names: list[str]
    """Of the files, in the order of their paths."""
    source: str
    """What they are, and what was left out, for a page to print."""


class OwnPictures(NamedTuple):
    """Pictures as a person sees them."""

    pictures: list[Image.Image]
    """In RGB, upright, no side longer than ``LONGEST_SIDE``."""
    names: list[str]
    """Of the files, in the order of their paths."""
    source: str
    """What they are, and what was left out, for a page to print."""


def own_pictures(folder: str | Path) -> OwnPictures:
    """Read the pictures in a folder and below it; ``source`` says which cannot be read, and why.

    Raises:
        NoPictures: If the folder is not there, may not be read, or holds no picture that can be read.
    """
    return OwnPictures(*made_of_each(folder, smaller))


def smaller(picture: Image.Image) -> Image.Image:
    """Shrink a picture whose longest side is too long, keeping its shape."""
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def made_of_each(folder: str | Path, make: Callable[[Image.Image], Made]) -> MadeOfPictures[Made]:
    """Read each picture in a folder and below it, and keep what is made of it.

    Args:
        folder: Where they are.
        make: Gets a picture in RGB, turned upright.

    Raises:
        NoPictures: If the folder is not there, may not be read, or holds no picture that can be read.
    """
    root, paths, left_out = pictures_in(Path(folder))
    found = list[tuple[str, Made]]()
    for path in paths:
        try:
            found.append((path.name, make(read_picture(path))))
        except Unreadable as error:
            left_out.append(str(error))
    sentences = " ".join(left_out[:MOST_SENTENCES])
    if not found:
        raise NoPictures(f"None of the pictures could be read. {sentences}")
    if (more := len(left_out) - MOST_SENTENCES) > 0:
        sentences += f" {more:,} more were left out."
    source = f"{len(found):,} of {len(paths):,} pictures in the folder {in_quotes(root.name)}. {sentences}"
    return MadeOfPictures([each for _, each in found], [name for name, _ in found], source.rstrip())

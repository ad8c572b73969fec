"""The pictures in a folder and below it, found but not yet read."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from academy.data.reading import START, SUFFIXES, in_quotes, is_heif, is_picture


class NoPictures(ValueError):
    """A folder gives no picture; the text is a sentence for the person who named it."""


class PictureFiles(NamedTuple):
    """What a folder gives."""

    root: Path
    """The folder, its path resolved."""
    paths: list[Path]
    """The files, in the order of their names."""
    closed: list[str]
    """A sentence for each folder below it that could not be looked into."""


def pictures_in(folder: Path) -> PictureFiles:
    """Find the pictures in a folder and below it.

    A file counts by its first bytes or by the end of its name. Left out are what is hidden, and links that
    lead out of the folder; links to folders are not followed.

    Raises:
        NoPictures: If the folder is not there, may not be read, or holds no picture.
    """
    root, closed = known_folder(folder), list[str]()
    paths = sorted(picture_files(root, closed))
    if not paths:
        raise NoPictures(
            f"The folder {in_quotes(str(folder))} holds no picture, nor does a folder below it. Put pictures "
            "into it (JPEG, PNG, WebP, GIF, BMP, TIFF or AVIF), or name another folder."
        )
    return PictureFiles(root, paths, closed)


def known_folder(folder: Path) -> Path:
    """Find a folder, and make sure that it may be read.

    Raises:
        NoPictures: If it is not there, is no folder, or may not be read.
    """
    called = in_quotes(str(folder))
    try:
        root = folder.expanduser().resolve()
        if not root.exists():
            raise NoPictures(f"There is no folder {called}. Look at how its name is written.")
        if not root.is_dir():
            raise NoPictures(f"{called} is a file, not a folder. Name the folder that it lies in.")
        os.scandir(root).close()
    except (OSError, RuntimeError) as error:  # no rights; no such user, a ring of links
        why = getattr(error, "strerror", None) or error
        raise NoPictures(
            f"The folder {called} cannot be read ({why}). Allow reading it, or name another folder."
        ) from error
    return root


def picture_files(root: Path, closed: list[str]) -> Iterator[Path]:
    """Walk through a folder.

    Args:
        root: The folder, its path resolved.
        closed: Gets a sentence for each folder below it that cannot be looked into.
    """

    def tell(error: OSError) -> None:
        inner = in_quotes(os.path.relpath(error.filename, root))
        closed.append(f"The folder {inner} was left out: it cannot be read ({error.strerror}).")

    for place, folders, files in os.walk(root, onerror=tell):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(place, name) for name in files if not name.startswith("."))
        yield from (path for path in paths if is_inside(path, root) and claims_to_be_picture(path))


def is_inside(path: Path, root: Path) -> bool:
    """Tell whether a file is no link that leads out of a folder."""
    try:
        return not path.is_symlink() or path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # it leads nowhere, or round in a ring
        return False


def claims_to_be_picture(path: Path) -> bool:
    """Tell whether a file begins as a picture does, or is called like one."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe would wait forever
            return False
        if path.suffix.lower() in SUFFIXES:
            return True
        with path.open("rb") as file:
            start = file.read(START)
        return is_picture(start) or is_heif(start)
    except OSError:  # neither its name nor its content says that it is a picture
        return False

"""Folders of the cache: what is written or removed there is reached through no link, so it is not outside."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from academy.assets import settings
from academy.assets.errors import CacheError


def is_inside(place: Path) -> bool:
    """Tell whether a place in the cache folder is where its name says, with no link on the way."""
    root = settings.cache_folder()
    try:
        return place.resolve() == root.resolve() / place.relative_to(root)
    except (OSError, RuntimeError, ValueError):  # too long a name, a ring of links, a name that no disk takes
        return False


def expect_folder(folder: Path) -> None:
    """Refuse a folder of the cache, made or still to be made, that a link or a file keeps from being there.

    Raises:
        OSError: If it does; the message is a sentence.
    """
    if not is_inside(folder):
        raise OSError(
            errno.ELOOP, f"{folder} leads elsewhere through a link, which nothing is written through"
        )
    standing = next(each for each in (folder, *folder.parents) if os.path.lexists(each))
    if not standing.is_dir():
        raise OSError(errno.ENOTDIR, f"{standing} is a file, where a folder must be")


def make_folder(folder: Path) -> None:
    """Make a folder of the cache, if it is not there.

    Raises:
        OSError: If a link or a file is in its way, or the disk refuses.
    """
    expect_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)


def expect_readable() -> None:
    """Refuse a cache folder that is there and is none, or may not be read.

    Raises:
        CacheError: If so; the message says what can be done.
    """
    root = settings.cache_folder()
    try:
        with suppress(FileNotFoundError), os.scandir(root):
            pass
    except OSError as error:
        raise CacheError(
            f"the cache folder {root} cannot be read: {error.strerror}. Allow reading there, "
            f"or choose another folder with {settings.CACHE_VARIABLE}."
        ) from error


def remove_empty(folder: Path, top: Path) -> list[Path]:
    """Remove a folder if it is empty, then the one that holds it, up to and with ``top``.

    Returns:
        What was removed.
    """
    removed = []
    with suppress(OSError):
        for each in (folder, *folder.parents):
            if not each.is_relative_to(top):
                break
            each.rmdir()
            removed.append(each)
    return removed


def size(folder: Path) -> int:
    """Count the bytes in a folder that changes while it is read."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += Path(place, name).lstat().st_size
    return total

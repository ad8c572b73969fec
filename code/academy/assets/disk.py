"""What a disk says when it does not take an asset, as a sentence."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from academy.assets import settings
from academy.assets.errors import CacheError

FULL = (errno.ENOSPC, errno.EDQUOT)
"""Errors of a disk, or of a user's share of it, that takes no more."""


@contextmanager
def writing(name: str, size: int) -> Iterator[None]:
    """Turn an error of the disk into a sentence that names the cache folder.

    Args:
        name: The asset that is written.
        size: Its bytes.
    """
    try:
        yield
    except OSError as error:
        raise CacheError(
            f"“{name}” ({size / 1e6:.1f} MB) cannot be written to the cache folder "
            f"{settings.cache_folder()}: {reason(error)}. Make room or allow writing there, "
            f"or choose another folder with {settings.CACHE_VARIABLE}."
        ) from error


def reason(error: OSError) -> str:
    """Say what a disk did not like, and where."""
    said = error.strerror or str(error)
    place = f" ({error.filename})" if error.filename else ""
    return f"{'the disk is full: ' if error.errno in FULL else ''}{said}{place}"


def full_disk(messages: str) -> OSError | None:
    """Recognize in a client's messages that it found the disk full."""
    for code in FULL:
        if os.strerror(code).lower() in messages.lower() or errno.errorcode[code] in messages:
            return OSError(code, os.strerror(code))
    return None


def expect_room(size: int) -> None:
    """Refuse to begin where the disk cannot hold an asset of so many bytes and the archive it comes in."""
    free, needed = shutil.disk_usage(settings.cache_folder()).free, 2 * size
    if free < needed:
        raise OSError(errno.ENOSPC, f"{free / 1e6:.1f} MB are free and {needed / 1e6:.1f} MB needed")

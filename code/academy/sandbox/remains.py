"""Reads what a stranger's program left: a file, no link, device or pipe, and no more than is expected."""

import os
import stat
from pathlib import Path


class NotRead(ValueError):
    """What is there is no file that may be read; the message says why."""


def file_left(path: Path, largest: int) -> bytes:
    """Read a file.

    Args:
        path: Where it should be.
        largest: Bytes that it may have.

    Raises:
        FileNotFoundError: If nothing is there.
        NotRead: If it is a link, or something else than a file, or larger.
    """
    try:
        # Without following a link, and without waiting for a writer where the name is a pipe.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            content = file.read(largest + 1) if regular else None
    except FileNotFoundError:
        raise
    except OSError as error:
        raise NotRead(f"{path.name} cannot be opened: {error.strerror}") from None
    if content is None:
        raise NotRead(f"{path.name} is no regular file")
    if len(content) > largest:
        raise NotRead(f"{path.name} has more than {largest:,} bytes")
    return content

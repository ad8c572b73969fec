"""The files of a hand-in, from a folder or a zip archive: no link is followed, nothing read without limit."""

import os
import stat
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from academy.compete.refused import Refused

LARGEST_ARCHIVE = 2_000_000
"""Bytes of a zip archive."""


def read_files(place: Path, largest: Mapping[str, int]) -> dict[str, bytes]:
    """Read the files of a hand-in.

    Args:
        place: A folder, or a zip archive with the files at its top or in one folder.
        largest: How many bytes each file may have, by its name.

    Returns:
        The bytes of each file, by its name.

    Raises:
        Refused: If there is no such place, or a file is missing, too large, a link, or damaged.
    """
    if place.is_symlink():
        raise Refused(f"{place.name} is a link; hand in the folder itself")
    if place.is_dir():
        return {name: regular_file(place / name, limit) for name, limit in largest.items()}
    if place.suffix == ".zip":
        return archived_files(regular_file(place, LARGEST_ARCHIVE), largest)
    raise Refused(f"{place.name} is neither a folder nor a .zip archive")


def regular_file(path: Path, largest: int) -> bytes:
    """Read one file that is no link, no device and not too large."""
    try:
        # Without following a link, and without waiting for a writer where the name is a pipe.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise Refused(f"there is no {path.name}") from None
    except OSError:
        why = "is a link" if path.is_symlink() else "cannot be opened"
        raise Refused(f"{path.name} {why}; hand in the file itself") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Refused(f"{path.name} is no file")
    with os.fdopen(descriptor, "rb") as file:
        return limited(path.name, file.read(largest + 1), largest)


def archived_files(archive: bytes, largest: Mapping[str, int]) -> dict[str, bytes]:
    """Read the files out of a zip archive that is in memory."""
    try:
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            return {name: archived_file(opened, name, limit) for name, limit in largest.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refused(f"the zip archive cannot be read: {error}") from None


def archived_file(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """Read one file out of an open archive, unpacking no more than is allowed."""
    paths = [(PurePosixPath(info.filename), info) for info in archive.infolist()]
    found = [info for path, info in paths if path.name == name and len(path.parts) <= 2]
    if len(found) != 1:
        raise Refused(f"the zip archive holds {len(found)} files {name} at its top or in one folder, not one")
    with archive.open(found[0]) as file:
        return limited(name, file.read(largest + 1), largest)


def limited(name: str, content: bytes, largest: int) -> bytes:
    """Return what was read, refusing more than is allowed, or nothing."""
    if not content:
        raise Refused(f"{name} is empty")
    if len(content) > largest:
        raise Refused(f"{name} has more than {largest:,} bytes, the most that is read")
    return content

"""The files of a hand-in, from a folder or a zip archive: no link is followed, nothing read without limit."""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from academy.atomic import atomic_write
from academy.compete.refused import Refused, a_few

ROOM_IN_ARCHIVE = 1_000_000
"""Bytes that a zip archive may have beyond those of the files that are read."""
MOST_ARCHIVED = 1000
"""Files in an archive; each costs memory before it is looked at."""
ARCHIVED_ENTRY = b"PK\x01\x02"
"""How each file's entry in an archive's directory begins."""

PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those of which no more is unpacked than is asked for; bzip2 and LZMA unpack gigabytes at once."""
ENCRYPTED = 1
"""The bit of an archived file's flags."""

DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError)
"""What reading a damaged archive raises."""

Limits = Mapping[str, int]
"""How many bytes a file may have, by its name."""


def read_files(place: Path, largest: Limits, one_of: Limits = MappingProxyType({})) -> dict[str, bytes]:
    """Read the files of a hand-in.

    Args:
        place: A folder, or a zip archive with the files at its top or in one folder.
        largest: The files that it must have.
        one_of: Files of which it must have exactly one.

    Returns:
        The bytes of each file, by its name.

    Raises:
        Refused: If there is no such place, or a file is missing, too large, a link, or damaged.
    """
    if place.is_symlink():
        raise Refused(f"{place.name} is a link; hand in the folder itself")
    if place.is_dir():
        there = [name for name in one_of if os.path.lexists(place / name)]
        wanted = {**largest, **only(there, one_of, (each.name for each in place.iterdir()))}
        return {name: regular_file(place / name, limit) for name, limit in wanted.items()}
    if is_archive(place):
        limit = sum(largest.values()) + max(one_of.values(), default=0) + ROOM_IN_ARCHIVE
        return archived_files(regular_file(place, limit), largest, one_of)
    raise Refused(f"{place.name} is neither a folder nor a .zip archive")


def is_archive(place: Path) -> bool:
    """Tell whether a hand-in is, by its name, a zip archive."""
    return place.suffix.lower() == ".zip"


def only(there: Sequence[str], one_of: Limits, all_names: Iterable[str]) -> Limits:
    """Return the one file that is there, of those of which exactly one is asked for."""
    if one_of and len(there) != 1:
        found = " and ".join(there) or f"none of them, but {a_few(all_names)}"
        raise Refused(f"a hand-in has exactly one of {', '.join(one_of)}; here is {found}")
    return {name: one_of[name] for name in there}


def regular_file(path: Path, largest: int) -> bytes:
    """Read one file that is no link, no device and not too large."""
    try:
        # Without following a link, and without waiting for a writer where the name is a pipe.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise Refused(f"there is no {path.name}{instead(path)}") from None
    except OSError:
        why = "is a link" if path.is_symlink() else "cannot be opened"
        raise Refused(f"{path.name} {why}; hand in the file itself") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Refused(f"{path.name} is no file")
    with os.fdopen(descriptor, "rb") as file:
        return limited(path.name, file.read(largest + 1), largest)


def instead(path: Path) -> str:
    """Say what a file is called whose name is almost right, or what else is there."""
    names = sorted(each.name for each in path.parent.iterdir())
    same = [name for name in names if name.lower() == path.name.lower()]
    return f"; it is called {a_few(same)}" if same else f", but {a_few(names)}"


def archived_files(archive: bytes, largest: Limits, one_of: Limits) -> dict[str, bytes]:
    """Read the files out of a zip archive that is in memory."""
    if archive.count(ARCHIVED_ENTRY) > MOST_ARCHIVED:
        raise Refused(f"the zip archive holds more than {MOST_ARCHIVED} files")
    try:
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            there = [name for name in one_of if places_in(opened, name)]
            wanted = {**largest, **only(there, one_of, opened.namelist())}
            return {name: archived_file(opened, name, limit) for name, limit in wanted.items()}
    except DAMAGES as error:
        raise Refused(f"the zip archive cannot be read: {error}") from None


def archived_file(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """Read one file out of an open archive, unpacking no more than is allowed."""
    found = places_in(archive, name)
    if not found:
        raise Refused(f"the zip archive has no {name} at its top or in one folder{instead_in(archive, name)}")
    if len(found) > 1:
        raise Refused(f"the zip archive holds {len(found)} files {name} at its top or in one folder, not one")
    info = found[0]
    if info.flag_bits & ENCRYPTED:
        raise Refused(f"{name} in the zip archive is encrypted; pack it without a password")
    if info.compress_type not in PACKINGS:
        raise Refused(f"{name} in the zip archive is packed by a method other than deflate; pack it by that")
    with archive.open(info) as file:
        content = limited(name, file.read(largest + 1), largest)
    if len(content) != info.file_size:
        raise Refused(
            f"{name} in the zip archive has {len(content):,} bytes, and {info.file_size:,} by the directory; "
            "pack it anew"
        )
    return content


def places_in(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """Find the files of a name at an archive's top or in one folder, which Windows ends with a backslash."""
    paths = [(PurePosixPath(info.filename.replace("\\", "/")), info) for info in archive.infolist()]
    return [info for path, info in paths if path.name == name and len(path.parts) <= 2]


def instead_in(archive: zipfile.ZipFile, name: str) -> str:
    """Say what a file in an archive is called that should be at its top, or what else is there."""
    names = [name for name in archive.namelist() if not name.startswith("__MACOSX")]
    same = [each for each in names if each.replace("\\", "/").lower().endswith(f"/{name}".lower())]
    return f"; it is called {a_few(same)}" if same else f", but {a_few(names)}"


def limited(name: str, content: bytes, largest: int) -> bytes:
    """Return what was read, refusing more than is allowed, or nothing."""
    if not content:
        raise Refused(f"{name} is empty")
    if len(content) > largest:
        raise Refused(f"{name} has more than {largest:,} bytes, the most that is read")
    return content


def write_files(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files of a hand-in, each whole or not at all; make the folder if it is absent."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        atomic_write(folder / name, content)
    return folder

"""Take named files out of an archive, and nothing else.

No member's name is ever used as a path: the wanted names are looked up in the archive, and each is
copied to the place that the registry gives it. So an archive cannot write anywhere else, whatever
its members are called; links count as absent.
"""

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, cast

from academy.assets.errors import SourceFailed
from academy.assets.sources.base import File

BLOCK = 1 << 20
LARGEST_INNER_ARCHIVE = 1 << 30
DAMAGE = (tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError)


def extract(
    archive: Path, files: Sequence[File], target: Path, folder: str = "", suffix: str = "", within: str = ""
) -> None:
    """Copy an asset's files out of a zip or tar archive.

    Args:
        archive: The archive; its kind is told from its content.
        files: What to take.
        target: Where each file goes, under its registered path.
        folder: Path in the archive in front of each file's path.
        suffix: Behind each file's path in the archive; ``.gz`` is unpacked on the way.
        within: Member that is itself the archive which holds the files.

    Raises:
        SourceFailed: If the archive is damaged, lacks a file, or a file is longer than registered.
    """
    try:
        if within:
            archive = take_inner(archive, within)
        with opened(archive) as member:
            for file in files:
                with member(inside(folder, file.path) + suffix) as stream:
                    store(stream, target / file.path, file.bytes, compressed=suffix == ".gz")
    except DAMAGE as error:
        raise SourceFailed(f"{archive.name} is damaged: {error}") from error


def take_inner(archive: Path, name: str) -> Path:
    """Copy an archive out of an archive, next to it."""
    inner = archive.with_name(f"inner-{Path(name).name}")
    with opened(archive) as member, member(name) as stream:
        store(stream, inner, LARGEST_INNER_ARCHIVE)
    return inner


def inside(folder: str, path: str) -> str:
    """Put a folder in front of a path, if there is one."""
    return f"{folder}/{path}" if folder else path


@contextmanager
def opened(archive: Path) -> Iterator[Callable[[str], IO[bytes]]]:
    """Open an archive for reading its regular files by name."""
    with zipfile.ZipFile(archive) if zipfile.is_zipfile(archive) else tarfile.open(archive) as content:
        members = regular_files(content)

        def member(name: str) -> IO[bytes]:
            if name not in members:
                raise SourceFailed(f"{archive.name} holds no regular file {name}")
            return members[name]()

        yield member


def regular_files(content: zipfile.ZipFile | tarfile.TarFile) -> dict[str, Callable[[], IO[bytes]]]:
    """Map the name of each regular file in an archive to a way of opening it."""
    if isinstance(content, zipfile.ZipFile):
        return {name: partial(content.open, name) for name in content.namelist() if not name.endswith("/")}
    files = (member for member in content if member.isreg())
    return {file.name.removeprefix("./"): partial(regular_file, content, file) for file in files}


def regular_file(content: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """Open a member of a tar archive that is known to be a regular file."""
    return cast(IO[bytes], content.extractfile(member))


def store(stream: IO[bytes], target: Path, most: int, compressed: bool = False) -> None:
    """Write a stream to a file.

    Args:
        stream: What to write.
        target: The new file; its folder is made.
        most: Bytes that the file may have.
        compressed: Whether the stream is gzip and shall be unpacked.

    Raises:
        SourceFailed: If the stream is longer than ``most``.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(stream) if compressed else stream as content, target.open("wb") as copy:
        while block := content.read(BLOCK):
            copy.write(block)
            if copy.tell() > most:
                raise SourceFailed(f"{target.name} is longer than the {most:,} bytes registered")

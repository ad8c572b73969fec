"""Take named files out of an archive, and nothing else.

No member's name is ever used as a path: the wanted names are looked up in the archive, and each is
copied to the place that the registry gives it. So an archive cannot write anywhere else, whatever
its members are called; links count as absent.
"""

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, cast

from academy.assets.errors import SourceFailed
from academy.assets.sources.base import File
from academy.foreign import cleaned

BLOCK = 1 << 20
GZIP = b"\x1f\x8b"
"""How a gzip file begins."""
DAMAGE = (
    *(tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, ValueError, OverflowError, RuntimeError),  # the last for what is encrypted or packed unknown
)
LONGEST_REASON = 200
"""Characters that are repeated of what is said about a damaged archive."""


def extract(
    archive: Path,
    files: Sequence[File],
    target: Path,
    most: int,
    folder: str = "",
    suffix: str = "",
    within: str = "",
) -> None:
    """Copy an asset's files out of a zip or tar archive.

    Args:
        archive: The archive; its kind is told from its content.
        files: What to take.
        target: Where each file goes, under its registered path.
        most: Bytes that the archive may have, unpacked.
        folder: Path in the archive in front of each file's path.
        suffix: Behind each file's path in the archive; ``.gz`` is unpacked on the way.
        within: Member that is itself the archive which holds the files.

    Raises:
        SourceFailed: If the archive is damaged, too long, lacks a file, or a file is longer than registered.
    """
    with told_as_damage(archive.name):
        if within:
            archive = take_inner(archive, within, most)
        with opened(archive, most) as member:
            for file in files:
                with member(inside(folder, file.path) + suffix) as stream:
                    store(stream, target / file.path, file.bytes, compressed=suffix == ".gz")


def copy(arrived: Path, target: Path, most: int, compressed: bool = False) -> None:
    """Copy a loose file, as ``store`` does.

    Raises:
        SourceFailed: If it is damaged, or longer than ``most``.
    """
    with told_as_damage(arrived.name), arrived.open("rb") as stream:
        store(stream, target, most, compressed)


@contextmanager
def told_as_damage(name: str) -> Iterator[None]:
    """Turn what the standard library raises for a damaged archive into a sentence."""
    try:
        yield
    except DAMAGE as error:
        raise SourceFailed(f"{name} is damaged: {cleaned(str(error), LONGEST_REASON)}") from error


def take_inner(archive: Path, name: str, most: int) -> Path:
    """Copy an archive out of an archive, next to it."""
    inner = archive.with_name(f"inner-{Path(name).name}")
    with opened(archive, most) as member, member(name) as stream:
        store(stream, inner, most)
    return inner


def inside(folder: str, path: str) -> str:
    """Put a folder in front of a path, if there is one."""
    return f"{folder}/{path}" if folder else path


@contextmanager
def opened(archive: Path, most: int) -> Iterator[Callable[[str], IO[bytes]]]:
    """Open an archive for reading its regular files by name."""
    with ExitStack() as stack:
        content: zipfile.ZipFile | tarfile.TarFile
        if zipfile.is_zipfile(archive):
            content = stack.enter_context(zipfile.ZipFile(archive))
        else:
            unpacked = stack.enter_context(open_unpacked(archive, most))
            content = stack.enter_context(tarfile.open(fileobj=unpacked, mode="r:"))
        members = regular_files(content)

        def member(name: str) -> IO[bytes]:
            if name not in members:
                raise SourceFailed(f"{archive.name} holds no regular file {name}")
            return members[name]()

        yield member


def open_unpacked(archive: Path, most: int) -> IO[bytes]:
    """Open a file for reading, and unpack it on the way if it is gzip."""
    with archive.open("rb") as file:
        is_gzip = file.read(len(GZIP)) == GZIP
    return cast(IO[bytes], BoundedGzip(archive, most)) if is_gzip else archive.open("rb")


class BoundedGzip(gzip.GzipFile):
    """A gzip file that unpacks no more than it may, whoever reads it."""

    def __init__(self, archive: Path, most: int) -> None:
        super().__init__(archive, "rb")
        self.most = most

    def read(self, size: int | None = -1) -> bytes:
        """Read so many bytes, or all there are."""
        left = self.most - self.tell()
        content = super().read(left + 1 if size is None or size < 0 else min(size, left + 1))
        self.expect(self.tell())
        return content

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, unpacking what is before it."""
        self.expect(offset)
        return super().seek(offset, whence)

    def expect(self, place: int) -> None:
        """Refuse a place behind the end of what may be unpacked."""
        if place > self.most:
            raise SourceFailed(
                f"it is {place:,} bytes or more when unpacked, beyond the {self.most:,} allowed"
            )


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

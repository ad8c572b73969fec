"""An SQLite file that keeps what was made of each picture of a set: a cache, begun anew when damaged."""

import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from academy.assets.disk import reason
from academy.assets.errors import CacheError
from academy.assets.settings import CACHE_VARIABLE

TABLE = """
CREATE TABLE IF NOT EXISTS pictures (
    key TEXT PRIMARY KEY, stamp TEXT NOT NULL, digest TEXT NOT NULL,
    value BLOB NOT NULL, fault TEXT NOT NULL, checksum INTEGER NOT NULL
)
"""
SELECT = "SELECT key, stamp, digest, value, fault, checksum FROM pictures"
OF_THE_DISK = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
)
"""Errors that say nothing against the file itself."""


class Row(NamedTuple):
    """What is known of a picture."""

    stamp: str
    """Its state when it was read."""
    digest: str
    """The hash of its bytes."""
    value: bytes
    """What was made of it; nothing where it could not be read."""
    fault: str
    """Why it could not be read, as a sentence; nothing where it could."""

    @property
    def checksum(self) -> int:
        """By which damage is found out."""
        return zlib.crc32(self.value)


class Shelf:
    """Rows by the key of their picture. Only one process at a time may have it open; see ``index.py``."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self.connection = path, connection

    def rows(self) -> dict[str, Row]:
        """Read all rows that are whole."""
        with telling_disk_errors(self.path):
            found = self.connection.execute(SELECT)
            return {key: row for key, *rest, checksum in found if (row := Row(*rest)).checksum == checksum}

    def put(self, rows: Mapping[str, Row]) -> None:
        """Write rows, all or none."""
        with telling_disk_errors(self.path), self.connection:
            self.connection.executemany(
                "INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?, ?)",
                [(key, *row, row.checksum) for key, row in rows.items()],
            )

    def drop(self, keys: Iterable[str]) -> None:
        """Remove rows, all or none."""
        with telling_disk_errors(self.path), self.connection:
            self.connection.executemany("DELETE FROM pictures WHERE key = ?", [(key,) for key in keys])


@contextmanager
def opened_shelf(path: Path) -> Iterator[Shelf]:
    """Open a shelf, new where there is none. One that is damaged is named on standard error, and begun anew.

    Args:
        path: The SQLite file; its folder exists.

    Raises:
        CacheError: If the disk does not allow it; so do the methods of the shelf.
    """
    with telling_disk_errors(path):
        try:
            connection = connected(path)
        except sqlite3.DatabaseError as error:
            if is_of_the_disk(error):
                raise
            print(f"The index {path} is damaged ({error}). It is made again.", file=sys.stderr)
            for part in (path, path.with_name(f"{path.name}-journal")):
                part.unlink(missing_ok=True)
            connection = connected(path)
    try:
        yield Shelf(path, connection)
    finally:
        connection.close()


def connected(path: Path) -> sqlite3.Connection:
    """Open an SQLite file, and look through all of it.

    Raises:
        sqlite3.DatabaseError: If it is damaged, or holds something else.
    """
    connection = sqlite3.connect(path)
    try:
        connection.execute(TABLE)
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise sqlite3.DatabaseError(said)
        connection.execute(SELECT)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def telling_disk_errors(path: Path) -> Iterator[None]:
    """Turn an error of the disk into a sentence that names the file."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise CacheError(
            f"The index {path} cannot be kept: {why}. Make room or allow writing there, or choose another "
            f"cache folder with {CACHE_VARIABLE}."
        ) from error


def is_of_the_disk(error: sqlite3.Error) -> bool:
    """Tell whether an error has to do with the disk, rather than with what is in the file."""
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in OF_THE_DISK  # the rest of the code says more

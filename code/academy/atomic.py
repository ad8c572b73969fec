"""Files that are there whole or not at all, whoever else writes them at the same time."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Give a name beside a file under which it can be written; it takes the file's place when all went well.

    Args:
        path: The file to make or replace; its folder exists.

    Yields:
        A name that no other process uses, with the same suffix. Nothing stands there afterwards, whatever
        happens.
    """
    unfinished = path.with_name(f".partial-{secrets.token_hex(4)}-{path.name}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def atomic_write(path: Path, content: str | bytes) -> None:
    """Write a file, whole or not at all.

    Args:
        path: The file to make or replace; its folder exists.
        content: Bytes, or text that is written as UTF-8.
    """
    with atomic_path(path) as unfinished:
        unfinished.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder beside a place; it comes there when all went well.

    Args:
        path: Where nothing is, or an empty folder; what is around it exists.

    Yields:
        A folder that no other process uses. It is gone afterwards, whatever happens.

    Raises:
        OSError: If something is at the place by then; that is left as it is.
    """
    unfinished = path.with_name(f".partial-{secrets.token_hex(4)}-{path.name}")
    unfinished.mkdir()
    try:
        yield unfinished
        if path.is_dir():
            path.rmdir()  # fails unless it is empty
        unfinished.rename(path)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)

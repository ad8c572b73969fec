"""One fetch of an asset at a time, among all processes that share a cache folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from academy.assets import settings
from academy.assets.disk import writing
from academy.assets.errors import CacheError
from academy.assets.folders import make_folder
from academy.assets.registry import Asset

LOCKS = ".locks"


@contextmanager
def only_one_process(asset: Asset) -> Iterator[None]:
    """Keep every other process from bringing the same asset at the same time."""
    patience = settings.time_limit(asset.bytes) * len(asset.sources)
    with writing(asset.name, asset.bytes):
        lock = filelock.FileLock(lock_of(asset.name), timeout=patience)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise CacheError(
                f"another process has been bringing “{asset.name}” for {patience:.0f} s; "
                f"end it and try again (it holds {lock.lock_file})"
            ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def held_if_free(name: str) -> Iterator[bool]:
    """Hold an asset's lock, and tell whether that went well: not while a process brings the asset."""
    lock = filelock.FileLock(lock_of(name), timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def lock_of(name: str) -> Path:
    """Name the file that a process locks while it brings an asset."""
    place = settings.cache_folder() / LOCKS / f"{name}.lock"
    make_folder(place.parent)
    return place

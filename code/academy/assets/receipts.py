"""What is in the cache, and in what state it was when it was last read.

An asset lives in a folder of its own name. A receipt remembers the size, time and SHA-256 of each of its
files when they were last hashed, so that a later visit need not read them again.
"""

import hashlib
import json
import time
from contextlib import suppress
from pathlib import Path

from academy.assets import settings
from academy.assets.registry import Asset
from academy.assets.sources import File
from academy.atomic import atomic_write

RECEIPTS = ".receipts"

PAUSE_AFTER_FAILURE = 3600
"""Seconds."""


def folder_of(asset: Asset) -> Path:
    """Name the folder of an asset in the cache, whether or not it is there."""
    return settings.cache_folder() / asset.name


def is_present(asset: Asset) -> bool:
    """Tell whether every file is there and unchanged since it was hashed, without reading it."""
    remembered = receipt(asset)
    return all(remembered.get(file.path) == state(asset, file) for file in asset.files)


def damaged(asset: Asset) -> list[Path]:
    """Hash an asset's files in the cache; remember it when all are right, forget it otherwise.

    Returns:
        The files that are missing or differ from the registry.
    """
    places = {file: folder_of(asset) / file.path for file in asset.files}
    wrong = [place for file, place in places.items() if not place.is_file() or sha256(place) != file.sha256]
    with suppress(OSError):  # a read-only cache can still be read
        receipt_of(asset).unlink(missing_ok=True) if wrong else remember(asset)
    return wrong


def sha256(place: Path) -> str:
    """Hash a file's content."""
    with place.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def receipt_of(asset: Asset) -> Path:
    """Name the receipt of an asset."""
    return settings.cache_folder() / RECEIPTS / f"{asset.name}.json"


def receipt(asset: Asset) -> dict[str, list[str | int]]:
    """Read what was remembered of each file: SHA-256, size, time. Nothing when it cannot be read."""
    try:
        remembered = json.loads(receipt_of(asset).read_text())
    except (OSError, ValueError):
        return {}
    return remembered if isinstance(remembered, dict) else {}


def remember(asset: Asset) -> None:
    """Write down the state of files that were just hashed."""
    place = receipt_of(asset)
    place.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(place, json.dumps({file.path: state(asset, file) for file in asset.files}, indent=1))


def state(asset: Asset, file: File) -> list[str | int]:
    """Describe a file in the cache without reading it; empty when it is missing."""
    try:
        status = (folder_of(asset) / file.path).stat()
    except OSError:
        return []
    return [file.sha256, status.st_size, status.st_mtime_ns]


def failed_lately(name: str) -> bool:
    """Tell whether no source delivered an asset within the last hour."""
    try:
        return time.time() - failure_of(name).stat().st_mtime < PAUSE_AFTER_FAILURE
    except OSError:
        return False


def note_failure(name: str) -> None:
    """Remember that no source delivered an asset, if any was asked."""
    if not settings.is_offline():
        with suppress(OSError):
            failure_of(name).parent.mkdir(parents=True, exist_ok=True)
            failure_of(name).touch()


def failure_of(name: str) -> Path:
    """Name the file whose time is that of the last failure."""
    return settings.cache_folder() / RECEIPTS / f"{name}.failed"

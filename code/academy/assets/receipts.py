"""What is in the cache, and in what state it was when it was last read.

An asset lives in a folder of its own name. A receipt remembers the size, time and SHA-256 of each of its
files when they were last hashed, so that a later visit need not read them again. It also says what a
fetch brought, now or for an earlier version of the asset: what no receipt names is the user's own.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from academy.assets import settings
from academy.assets.folders import expect_folder, is_inside, make_folder
from academy.assets.registry import Asset, stays_inside
from academy.assets.sources.base import File
from academy.atomic import atomic_write

State: TypeAlias = list[str | int]
"""SHA-256, size in bytes, time in nanoseconds."""

RECEIPTS = ".receipts"

LARGEST_RECEIPT = 1_000_000
"""Bytes; a longer one was not written here."""

PAUSE_AFTER_FAILURE = 3600
"""Seconds."""


def folder_of(name: str) -> Path:
    """Name the folder of an asset in the cache, whether or not it is there."""
    return settings.cache_folder() / name


def is_present(asset: Asset) -> bool:
    """Tell whether every file is there and unchanged since it was hashed, without reading it."""
    remembered, folder = receipt(asset.name), folder_of(asset.name)
    return all(remembered.get(file.path) == state(file, folder) for file in asset.files)


def is_absent(asset: Asset) -> bool:
    """Tell whether none of an asset's files is there."""
    return not any(os.path.lexists(folder_of(asset.name) / file.path) for file in asset.files)


def damaged(asset: Asset) -> list[Path]:
    """Hash an asset's files in the cache; remember those that are right, forget the others.

    Returns:
        The files that are missing, cannot be read, or differ from the registry.
    """
    folder = folder_of(asset.name)
    right = [file for file in asset.files if has(folder / file.path, file.sha256)]
    with suppress(OSError):  # a read-only cache can still be read
        remember(asset, right, folder)
    return [folder / file.path for file in asset.files if file not in right]


def has(place: Path, sum_of_content: str) -> bool:
    """Tell whether a regular file is there, can be read, and has a SHA-256."""
    try:
        return place.is_file() and sha256(place) == sum_of_content
    except OSError:
        return False


def sha256(place: Path) -> str:
    """Hash a file's content."""
    with place.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def receipt_of(name: str) -> Path:
    """Name the receipt of an asset."""
    return settings.cache_folder() / RECEIPTS / f"{name}.json"


def receipt(name: str) -> dict[str, State]:
    """Read what was remembered of each file. Nothing when that is not as it is written here."""
    place = receipt_of(name)
    try:
        if not is_inside(place) or not place.is_file() or place.stat().st_size > LARGEST_RECEIPT:
            return {}
        remembered = json.loads(place.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return remembered if is_receipt(remembered) else {}


def is_receipt(remembered: object) -> bool:
    """Tell whether something says what a receipt says, and of files in the asset's folder alone."""
    return isinstance(remembered, dict) and all(
        stays_inside(path) and is_state(state) for path, state in remembered.items()
    )


def is_state(value: object) -> bool:
    """Tell whether a value is a SHA-256, a size and a time."""
    match value:
        case [str(), int(), int()]:
            return True
    return False


def remember(asset: Asset, files: Iterable[File], folder: Path) -> None:
    """Write down the state of files that were just hashed, and keep what earlier versions brought.

    Args:
        asset: What the files belong to.
        files: Those that are right; of the others nothing is remembered.
        folder: Where they lie now.
    """
    registered = {file.path for file in asset.files}
    earlier = {path: was for path, was in receipt(asset.name).items() if path not in registered}
    write_receipt(asset.name, earlier | {file.path: state(file, folder) for file in files})


def write_receipt(name: str, remembered: dict[str, State]) -> None:
    """Replace an asset's receipt; one of nothing is removed."""
    place = receipt_of(name)
    expect_folder(place.parent)
    if remembered:
        make_folder(place.parent)
        atomic_write(place, json.dumps(remembered, indent=1))
    else:
        place.unlink(missing_ok=True)


def state(file: File, folder: Path) -> State:
    """Describe a file in a folder without reading it; empty when it is missing."""
    try:
        status = (folder / file.path).stat()
    except OSError:
        return []
    return [file.sha256, status.st_size, status.st_mtime_ns]


def failed_lately(name: str) -> bool:
    """Tell whether no source delivered an asset within the last hour."""
    try:
        return 0 <= time.time() - failure_of(name).stat().st_mtime < PAUSE_AFTER_FAILURE
    except OSError:
        return False


def note_failure(name: str) -> None:
    """Remember that no source delivered an asset, if any was asked."""
    if not settings.is_offline():
        with suppress(OSError):
            make_folder(failure_of(name).parent)
            if is_inside(failure_of(name)):
                failure_of(name).touch()


def failure_of(name: str) -> Path:
    """Name the file whose time is that of the last failure."""
    return settings.cache_folder() / RECEIPTS / f"{name}.failed"

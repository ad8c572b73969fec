"""Clear away what fetches brought and nobody needs any more, and nothing else.

A file counts as brought when a receipt names it and it has the SHA-256 that the receipt says: anything
else in the cache is the user's own. Receipts and folders may have been put there by anybody, so no link
is followed, and a folder goes only when it is empty.
"""

from collections.abc import Iterator
from pathlib import Path

from academy.assets import settings
from academy.assets.arrivals import ARRIVING, clear
from academy.assets.disk import reason
from academy.assets.errors import CacheError
from academy.assets.folders import expect_readable, is_inside, remove_empty
from academy.assets.locks import held_if_free
from academy.assets.receipts import RECEIPTS, folder_of, has, receipt, receipt_of, write_receipt
from academy.assets.registry import NAME, assets


def prune() -> list[Path]:
    """Remove what the registry no longer names, and what fetches left that were killed.

    Returns:
        What was removed.

    Raises:
        CacheError: If the cache folder cannot be read or changed.
    """
    expect_readable()
    try:
        return [*abandoned_arrivals(), *needless_files()]
    except OSError as error:
        raise CacheError(
            f"the cache folder {settings.cache_folder()} cannot be pruned: {reason(error)}. "
            f"Allow reading and writing there."
        ) from error


def abandoned_arrivals() -> Iterator[Path]:
    """Clear the arrival folders into which no process brings anything any more."""
    for place in entries(ARRIVING):
        with held_if_free(place.name) as free:
            if free and clear(place):
                yield place


def needless_files() -> Iterator[Path]:
    """Remove what receipts name and the registry does not."""
    for written in entries(RECEIPTS, ".json"):
        with held_if_free(written.stem) as free:
            if free:
                yield from needless_files_of(written.stem)


def needless_files_of(name: str) -> Iterator[Path]:
    """Remove what one asset's receipt names and the registry does not."""
    remembered, asset = receipt(name), assets().get(name)
    wanted = {file.path for file in asset.files} if asset else set()
    needless = {path: state for path, state in remembered.items() if path not in wanted}
    for path, (sha256, *_) in needless.items():
        place = folder_of(name) / path
        if is_inside(place) and has(place, str(sha256)):
            place.unlink()
            yield place
        if is_inside(place.parent):
            yield from remove_empty(place.parent, folder_of(name))
    if needless:
        write_receipt(name, {path: state for path, state in remembered.items() if path in wanted})
        if not receipt_of(name).exists():
            yield receipt_of(name)


def entries(name: str, suffix: str = "") -> list[Path]:
    """List what a folder of the cache holds under the names of assets, links left out."""
    folder = settings.cache_folder() / name
    if not is_inside(folder) or not folder.is_dir():
        return []
    named = [place for place in sorted(folder.iterdir()) if NAME.fullmatch(place.name.removesuffix(suffix))]
    return [place for place in named if place.name.endswith(suffix) and is_inside(place)]

"""The cache folder: every file in it under its final name has been verified."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from academy.assets import settings
from academy.assets.errors import AssetUnavailable, CacheError, SourceFailed
from academy.assets.progress import bar
from academy.assets.receipts import (
    RECEIPTS,
    damaged,
    failed_lately,
    folder_of,
    is_present,
    note_failure,
    remember,
    sha256,
)
from academy.assets.registry import Asset, assets, find
from academy.assets.sources import Deadline, File, Source

ARRIVING = ".arriving"
LOCKS = ".locks"


def fetch(name: str) -> Path:
    """Bring an asset into the cache, unless it is there.

    Args:
        name: As in the registry.

    Returns:
        A folder that holds the asset's verified files, each under its registered path.

    Raises:
        UnknownAsset: If no asset has this name.
        AssetUnavailable: If no source delivered it; the message says why, and what can be done.
        CacheError: If the cache folder cannot be written.
    """
    asset = find(name)
    if not is_present(asset) and damaged(asset):
        with only_one_process(asset):
            if damaged(asset):
                bring(asset)
    return folder_of(asset)


def fetch_best(*names: str) -> str:
    """Bring the first of several assets that can be had.

    One that could not be had is not asked for again within an hour, so that a page without network
    does not wait at each run.

    Args:
        names: Best first.

    Returns:
        The name of the asset that is now in the cache.

    Raises:
        AssetUnavailable: If the last one cannot be had either.
    """
    for name in names[:-1]:
        if is_present(find(name)) or not failed_lately(name):
            try:
                fetch(name)
            except AssetUnavailable:
                note_failure(name)
            else:
                return name
    fetch(names[-1])
    return names[-1]


def bring(asset: Asset) -> None:
    """Ask the sources in turn until one has delivered the asset."""
    failures = []
    for source in asset.sources:
        try:
            return bring_from(source, asset)
        except SourceFailed as failure:
            failures.append(f"{source.describe()}: {failure}")
    raise AssetUnavailable(complaint(asset, failures))


def bring_from(source: Source, asset: Asset) -> None:
    """Let one source deliver, verify what it brought, and only then give the files their final names."""
    if source.needs_network and settings.is_offline():
        raise SourceFailed(f"not asked, because {settings.OFFLINE_VARIABLE} is set")
    with writing(asset), arriving(asset) as (target, scratch):
        expect_room(asset)
        source.fetch(asset.files, target, scratch, Deadline(settings.time_limit(asset.bytes)))
        for file in asset.files:
            check(file, target / file.path)
        for file in asset.files:
            place = folder_of(asset) / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            (target / file.path).replace(place)
        remember(asset)


def expect_room(asset: Asset) -> None:
    """Refuse to begin where the disk cannot hold the asset and the archive it comes in."""
    free, needed = shutil.disk_usage(settings.cache_folder()).free, 2 * asset.bytes
    if free < needed:
        raise OSError(errno.ENOSPC, f"{free / 1e6:.1f} MB are free and {needed / 1e6:.1f} MB needed")


def check(file: File, place: Path) -> None:
    """Compare a file that arrived with what the registry says of it."""
    if not place.is_file():
        raise SourceFailed(f"brought no {file.path}")
    if (size := place.stat().st_size) != file.bytes:
        raise SourceFailed(f"brought {file.path} with {size:,} bytes instead of {file.bytes:,}")
    if (found := sha256(place)) != file.sha256:
        raise SourceFailed(f"brought {file.path} with SHA-256 {found} instead of {file.sha256}")


@contextmanager
def arriving(asset: Asset) -> Iterator[tuple[Path, Path]]:
    """Give two empty folders, for what arrives and for scratch, and clear them away afterwards."""
    place = settings.cache_folder() / ARRIVING / asset.name
    shutil.rmtree(place, ignore_errors=True)  # left by a process that was killed
    target, scratch = place / "files", place / "scratch"
    try:
        target.mkdir(parents=True)
        scratch.mkdir()
        with bar(asset, place):
            yield target, scratch
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def writing(asset: Asset) -> Iterator[None]:
    """Turn an error of the disk into a sentence that names the cache folder."""
    try:
        yield
    except OSError as error:
        raise CacheError(
            f"“{asset.name}” ({asset.bytes / 1e6:.1f} MB) cannot be written to the cache folder "
            f"{settings.cache_folder()}: {error.strerror or error}. Make room or allow writing there, "
            f"or choose another folder with {settings.CACHE_VARIABLE}."
        ) from error


@contextmanager
def only_one_process(asset: Asset) -> Iterator[None]:
    """Keep every other process from bringing the same asset at the same time."""
    patience = settings.time_limit(asset.bytes) * len(asset.sources)
    with writing(asset):
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


def prune() -> list[Path]:
    """Remove what the registry no longer names, and what fetches left that were killed.

    Only folders that a fetch made are touched: a cache folder that also holds other things loses
    none of them.

    Returns:
        What was removed.
    """
    removed = [place for place in (settings.cache_folder() / ARRIVING).glob("*") if is_abandoned(place)]
    for written in (settings.cache_folder() / RECEIPTS).glob("*.json"):
        folder = settings.cache_folder() / written.stem
        if asset := assets().get(written.stem):
            wanted = {folder / file.path for file in asset.files}
            removed += [place for place in folder.rglob("*") if place.is_file() and place not in wanted]
        else:
            removed += [folder, written]
    for place in removed:
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    return removed


def is_abandoned(place: Path) -> bool:
    """Tell whether no process brings anything into an arrival folder any more."""
    try:
        with filelock.FileLock(lock_of(place.name), timeout=0):
            return True
    except filelock.Timeout:
        return False


def lock_of(name: str) -> Path:
    """Name the file that a process locks while it brings an asset."""
    place = settings.cache_folder() / LOCKS / f"{name}.lock"
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def complaint(asset: Asset, failures: list[str]) -> str:
    """Tell the reader which sources were tried, why each failed, and what can be done."""
    command, cache = f"`academy assets fetch {asset.name}`", settings.cache_folder()
    if settings.is_offline():
        advice = (
            f"It is not in the cache. Unset {settings.OFFLINE_VARIABLE} so that it can be fetched, or copy "
            f"the cache folder of a machine where {command} went well to {cache}."
        )
    else:
        advice = (
            f"Check the connection and run {command} again; on a slow line, allow more seconds with "
            f"{settings.TIME_LIMIT_VARIABLE}."
        )
    return "\n".join(
        [
            f"“{asset.name}” ({asset.title}, {asset.bytes / 1e6:.1f} MB) could not be fetched:",
            *(f"  - {failure}" for failure in failures),
            advice,
            f"Or put its files into {folder_of(asset)} by hand; the page “Data and models” lists them.",
        ]
    )

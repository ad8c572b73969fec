"""The cache folder: every file in it under its final name has been verified."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from academy.assets import settings
from academy.assets.arrivals import arriving
from academy.assets.disk import expect_room, writing
from academy.assets.errors import AssetUnavailable, SourceFailed
from academy.assets.folders import expect_folder, make_folder, remove_empty
from academy.assets.locks import only_one_process
from academy.assets.receipts import (
    damaged,
    failed_lately,
    folder_of,
    is_present,
    note_failure,
    remember,
    sha256,
)
from academy.assets.registry import Asset, find
from academy.assets.sources.base import File, Limits, Source


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
            if wrong := damaged(asset):
                bring(asset, wrong)
    return folder_of(asset.name)


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


def bring(asset: Asset, wrong: Sequence[Path]) -> None:
    """Ask the sources in turn until one has delivered the asset.

    Args:
        asset: What to bring.
        wrong: Its files in the cache that are missing or damaged.
    """
    failures = []
    for source in asset.sources:
        try:
            return bring_from(source, asset, wrong)
        except SourceFailed as failure:
            failures.append(f"{source.describe()}: {failure}")
    raise AssetUnavailable(complaint(asset, failures))


def bring_from(source: Source, asset: Asset, wrong: Sequence[Path]) -> None:
    """Let one source deliver, verify what it brought, and only then give the files their final names."""
    if source.needs_network and settings.is_offline():
        raise SourceFailed(f"not asked, because {settings.OFFLINE_VARIABLE} is set")
    with writing(asset.name, asset.bytes):
        for place in wrong:
            expect_folder(place.parent)
        with arriving(asset) as (target, scratch):
            expect_room(asset.bytes)
            limits = Limits(settings.time_limit(asset.bytes), settings.size_limit(asset.bytes))
            source.fetch(asset.files, target, scratch, limits)
            for file in asset.files:
                check(file, target / file.path)
            settle(asset, target, wrong)


def settle(asset: Asset, target: Path, wrong: Sequence[Path]) -> None:
    """Give verified files their final names, all or none."""
    remember(asset, asset.files, target)  # first, so that all that is moved is known to be ours
    with ExitStack() as undo:
        for place in wrong:
            make_folder(place.parent)
            undo.callback(remove_empty, place.parent, folder_of(asset.name))
            (target / place.relative_to(folder_of(asset.name))).replace(place)
            undo.callback(place.unlink)
        undo.pop_all()


def check(file: File, place: Path) -> None:
    """Compare a file that arrived with what the registry says of it."""
    if place.is_symlink() or not place.is_file():
        raise SourceFailed(f"brought no {file.path}")
    if (size := place.stat().st_size) != file.bytes:
        raise SourceFailed(f"brought {file.path} with {size:,} bytes instead of {file.bytes:,}")
    if (found := sha256(place)) != file.sha256:
        raise SourceFailed(f"brought {file.path} with SHA-256 {found} instead of {file.sha256}")


def complaint(asset: Asset, failures: list[str]) -> str:
    """Tell the reader which sources were tried, why each failed, and what can be done."""
    command, cache = f"`academy assets fetch {asset.name}`", settings.cache_folder()
    if settings.is_offline():
        advice = (
            f"It is not in the cache. Unset {settings.OFFLINE_VARIABLE} so that it can be fetched, or copy "
            f"the cache folder of a machine where {command} went well to {cache}."
        )
    else:
        through = settings.proxies()
        connection = f"connection, which goes through the proxy {through}," if through else "connection"
        advice = (
            f"Check the {connection} and run {command} again; on a slow line, allow more seconds with "
            f"{settings.TIME_LIMIT_VARIABLE}."
        )
    return "\n".join(
        [
            f"“{asset.name}” ({asset.title}, {asset.bytes / 1e6:.1f} MB) could not be fetched:",
            *(f"  - {failure}" for failure in failures),
            advice,
            f"Or put its files into {folder_of(asset.name)} by hand; the page “Data and models” lists them.",
        ]
    )

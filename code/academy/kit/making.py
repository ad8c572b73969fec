"""Makes a kit: a folder that is there whole or not at all."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from academy.assets import receipts, registry
from academy.assets.registry import Asset
from academy.atomic import atomic_folder
from academy.kit import serve, start_page, wheels
from academy.kit.chapters import NOTEBOOKS, SLIDES, Chapter, chapters_of
from academy.kit.errors import KitError

SITE, ASSETS, WHEELS = "site", "assets", "wheels"
PROGRAM = Path(serve.__file__).name
SHOWN = 3
"""Files that a refusal names."""


@dataclass(frozen=True)
class Kit:
    """What was made."""

    files: int
    bytes: int
    without_pdf: list[str]
    """Chapters whose slides were not printed."""


def make(book: Path, site: Path, folder: Path, with_wheels: bool = False) -> Kit:
    """Put the course into one folder.

    Args:
        book: A checkout of the book.
        site: The site built from it.
        folder: Where to; new, empty, or an earlier kit, which is replaced.
        with_wheels: Whether pip shall bring what notebooks need, for systems like this one.

    Returns:
        What was made.

    Raises:
        KitError: If something is missing or damaged, or the folder holds something else.
    """
    folder = folder.absolute()
    wheels.expect_checkout(book)
    chapters = chapters_of(site)
    packaged = [asset for asset in registry.assets().values() if asset.is_packaged]
    expect_whole(packaged)
    if folder.resolve().is_relative_to(site.resolve()):
        raise KitError(f"{folder} lies in the site that is copied; name a folder elsewhere.")
    expect_replaceable(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with replacing(folder) as unfinished:
            return fill(unfinished, book, site, chapters, packaged, with_wheels)
    except OSError as error:
        raise KitError(
            f"The kit cannot be written to {folder}: {error.strerror or error}. Nothing of it was kept. "
            "Make room there, or name a folder that can be made anew."
        ) from error


def fill(
    folder: Path, book: Path, site: Path, chapters: list[Chapter], assets: list[Asset], with_wheels: bool
) -> Kit:
    """Fill an empty folder; the list of all files is written last."""
    shutil.copytree(site, folder / SITE)
    copy_files(site, folder / NOTEBOOKS, [each.notebook for each in chapters])
    copy_files(site, folder / SLIDES, [each.pdf for each in chapters if each.pdf])
    for asset in assets:
        copy_asset(asset, folder / ASSETS)
    (folder / WHEELS).mkdir()
    wheel = wheels.build(book, folder / WHEELS)
    if with_wheels:
        wheels.download(book, wheel)
    shutil.copyfile(serve.__file__, folder / PROGRAM)
    shutil.copyfile(book / "LICENSE", folder / "LICENSE")
    page = start_page.write(chapters, wheel.name, sizes(folder), with_wheels)
    (folder / serve.START).write_text(page, encoding="utf-8")
    sums = write_sums(folder)
    expect_registered(assets, sums)
    unprinted = [each.name for each in chapters if each.deck and not each.pdf]
    return Kit(len(sums), sum(sizes(folder).values()), unprinted)


def expect_whole(assets: list[Asset]) -> None:
    """Refuse to begin where data or weights are missing or damaged."""
    wrong = [asset for asset in assets if receipts.damaged(asset)]
    if wrong:
        sized = ", ".join(f"{asset.name} ({asset.bytes / 1e6:.1f} MB)" for asset in wrong)
        raise KitError(
            f"{len(wrong)} of {len(assets)} assets are missing from the cache, or damaged: {sized}. "
            f"Bring them first: academy assets fetch {' '.join(asset.name for asset in wrong)}"
        )


def expect_replaceable(folder: Path) -> None:
    """Refuse a place that holds anything but an earlier kit, as it was made."""
    if folder.exists() and not folder.is_dir():
        raise KitError(f"{folder} is a file; name a folder that is new or empty.")
    held = {*files_in(folder)}
    sums = sums_of_kit(folder) if held else {}
    foreign = held - sums.keys() - ({serve.SUMS} if sums else set())
    own = sorted(foreign or held & {*serve.differing(folder, sums)})
    if own:
        more = " …" if len(own) > SHOWN else ""
        raise KitError(
            f"{folder} holds what no kit put there: {', '.join(own[:SHOWN])}{more}. It stays as it is; "
            "name a folder that is new or empty."
        )


def sums_of_kit(folder: Path) -> dict[str, str]:
    """Read which files a kit holds, with their sums; none if the folder is no kit."""
    try:
        sums = serve.sums_of(folder)
    except (OSError, ValueError):
        return {}
    return sums if {serve.START, PROGRAM, f"{SITE}/{serve.START}"} <= sums.keys() else {}


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder that comes to a place when all went well; an earlier kit there goes then."""
    earlier = folder.with_name(f".earlier-{secrets.token_hex(4)}-{folder.name}")
    try:
        with atomic_folder(folder) as unfinished:
            yield unfinished
            if files_in(folder):
                folder.rename(earlier)
    finally:
        if earlier.exists() and not folder.exists():
            earlier.rename(folder)
        shutil.rmtree(earlier, ignore_errors=True)


def copy_files(site: Path, folder: Path, places: list[str]) -> None:
    """Copy files of the site side by side into a folder, which is made."""
    folder.mkdir()
    for place in places:
        shutil.copyfile(site / place, folder / Path(place).name)


def copy_asset(asset: Asset, folder: Path) -> None:
    """Copy an asset's files, and nothing else that may lie with them in the cache."""
    for file in asset.files:
        target = folder / asset.name / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(receipts.folder_of(asset.name) / file.path, target)


def write_sums(folder: Path) -> dict[str, str]:
    """Write the list of all files with their SHA-256, as `sha256sum --check` reads it.

    Returns:
        The list: by each file's path, its sum.
    """
    sums = {name: serve.sha256(folder / name) for name in files_in(folder)}
    lines = "".join(f"{found}  {name}\n" for name, found in sums.items())
    (folder / serve.SUMS).write_text(lines, encoding="utf-8")
    return sums


def expect_registered(assets: list[Asset], sums: dict[str, str]) -> None:
    """Refuse copies that are not what the registry says, as a failing disk makes them."""
    for asset in assets:
        for file in asset.files:
            if sums[f"{ASSETS}/{asset.name}/{file.path}"] != file.sha256:
                raise KitError(f"The copy of {asset.name}/{file.path} is damaged: try another disk.")


def files_in(folder: Path) -> list[str]:
    """Name all files below a folder by their paths in it, in order; links among them."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    )


def sizes(folder: Path) -> dict[str, int]:
    """Count the bytes of what lies in a folder: by the name of each file or folder in it."""
    counted: dict[str, int] = {}
    for name in files_in(folder):
        top = name.partition("/")[0]
        counted[top] = counted.get(top, 0) + (folder / name).stat().st_size
    return counted

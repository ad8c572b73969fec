"""The command ``academy assets``: list, fetch, verify, find and clear away the book's data and weights."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from academy.assets import cache, copies, pruning, receipts, registry
from academy.assets.errors import AssetError
from academy.assets.folders import expect_readable
from academy.assets.registry import Asset
from academy.foreign import cleaned

ABSENT = 3
"""Exit status of a command that needs an asset which is not in the cache."""
LONGEST_PLACE = 300
"""Characters of a place that are shown, whose name somebody else may have chosen."""

app = typer.Typer(help="Data and weights: fetch them, verify them, find them.", no_args_is_help=True)

Names = Annotated[list[str] | None, typer.Argument(help="Names of assets.", show_default=False)]
Copy = Annotated[
    str | None,
    typer.Option("--from", help="A folder that academy kit made, or the address under which it is served."),
]


@app.command("list")
def list_assets() -> None:
    """List every asset, its size, and whether it is in the cache."""
    expect_cache()
    table = Table("name", "MB", "in cache", "what", box=None)
    for asset in registry.assets().values():
        here = "yes" if receipts.is_present(asset) else "–"
        table.add_row(asset.name, f"{asset.bytes / 1e6:.1f}", here, asset.title)
    Console().print(table)


@app.command()
def fetch(names: Names = None, copy: Copy = None) -> None:
    """Bring assets into the cache; without names, all that package indexes alone can deliver."""
    failed = False
    for asset in chosen(names) or packaged():
        with reported() as problems:
            place = copies.fetch_from(copy, asset.name) if copy else cache.fetch(asset.name)
            print(f"{asset.name}: {place}")
        failed = failed or bool(problems)
    end(failed)


@app.command()
def verify(names: Names = None) -> None:
    """Hash files of the cache again; a damaged one is named, and the next fetch replaces it.

    Exit 0 if all that is there is good, 1 if something is damaged, 3 if a named asset is not in the cache.
    """
    expect_cache()
    asked = chosen(names) or list(registry.assets().values())
    absent = [asset for asset in asked if receipts.is_absent(asset)]
    wrong = [place for asset in asked if asset not in absent for place in verified(asset)]
    if names:
        for asset in absent:
            tell_absent(asset)
    elif absent:
        print(f"not in the cache: {len(absent)} of {len(asked)} assets")
    end(bool(wrong))
    end(bool(names and absent), ABSENT)


def verified(asset: Asset) -> list[Path]:
    """Hash an asset, say how it fared, and name the files that are not good."""
    wrong = receipts.damaged(asset)
    for place in wrong:
        print(f"damaged, missing or unreadable: {place}", file=sys.stderr)
    if not wrong:
        print(f"{asset.name}: good")
    return wrong


@app.command()
def path(name: Annotated[str, typer.Argument(help="Name of the asset.")]) -> None:
    """Print the folder that holds an asset; exit 3 if it is not in the cache."""
    expect_cache()
    (asset,) = chosen([name])
    if not receipts.is_present(asset):
        tell_absent(asset)
        end(True, ABSENT)
    print(receipts.folder_of(asset.name))


@app.command()
def prune() -> None:
    """Remove what fetches brought and the registry no longer names, and what killed fetches left."""
    with reported() as problems:
        for place in pruning.prune():
            print(f"removed {cleaned(str(place), LONGEST_PLACE)}")
    end(bool(problems))


def tell_absent(asset: Asset) -> None:
    """Say that an asset is not in the cache, and what brings it."""
    print(
        f"“{asset.name}” is not in the cache; `academy assets fetch {asset.name}` brings it", file=sys.stderr
    )


def expect_cache() -> None:
    """End the command where the cache folder cannot be read."""
    with reported() as problems:
        expect_readable()
    end(bool(problems))


def chosen(names: list[str] | None) -> list[Asset]:
    """Look assets up by name; an unknown name ends the command."""
    with reported() as problems:
        found = [registry.find(name) for name in names or []]
    end(bool(problems))
    return found


def packaged() -> list[Asset]:
    """Name the assets that package indexes alone can deliver."""
    return [asset for asset in registry.assets().values() if asset.is_packaged]


@contextmanager
def reported() -> Iterator[list[AssetError]]:
    """Print an asset's error as its sentence, and go on."""
    problems: list[AssetError] = []
    try:
        yield problems
    except AssetError as error:
        problems.append(error)
        print(error, file=sys.stderr)


def end(failed: bool, status: int = 1) -> None:
    """End the command, with an exit status other than zero, when something failed."""
    if failed:
        raise typer.Exit(status)

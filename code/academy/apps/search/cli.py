"""The command ``academy app search``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy.apps.commands import Export, Port, Share, told, write_space

if TYPE_CHECKING:
    from academy.apps.search.choosing import Choice


def search(
    folder: Annotated[
        Path | None, typer.Option(help="Pictures of your own to find; without it, emoji in four styles.")
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            help="What compares words and pictures: emoji, open_clip:NAME or open_clip:NAME:PRETRAINED."
        ),
    ] = "emoji",
    port: Port = None,
    share: Share = False,
    export: Export = None,
) -> None:
    """Find pictures by words, by a picture or both, and sort them into classes that you name.

    The page is on this machine and loads nothing from another. A folder of your own pictures is indexed
    once; after that, only what has changed. The weights of OpenCLIP's models come from the Hugging Face
    hub. Ends with 2 if something asked for cannot be, with 3 if weights or emoji cannot be had.
    """
    if export and folder:
        raise typer.BadParameter(
            "an exported app finds emoji; pictures of your own stay on this machine. Leave out --folder."
        )
    with told():
        from academy.apps.search.choosing import chosen

        choice = chosen(model)
        if export:
            from academy.apps.search.space import space

            write_space(space(choice.open_clip), export)
        else:
            open_page(folder, choice, port, share)


def open_page(folder: Path | None, choice: "Choice", port: int | None, share: bool) -> None:
    """Index what is to be found, and serve the page until it is interrupted."""
    from academy.apps.page import expect_free, serve
    from academy.apps.search.engine import open_engine
    from academy.apps.search.page import build

    expect_free(port)
    if share and folder:
        print(f"Everybody with the public address sees small copies of {folder}, and names of its files.")
    serve(build(open_engine(folder, choice.load)), port, share)

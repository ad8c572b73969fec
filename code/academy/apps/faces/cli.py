"""The command ``academy app faces``."""

from typing import TYPE_CHECKING, Annotated

import typer

from academy.apps.commands import Export, Port, Share, told, write_space
from academy.lessons.lesson5.cli import HERE, Folder

if TYPE_CHECKING:
    from academy.apps.faces.collection import Collection


def faces(
    run: Annotated[
        str | None, typer.Option(help="The run to begin with; by default the most recent one.")
    ] = None,
    folder: Folder = HERE,
    port: Port = None,
    share: Share = False,
    export: Export = None,
) -> None:
    """Move faces with sliders: drawn at random, or one of your own.

    Takes the runs that academy faces train made; where there is none, one of drawn faces, which ships
    with the package. The page is on this machine and loads nothing from another. Ends with 2 if something
    asked for cannot be.
    """
    with told():
        from academy.apps.faces.collection import Collection

        collection = Collection(folder, run)
        if export:
            from academy.apps.faces.space import space

            write_space(space(collection), export)
        else:
            open_page(collection, port, share)


def open_page(collection: "Collection", port: int | None, share: bool) -> None:
    """Serve the page until it is interrupted."""
    from academy.apps.faces.page import build
    from academy.apps.page import expect_free, serve

    expect_free(port)
    if share and len(collection.names) > 1:
        print(
            f"Everybody with the public address can use the runs in {collection.folder}, and see their names."
        )
    serve(build(collection), port, share)

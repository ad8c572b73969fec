"""The command ``academy app similar``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from academy.assets.errors import AssetError


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
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="By default the first free one from 7860 on.")
    ] = None,
    share: Annotated[
        bool, typer.Option("--share", help="Ask Gradio for a public address, through its servers.")
    ] = False,
    export: Annotated[
        Path | None, typer.Option(help="Write the app as a folder for Hugging Face Spaces, and end.")
    ] = None,
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
    try:
        if export:
            write_space(export, backbone)
        else:
            open_page(folder, backbone, port, share)
    except ImportError as missing:
        raise typer.BadParameter(
            f"the app needs {missing.name}, which is not installed: pip install gradio, "
            "or pip install 'pa-academy[apps]'"
        ) from None
    except AssetError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(3) from None


def open_page(folder: Path | None, names: list[str] | None, port: int | None, share: bool) -> None:
    """Index what is to be found, and serve the page until it is interrupted."""
    from academy.apps.page import expect_free, serve
    from academy.apps.similar.backbones import DEFAULT
    from academy.apps.similar.engine import open_engine
    from academy.apps.similar.page import build

    try:
        expect_free(port)
        if share and folder:
            print(f"Everybody with the public address sees small copies of {folder}, and names of its files.")
        serve(build(open_engine(folder, names or DEFAULT)), port, share)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def write_space(folder: Path, names: list[str] | None) -> None:
    """Write the app for Hugging Face Spaces, and say what to do with it."""
    from academy.apps.similar.backbones import DEFAULT
    from academy.apps.similar.space import space
    from academy.apps.spaces import export

    try:
        export(space(names or DEFAULT), folder)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    except OSError as error:
        raise typer.BadParameter(
            f"{folder} cannot be written ({error.strerror or error}); nothing of it was kept. Name another."
        ) from None
    print(
        f"{folder} holds the app. In it, pip install -r requirements.txt and python app.py try it. "
        "To publish it, make a Space and send the folder there: "
        f"hf upload YOUR_NAME/YOUR_SPACE {folder} . --repo-type space"
    )

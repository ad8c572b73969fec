"""What the commands of all apps share: their options, how they end, and what an export says."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy.assets.errors import AssetError

if TYPE_CHECKING:
    from academy.apps.spaces import Space

Port = Annotated[
    int | None, typer.Option(min=1, max=65535, help="By default the first free one from 7860 on.")
]
Share = Annotated[bool, typer.Option("--share", help="Ask Gradio for a public address, through its servers.")]
Export = Annotated[
    Path | None, typer.Option(help="Write the app as a folder for Hugging Face Spaces, and end.")
]


@contextmanager
def told() -> Iterator[None]:
    """End an app's command with a sentence where something is not as it should be."""
    try:
        yield
    except ImportError as missing:
        raise typer.BadParameter(
            f"the app needs {missing.name}, which is not installed: pip install gradio, "
            "or pip install 'pa-academy[apps]'"
        ) from None
    except AssetError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(3) from None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def write_space(space: "Space", folder: Path) -> None:
    """Write an app for Hugging Face Spaces, and say what to do with it."""
    from academy.apps.spaces import export

    try:
        export(space, folder)
    except OSError as error:
        raise typer.BadParameter(
            f"{folder} cannot be written ({error.strerror or error}); nothing of it was kept. Name another."
        ) from None
    print(
        f"{folder} holds the app. In it, pip install -r requirements.txt and python app.py try it. "
        "To publish it, make a Space and send the folder there: "
        f"hf upload YOUR_NAME/YOUR_SPACE {folder} . --repo-type space"
    )

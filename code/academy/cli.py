"""The command ``academy``."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy.apps.faces.cli import faces as play_with_faces
from academy.apps.search.cli import search
from academy.apps.similar.cli import similar
from academy.assets.cli import app as assets
from academy.homework.cli import check
from academy.kit.cli import kit
from academy.lessons.lesson5.cli import app as faces
from academy.terminal import why_unprinted

if TYPE_CHECKING:
    from academy.compete.entries import Entry

app = typer.Typer(help="Tools of the book Deep Learning, from a neuron to CLIP.", no_args_is_help=True)
app.add_typer(assets, name="assets")
app.command()(check)
app.command()(kit)
app.add_typer(faces, name="faces")

apps = typer.Typer(help="Apps: what the lessons teach, on pictures of your own.", no_args_is_help=True)
app.add_typer(apps, name="app")
apps.command()(similar)
apps.command()(search)
apps.command("faces")(play_with_faces)

compete = typer.Typer(help="Competitions: score a hand-in as the leaderboard does.", no_args_is_help=True)
app.add_typer(compete, name="compete")

spiral = typer.Typer(help="The smallest network that separates the spiral.", no_args_is_help=True)
compete.add_typer(spiral, name="spiral")

fashion = typer.Typer(help="The highest accuracy on Fashion-MNIST.", no_args_is_help=True)
compete.add_typer(fashion, name="fashion")

HandIn = Annotated[Path, typer.Argument(help="The hand-in: a folder, or a .zip of one.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result for a program to read.")]


@app.callback()
def academy() -> None:
    """Tools of the book Deep Learning, from a neuron to CLIP."""


@spiral.command("check")
def check_spiral(folder: HandIn, as_json: Json = False) -> None:
    """Score a hand-in: exit 0 if it passed, 1 if it is below, 2 if refused, 3 if this machine failed."""
    from academy.competitions.spiral.scoring import (
        score,  # loads torch, which the other commands do not wait for
    )

    tell(score(folder), as_json)


@fashion.command("check")
def check_fashion(folder: HandIn, as_json: Json = False) -> None:
    """Score a hand-in: exit 0 if it is ranked, 1 if logits alone, 2 if refused, 3 if this machine failed."""
    from academy.assets.errors import AssetError
    from academy.competitions.fashion.scoring import score

    try:
        entry = score(folder)
    except AssetError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(3) from None
    tell(entry, as_json)


def tell(entry: "Entry", as_json: bool) -> None:
    """Print how a hand-in fared, and end with its exit status."""
    if why := why_unprinted(lambda: print(json.dumps(entry.as_json()) if as_json else entry.sentence)):
        print(f"The result could not be printed: {why}.", file=sys.stderr)
        raise typer.Exit(3)
    raise typer.Exit(entry.status.exit_code)


if __name__ == "__main__":
    app()

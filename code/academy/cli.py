"""The command ``academy``."""

import json
from pathlib import Path
from typing import Annotated

import typer

from academy.assets.cli import app as assets
from academy.homework.cli import check

app = typer.Typer(help="Tools of the book Deep Learning, from a neuron to CLIP.", no_args_is_help=True)
app.add_typer(assets, name="assets")
app.command()(check)

compete = typer.Typer(help="Competitions: score a hand-in as the leaderboard does.", no_args_is_help=True)
app.add_typer(compete, name="compete")

spiral = typer.Typer(help="The smallest network that separates the spiral.", no_args_is_help=True)
compete.add_typer(spiral, name="spiral")


@app.callback()
def academy() -> None:
    """Tools of the book Deep Learning, from a neuron to CLIP."""


@spiral.command("check")
def check_spiral(
    folder: Annotated[Path, typer.Argument(help="The hand-in: a folder, or a .zip of one.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result for a program to read.")] = False,
) -> None:
    """Score a hand-in: exit 0 if it passed, 1 if it was scored but is below, 2 if it is refused."""
    from academy.compete.spiral import score  # loads torch, which the other commands do not wait for

    entry = score(folder)
    print(json.dumps(entry.as_json()) if as_json else entry.sentence)
    raise typer.Exit(entry.status.exit_code)


if __name__ == "__main__":
    app()

"""The command ``academy``."""

import typer

from academy.assets.cli import app as assets
from academy.homework.cli import check

app = typer.Typer(help="Tools of the book Deep Learning, from a neuron to CLIP.", no_args_is_help=True)
app.add_typer(assets, name="assets")
app.command()(check)


@app.callback()
def academy() -> None:
    """Tools of the book Deep Learning, from a neuron to CLIP."""


if __name__ == "__main__":
    app()

"""The command ``academy faces``: train autoencoders on faces of any kind, and list what came of them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from academy.assets.errors import AssetError

app = typer.Typer(
    help="Faces: train variational autoencoders on them, and list the runs.", no_args_is_help=True
)


class Loss(StrEnum):
    """What a wrong reconstruction costs."""

    MSE = "mse"
    LOG_MSE = "log-mse"
    PERCEPTUAL = "perceptual"


Folder = Annotated[Path, typer.Option(help="Where runs are.")]
HERE = Path("face-runs")
HEADS = ("run", "data", "latents", "depth", "β", "loss", "epochs", "dB", "KL", "in 8")


@app.command()
def train(
    data: Annotated[
        str, typer.Option(help="avatars (drawn), lfw, celeba, or a folder with pictures of faces.")
    ] = "avatars",
    count: Annotated[
        int | None, typer.Option(help="Faces to take; by default 5,500 drawn ones, 20,000 photos, all files.")
    ] = None,
    beta: Annotated[float, typer.Option(help="Weight of the KL.")] = 1.0,
    latents: Annotated[int, typer.Option(help="Numbers of a code.")] = 64,
    depth: Annotated[int, typer.Option(help="Convolutions each way, 3 to 5.")] = 4,
    loss: Annotated[Loss, typer.Option(help="What a wrong reconstruction costs.")] = Loss.MSE,
    epochs: Annotated[int, typer.Option(help="How often each face is seen.")] = 16,
    seed: Annotated[int, typer.Option(help="Of all random numbers.")] = 0,
    name: Annotated[
        str | None, typer.Option(help="Of the run; by default after the data, with a number if need be.")
    ] = None,
    folder: Folder = HERE,
) -> None:
    """Train a variational autoencoder on faces; the run is a folder of its own.

    The last tenth of the faces, 8 to 500, is kept back to measure on. Stopped, even killed, the same command
    goes on after the last whole epoch. Ends with 2 if something asked for cannot be, with 3 if data cannot
    be had, with 1 if the run cannot be written.
    """
    from academy.lessons.lesson5.project import LOSSES, make_run
    from academy.lessons.lesson5.training import Recipe

    recipe = Recipe(
        latents=latents, beta=beta, loss=LOSSES[loss.value], epochs=epochs, seed=seed, depth=depth
    )
    with told():
        print(f"The run is in {make_run(data, recipe, count, name, folder)}.")


@app.command("list")
def list_runs(folder: Folder = HERE) -> None:
    """List the runs and their figures, the earliest first; damaged ones are named, with what is wrong."""
    from academy.lessons.lesson5.project import LOSSES
    from academy.lessons.lesson5.runs import runs_in

    with told():
        runs, damaged = runs_in(folder)
    if not runs and not damaged:
        print(f"There is no run in {folder}; `academy faces train` makes one.")
    if runs:
        names = {theirs: ours for ours, theirs in LOSSES.items()}
        table = Table(*HEADS, box=None)
        for name, run in runs.items():
            recipe, figures = run.metadata.recipe, run.metadata.figures
            table.add_row(
                Text(name),
                run.metadata.data,
                str(recipe.latents),
                str(recipe.depth),
                f"{recipe.beta:g}",
                names.get(recipe.loss, recipe.loss),
                str(recipe.epochs),
                f"{figures.psnr:.1f}",
                f"{figures.kl:.0f}",
                f"{figures.share_8:.0%}",
            )
        Console().print(table)
        print("dB and KL (nats) are of faces kept back; in 8: share of the codes' variance in 8 components.")
    for error in damaged:
        print(error, file=sys.stderr)


@contextmanager
def told() -> Iterator[None]:
    """End the command with a sentence where something is not as it should be."""
    try:
        yield
    except KeyboardInterrupt:
        end("Stopped; the same command goes on after the last whole epoch.", 130)
    except AssetError as error:
        end(str(error), 3)
    except ValueError as error:
        end(str(error), 2)
    except OSError as error:
        end(
            f"{error.filename or 'The run'} cannot be written or read: {error.strerror or error}. "
            "Mend this, and give the same command again; nothing trained is lost.",
            1,
        )


def end(sentence: str, status: int) -> None:
    """Say why, and end."""
    print(sentence, file=sys.stderr)
    raise typer.Exit(status)

"""The reference entries: five classifiers of clothes, each trained from scratch and from a fixed seed.

`python train.py lenet` trains one of them, `python train.py` all five; interrupted, it goes on after the last
whole epoch. All five take about an hour of one core. What is handed in comes from seed 0, fixed before any
test image was looked at. `--seeds 3` trains from three seeds and records how much they differ. On one machine
a seed gives the same net again; another processor rounds differently.

`python train.py --held-out` trains on the first 50,000 training images, the trials below too, records the
accuracy on the last 10,000, and hands nothing in. It chose the recipes of the linear net, the MLP and LeNet.
The residual net was tried so when its test accuracy was known already.
"""

import platform
import shutil
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from academy.competitions.fashion.packing import pack
from academy.data.augmentation import cutout, random_affine, random_horizontal_flip
from academy.data.images import ImageData, Labeled, fashion_mnist
from academy.learn.batches import shuffled_batches
from academy.learn.checkpoints import Checkpoint
from academy.learn.classification import Transform, evaluate, train_classifier
from academy.learn.hooks import stepping
from academy.learn.schedules import one_cycle
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import Row, code_of, file_of, read_sweep, write_sweep
from academy.nets.classifiers import CLASSIFIERS
from torch import nn
from torch.optim import SGD, Adam, Optimizer
from torch.optim.lr_scheduler import LambdaLR

HERE = Path(__file__).parent
SCRIPT = "https://github.com/agasy18/pa-academy-ai-2025/blob/main/lessons/competitions/fashion/train.py"

MACHINE = f"one thread, {platform.machine()}"
BATCH_SIZE = 250
HELD_OUT = 10_000
EPOCH_SEEDS = 1000
"""The random numbers of each epoch have a seed of their own: one that goes on takes the same course."""


@dataclass(frozen=True)
class Recipe:
    """How an entry is trained; the learning rate goes through one cycle, up to the optimizer's."""

    net: str
    """One of `CLASSIFIERS`."""
    epochs: int
    optimizer: Callable[[Iterator[nn.Parameter]], Optimizer]
    transform: Transform | None = None
    label_smoothing: float = 0.0
    bfloat16: bool = False


def flipped_moved(images: torch.Tensor) -> torch.Tensor:
    """Mirror half of the images, and move each by up to two pixels."""
    return random_affine(random_horizontal_flip(images), translate=2)


def flipped_moved_cut(images: torch.Tensor) -> torch.Tensor:
    """Black out a square besides."""
    return cutout(flipped_moved(images), side=8)


LENET = Recipe("lenet", 12, partial(Adam, lr=0.005))
RESIDUAL = Recipe(
    "residual",
    12,
    partial(SGD, lr=0.2, momentum=0.9, nesterov=True, weight_decay=5e-4),
    transform=flipped_moved,
    label_smoothing=0.1,
    bfloat16=True,
)

RECIPES = {
    "linear": Recipe("linear", 20, partial(Adam, lr=0.01)),
    "mlp": Recipe("mlp", 20, partial(Adam, lr=0.002)),
    "lenet": LENET,
    "residual": RESIDUAL,
    "residual-long": replace(RESIDUAL, epochs=24, transform=flipped_moved_cut),
}
"""Of the entries. The last was added when the test accuracy of the one before it was known."""

TRIALS = {
    "linear, peak at 0.002": replace(RECIPES["linear"], optimizer=partial(Adam, lr=0.002)),
    "mlp, images mirrored": replace(RECIPES["mlp"], transform=random_horizontal_flip),
    "lenet, peak at 0.002": replace(LENET, optimizer=partial(Adam, lr=0.002)),
    "lenet, images mirrored": replace(LENET, transform=random_horizontal_flip),
    "lenet, images mirrored, moved and erased": replace(LENET, transform=flipped_moved_cut),
}
"""What else was tried, on the held-out images alone."""


class InBfloat16(nn.Module):
    """Runs a net with numbers of half the size, which newer processors multiply twice as fast."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Give logits of shape (count, classes), float32."""
        with torch.autocast("cpu", torch.bfloat16):
            logits: torch.Tensor = self.net(images)
        return logits.float()


class Seconds(list[float]):
    """Processor time of each epoch, for a checkpoint to keep."""

    def state_dict(self) -> dict[str, Any]:
        """Give what a checkpoint keeps."""
        return {"epochs": list(self)}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take up what a checkpoint has kept."""
        self[:] = state["epochs"]


def trained(recipe: Recipe, seed: int, examples: Labeled, file: Path) -> tuple[nn.Module, float]:
    """Train one net, or go on with what the file holds.

    Returns:
        The net, and the seconds of processor time that its training took.
    """
    seed_everything(seed)
    net = CLASSIFIERS[recipe.net]().to(memory_format=torch.channels_last)
    optimizer = recipe.optimizer(net.parameters())
    steps = len(examples.labels) // BATCH_SIZE
    scheduler = LambdaLR(optimizer, lambda step: one_cycle(step / (recipe.epochs * steps)))
    seconds = Seconds()
    checkpoint = Checkpoint(file, net=net, optimizer=optimizer, scheduler=scheduler, seconds=seconds)
    for epoch in range(checkpoint.resume(), recipe.epochs):
        seed_everything(EPOCH_SEEDS * (seed + 1) + epoch)
        begin = time.process_time()
        history = train_classifier(
            InBfloat16(net) if recipe.bfloat16 else net,
            optimizer,
            *examples,
            steps,
            batches=shuffled_batches(len(examples.labels), BATCH_SIZE),
            transform=recipe.transform,
            label_smoothing=recipe.label_smoothing,
            after_step=[stepping(scheduler)],
        )
        seconds.append(time.process_time() - begin)
        checkpoint.save(epoch + 1)
        loss = history.losses.mean()
        print(f"  epoch {epoch + 1} of {recipe.epochs}: loss {loss:.4f}, {seconds[-1]:.0f} s", flush=True)
    return net.to(memory_format=torch.contiguous_format), sum(seconds)


def examples_of(data: ImageData, held_out: bool) -> tuple[Labeled, Labeled]:
    """Give images from 0 to 1 and their labels: those to train with, and those to measure with."""
    splits = data.split(validation=HELD_OUT if held_out else 0)
    return splits.train, splits.validation if held_out else splits.test


def run(name: str, seeds: int, held_out: bool, unfinished: Path) -> tuple[Row, nn.Module]:
    """Train one net a seed and measure each; return what came out, and the net of seed 0."""
    recipe = (RECIPES | TRIALS)[name]
    examples, others = examples_of(fashion_mnist(), held_out)
    row: Row = {"recipe": name, "epochs": recipe.epochs, "seeds": [], "accuracy": [], "seconds": []}
    nets = []
    for seed in range(seeds):
        print(f"{name}, seed {seed}", flush=True)
        net, seconds = trained(recipe, seed, examples, unfinished / f"{name}-{seed}.safetensors")
        nets.append(net)
        row["seeds"].append(seed)
        row["accuracy"].append(round(evaluate(net, *others)[1], 4))
        row["seconds"].append(round(seconds, 1))
    print(row, flush=True)
    return row, nets[0]


def record(row: Row, held_out: bool) -> None:
    """Write what came out, in place of what the same recipe gave before."""
    name = "competitions/fashion/held_out" if held_out else "competitions/fashion/reference"
    before = read_sweep(name)["rows"] if file_of(name).exists() else []
    rows = [*(other for other in before if other["recipe"] != row["recipe"]), row]
    settings = {
        "training_images": 60_000 - HELD_OUT * held_out,
        "measured_on": "the last 10,000 training images" if held_out else "the 10,000 test images",
        "batch_size": BATCH_SIZE,
        "seconds": "processor time of one thread for one net",
    }
    write_sweep(name, settings, rows, sum(sum(own["seconds"]) for own in rows))


def hand_in(name: str, net: nn.Module, seconds: float, machine: str) -> None:
    """Write an entry, with what `entries.toml` says of it."""
    pack(
        net,
        HERE / "submissions" / f"reference-{name}",
        **tomllib.loads((HERE / "entries.toml").read_text(encoding="utf-8"))[name],
        author="This book",
        seed=0,
        training_seconds=round(seconds),
        machine=machine,
        link=SCRIPT,
        architecture=RECIPES[name].net,
    )


Names = Annotated[list[str] | None, typer.Argument(help="What to train; all when left out.")]
Seeds = Annotated[int, typer.Option(min=1, help="How many seeds to train from, counted from 0.")]
HeldOut = Annotated[bool, typer.Option("--held-out", help="Measure on held-out training images.")]
Machine = Annotated[str, typer.Option(help="What this runs on, for the leaderboard.")]


def main(
    names: Names = None,
    seeds: Seeds = 1,
    held_out: HeldOut = False,
    machine: Machine = MACHINE,
) -> None:
    """Train, record what came out, and hand in."""
    known = RECIPES | TRIALS if held_out else RECIPES
    if unknown := set(names or []) - set(known):
        raise typer.BadParameter(f"{', '.join(unknown)}: choose among {', '.join(known)}")
    torch.set_num_threads(1)  # the same course on any number of cores
    torch.set_flush_denormal(True)  # the smallest of numbers are slow, and make no difference
    measured_on = "held-out" if held_out else "test"
    unfinished = HERE / f"train.part-{code_of(__file__)[:8]}-{measured_on}"  # changed code starts anew
    unfinished.mkdir(exist_ok=True)
    for name in names or known:
        row, net = run(name, seeds, held_out, unfinished)
        record(row, held_out)
        if not held_out:
            hand_in(name, net, row["seconds"][0], machine)
    shutil.rmtree(unfinished)


if __name__ == "__main__":
    typer.run(main)

"""Handwritten digits end to end: the reference network beside a smaller and better ones, over seeds."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from academy.data.images import ImageData, mnist
from academy.data.jitter import jittered
from academy.learn.batches import shuffled_batches
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import write_sweep
from academy.learn.training import evaluate, predict, train
from torch import nn

SEEDS = [0, 1, 2]
BATCH_SIZE = 100
HELD_OUT = 5
"""One training image in so many is kept for validation."""


@dataclass(frozen=True)
class Recipe:
    """A network and how it is trained."""

    name: str
    hidden_units: tuple[int, ...]
    epochs: int = 20
    dropout: float = 0.0
    change: Callable[[torch.Tensor], torch.Tensor] | None = None
    one_cycle: bool = False
    standardized: bool = False


class Standardize(nn.Module):
    """Shift and scale pixels from 0 to 1 as the lesson's page does: about mean 0 and standard deviation 1."""

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Give pixels of the same shape."""
        return (pixels - 0.13) / 0.31


SHIFTS = partial(jittered, shift=2)
JITTER = partial(jittered, shift=2, degrees=10, scale=0.1)
REFERENCE = "784-500-10, the reference"
RECIPES = [
    Recipe("784-10, softmax regression", ()),
    Recipe("784-50-10", (50,)),
    Recipe(REFERENCE, (500,)),
    Recipe("784-500-10, pixels standardized", (500,), standardized=True),
    Recipe("784-500-10, dropout", (500,), dropout=0.5),
    Recipe("784-500-10, shifts", (500,), change=SHIFTS),
    Recipe("784-500-500-10, dropout", (500, 500), dropout=0.5),
    Recipe("784-500-500-10, shifts, turns, sizes", (500, 500), change=JITTER),
    Recipe(
        "784-500-500-10, shifts, turns, sizes, one-cycle, 60 epochs",
        (500, 500),
        epochs=60,
        change=JITTER,
        one_cycle=True,
    ),
]


@dataclass(frozen=True)
class Digits:
    """Training and validation images, from 0 to 1."""

    images: torch.Tensor
    """Shape (count, 1, 28, 28)."""
    labels: torch.Tensor
    validation_images: torch.Tensor
    validation_labels: torch.Tensor


def digits_of(data: ImageData) -> Digits:
    """Keep the last part of the training images for validation."""
    first_held_out = len(data.train_labels) - len(data.train_labels) // HELD_OUT
    images = data.train_images / 255
    return Digits(
        images[:first_held_out],
        data.train_labels[:first_held_out],
        images[first_held_out:],
        data.train_labels[first_held_out:],
    )


def build(recipe: Recipe) -> nn.Sequential:
    """Build a multilayer perceptron with dropout after each hidden layer."""
    layers: list[nn.Module] = [nn.Flatten()]
    if recipe.standardized:
        layers.append(Standardize())
    inputs = 784
    for units in recipe.hidden_units:
        layers += [nn.Linear(inputs, units), nn.ReLU()]
        if recipe.dropout:
            layers.append(nn.Dropout(recipe.dropout))
        inputs = units
    return nn.Sequential(*layers, nn.Linear(inputs, 10))


def trained(recipe: Recipe, digits: Digits, seed: int) -> tuple[nn.Sequential, float]:
    """Train one net; return it with the processor's seconds."""
    seed_everything(seed)
    net = build(recipe)
    steps = recipe.epochs * (len(digits.labels) // BATCH_SIZE)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
    scheduler = (
        torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.003, total_steps=steps, cycle_momentum=False)
        if recipe.one_cycle
        else None
    )
    batches = shuffled_batches(len(digits.labels), BATCH_SIZE)
    begin = time.process_time()
    train(
        net,
        optimizer,
        digits.images,
        digits.labels,
        steps,
        batches=batches,
        scheduler=scheduler,
        change=recipe.change,
    )
    return net, time.process_time() - begin


def run(recipe: Recipe, digits: Digits, seeds: list[int]) -> tuple[dict[str, Any], list[nn.Sequential]]:
    """Train one net for each seed and measure it on the validation images."""
    nets, seconds = zip(*(trained(recipe, digits, seed) for seed in seeds))
    answers = torch.stack([predict(net, digits.validation_images).argmax(dim=1) for net in nets])
    right = answers == digits.validation_labels  # (seeds, validation images)
    train_accuracy = [evaluate(net, digits.images, digits.labels)[1] for net in nets]
    row = {
        "net": recipe.name,
        "hidden_units": list(recipe.hidden_units),
        "epochs": recipe.epochs,
        "parameters": sum(parameter.numel() for parameter in nets[0].parameters()),
        "train_accuracy": [round(value, 4) for value in train_accuracy],
        "accuracy": [round(value, 4) for value in right.double().mean(dim=1).tolist()],
        "seconds": round(sum(seconds) / len(seconds), 1),
        "times_right": "".join(map(str, right.sum(dim=0).tolist())),
    }
    return row, list(nets)


def main() -> None:
    """Train everything, choose by validation, and open the test images for the chosen and the reference."""
    begin = time.perf_counter()
    torch.set_num_threads(1)
    data = mnist()
    digits = digits_of(data)
    rows, all_nets = [], []
    for recipe in RECIPES:
        row, nets = run(recipe, digits, SEEDS)
        print(row, flush=True)
        rows.append(row)
        all_nets.append(nets)
    best = max(range(len(rows)), key=lambda index: sum(rows[index]["accuracy"]))
    for index, row in enumerate(rows):
        if index == best or row["net"] == REFERENCE:
            tested = [evaluate(net, data.test_images / 255, data.test_labels)[1] for net in all_nets[index]]
            row["test_accuracy"] = [round(value, 4) for value in tested]
    settings = {
        "seeds": SEEDS,
        "optimizer": "Adam, learning rate 0.001; one-cycle peaks at 0.003",
        "batch_size": BATCH_SIZE,
        "data": data.source,
        "training_images": len(digits.labels),
        "validation_images": len(digits.validation_labels),
        "test_images": len(data.test_labels),
        "chosen": rows[best]["net"],
        "seconds": "processor time of one thread for one net",
        "times_right": "for each validation image, how many of the nets read it rightly",
    }
    write_sweep("lessons/lesson2/mnist", settings, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()

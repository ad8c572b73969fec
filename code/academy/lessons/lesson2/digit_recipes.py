"""The networks for handwritten digits that the lesson compares, and how each is trained."""

import time
from dataclasses import dataclass
from functools import partial

import torch
from torch import nn
from torch.optim.lr_scheduler import OneCycleLR

from academy.data.augmentation import random_affine
from academy.data.images import ImageData, Labeled, Splits
from academy.learn.batches import shuffled_batches
from academy.learn.classification import Transform, train_classifier
from academy.learn.hooks import stepping
from academy.learn.seeds import seed_everything

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
    transform: Transform | None = None
    one_cycle: bool = False
    standardized: bool = False


class Standardize(nn.Module):
    """Shifts and scales pixels as the lesson's page does: about mean 0 and standard deviation 1."""

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Give pixels of the same shape."""
        return (pixels - 0.13) / 0.31


SHIFTS = partial(random_affine, translate=2)
JITTER = partial(random_affine, degrees=10, translate=2, scale=0.1)
REFERENCE = "784-500-10, the reference"
RECIPES = [
    Recipe("784-10, softmax regression", ()),
    Recipe("784-50-10", (50,)),
    Recipe(REFERENCE, (500,)),
    Recipe("784-500-10, pixels standardized", (500,), standardized=True),
    Recipe("784-500-10, dropout", (500,), dropout=0.5),
    Recipe("784-500-10, shifts", (500,), transform=SHIFTS),
    Recipe("784-500-500-10, dropout", (500, 500), dropout=0.5),
    Recipe("784-500-500-10, shifts, turns, sizes", (500, 500), transform=JITTER),
    Recipe(
        "784-500-500-10, shifts, turns, sizes, one-cycle, 60 epochs",
        (500, 500),
        epochs=60,
        transform=JITTER,
        one_cycle=True,
    ),
]


def digits_of(data: ImageData) -> Splits:
    """Keep the last part of the training images for validation."""
    return data.split(validation=len(data.train_labels) // HELD_OUT)


def recipe_of(name: str) -> Recipe:
    """Find a recipe by its name."""
    return next(recipe for recipe in RECIPES if recipe.name == name)


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


def trained(recipe: Recipe, digits: Labeled, seed: int) -> tuple[nn.Sequential, float]:
    """Train one net; return it with the processor's seconds."""
    seed_everything(seed)
    net = build(recipe)
    steps = recipe.epochs * (len(digits.labels) // BATCH_SIZE)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
    after_step = []
    if recipe.one_cycle:
        scheduler = OneCycleLR(optimizer, max_lr=0.003, total_steps=steps, cycle_momentum=False)
        after_step.append(stepping(scheduler))
    batches = shuffled_batches(len(digits.labels), BATCH_SIZE)
    begin = time.process_time()
    train_classifier(
        net, optimizer, *digits, steps, batches=batches, transform=recipe.transform, after_step=after_step
    )
    return net, time.process_time() - begin

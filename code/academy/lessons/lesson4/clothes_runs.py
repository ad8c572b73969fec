"""Nets trained on small parts of Fashion-MNIST, the same way in all of the lesson's comparisons."""

import time
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR

from academy.data.images import Labeled, Splits, fashion_mnist
from academy.learn.batches import shuffled_batches
from academy.learn.classification import Transform, evaluate, train_classifier
from academy.learn.hooks import stepping
from academy.learn.schedules import one_cycle
from academy.learn.seeds import seed_everything

HELD_OUT = 10_000
"""The last of the official training images, kept for validation."""
BATCH_SIZE = 50
MEAN, SPREAD = 0.286, 0.353
"""Of all pixels of the training images, from 0 to 1."""


class Standardize(nn.Module):
    """Shifts and scales pixels to about mean 0 and standard deviation 1, as a net's first layer."""

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Give numbers of the same shape."""
        return (pixels - MEAN) / SPREAD


@cache
def clothes() -> Splits:
    """Load Fashion-MNIST with pixels from 0 to 1: 50,000 images to train with, 10,000 for validation."""
    return fashion_mnist().split(validation=HELD_OUT)


def first(examples: Labeled, count: int) -> Labeled:
    """Take the first images and their labels."""
    return Labeled(examples.images[:count], examples.labels[:count])


def drawn_indices(count: int, few: int, seed: int) -> torch.Tensor:
    """Draw which few of so many to take, none of them twice: shape (few,), int64."""
    return torch.randperm(count, generator=torch.Generator().manual_seed(seed))[:few]


def drawn(examples: Labeled, few: int, seed: int) -> Labeled:
    """Draw labeled images at random, none of them twice."""
    chosen = drawn_indices(len(examples.labels), few, seed)
    return Labeled(examples.images[chosen], examples.labels[chosen])


def three_blocks(norm: bool = True) -> nn.Sequential:
    """Build three convolutions, each with a maximum and ReLU, and a linear layer: the net for few pictures.

    Args:
        norm: Whether batch normalization follows each maximum.

    Returns:
        A net for images of shape (count, 1, 28, 28) with ten logits an image.
    """
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise([1, 8, 16, 32]):
        layers += [nn.Conv2d(inputs, outputs, kernel_size=3, padding=1), nn.MaxPool2d(2)]
        layers += [nn.BatchNorm2d(outputs), nn.ReLU()] if norm else [nn.ReLU()]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(32 * 3 * 3, 10))


class Run(NamedTuple):
    """A trained net, and how its training went."""

    net: nn.Module
    losses: torch.Tensor
    """Before each step, shape (steps,)."""
    seconds: float
    """Processor time of the training."""


def trained(
    build: Callable[[], nn.Module],
    examples: Labeled,
    seed: int,
    steps: int,
    rate: float,
    transform: Transform | None = None,
    optimizer: Callable[..., torch.optim.Optimizer] = torch.optim.Adam,
) -> Run:
    """Train a new net on batches of 50, the learning rate going through one cycle.

    Args:
        build: Makes the net.
        examples: Images with pixels from 0 to 1, which the trained net takes, too.
        seed: Of all random numbers, those of the weights among them.
        steps: Number of steps.
        rate: Highest learning rate.
        transform: Changes the images of each batch, as for augmentation.
        optimizer: Takes the net's parameters and ``lr``.
    """
    seed_everything(seed)
    net = nn.Sequential(Standardize(), build())
    net.to(memory_format=torch.channels_last)  # a quarter faster with norms
    steps_down = optimizer(net.parameters(), lr=rate)
    scheduler = LambdaLR(steps_down, lambda step: one_cycle(step / steps))
    begin = time.process_time()
    history = train_classifier(
        net,
        steps_down,
        *examples,
        steps,
        batches=shuffled_batches(len(examples.labels), BATCH_SIZE),
        transform=transform,
        after_step=[stepping(scheduler)],
    )
    return Run(net, history.losses, time.process_time() - begin)


def measured(net: nn.Module, examples: Labeled) -> tuple[float, float]:
    """Give cross-entropy and accuracy of a net, as they come into a table."""
    loss, accuracy = evaluate(net, *examples)
    return round(loss, 4), round(accuracy, 4)

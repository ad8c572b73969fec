"""One net trained on clothes from one seed, the same way in all of the lesson's comparisons."""

import time
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F
from torch.optim.lr_scheduler import LambdaLR

from academy.data.images import Labeled, Splits, fashion_mnist
from academy.learn.batches import shuffled_batches
from academy.learn.classification import Transform, evaluate, train_classifier
from academy.learn.hooks import stepping
from academy.learn.schedules import one_cycle
from academy.learn.seeds import seed_everything

HELD_OUT = 10_000
"""The last of the official training images, kept for validation."""
BATCH_SIZE = 100
MEAN, SPREAD = 0.286, 0.353
"""Of all pixels of the training images, from 0 to 1."""


@cache
def clothes() -> Splits:
    """Load Fashion-MNIST with pixels from 0 to 1: 50,000 images to train with, 10,000 for validation."""
    return fashion_mnist().split(validation=HELD_OUT)


def standardize(pixels: torch.Tensor) -> torch.Tensor:
    """Shift and scale pixels to about mean 0 and standard deviation 1; the shape stays."""
    return (pixels - MEAN) / SPREAD


def standardized(examples: Labeled) -> Labeled:
    """Shift and scale the pixels of labeled images."""
    return Labeled(standardize(examples.images), examples.labels)


def first(examples: Labeled, count: int) -> Labeled:
    """Take the first images and their labels."""
    return Labeled(examples.images[:count], examples.labels[:count])


def moved(images: torch.Tensor, right: int, down: int) -> torch.Tensor:
    """Move all images by whole pixels; what comes in from outside is black.

    Args:
        images: Shape (count, channels, height, width), black being 0.
        right: Pixels to the right, negative ones to the left.
        down: Pixels down, negative ones up.

    Returns:
        New images of the same shape.
    """
    return F.pad(images, (right, -right, down, -down))


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
) -> Run:
    """Train a new net with Adam on batches of 100, the learning rate going through one cycle.

    Args:
        build: Makes the net.
        examples: Images with pixels from 0 to 1; the net sees them standardized.
        seed: Of all random numbers, those of the weights among them.
        steps: Number of steps.
        rate: Highest learning rate.
        transform: Changes the images of each batch before they are standardized.
    """
    seed_everything(seed)
    net: nn.Module = build()
    net.to(memory_format=torch.channels_last)  # a quarter faster with norms
    optimizer = torch.optim.Adam(net.parameters(), lr=rate)
    scheduler = LambdaLR(optimizer, lambda step: one_cycle(step / steps))
    begin = time.process_time()
    history = train_classifier(
        net,
        optimizer,
        *examples,
        steps,
        batches=shuffled_batches(len(examples.labels), BATCH_SIZE),
        transform=lambda images: standardize(transform(images) if transform else images),
        after_step=[stepping(scheduler)],
    )
    return Run(net, history.losses, time.process_time() - begin)


def accuracy(net: nn.Module, examples: Labeled) -> float:
    """Give the share of images, with pixels from 0 to 1, on which a net is right."""
    return round(evaluate(net, *standardized(examples))[1], 4)

"""Small classifiers compared on a part of Fashion-MNIST: the data, and how often each net is right."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from academy.data.images import fashion_mnist
from academy.learn.batches import shuffled_batches
from academy.learn.ensembles import Ensemble, train_classifiers
from academy.learn.optimizers import Optimizer
from academy.learn.schedules import Schedule, constant

TRAINING_IMAGES = 10_000
"""The first of the official training images."""
HELD_OUT_IMAGES = 10_000
"""The last of them: the first half to choose learning rates by, the second half to report."""
BATCH_SIZE = 100
FIRST_ORDER_SEED = 2_000_000
"""Keeps the random numbers of a seed's batches apart from those of its weights."""


@dataclass(frozen=True)
class Clothes:
    """Images as rows of pixels, standardized with the mean and spread of the training images."""

    images: torch.Tensor
    """Shape (10000, 784), float32."""
    labels: torch.Tensor
    """Shape (10000,), int64."""
    choice_images: torch.Tensor
    """Shape (5000, 784): for choosing."""
    choice_labels: torch.Tensor
    report_images: torch.Tensor
    """Shape (5000, 784): for what is reported."""
    report_labels: torch.Tensor


def clothes() -> Clothes:
    """Load the part of Fashion-MNIST's training images that the comparisons use; no test image is read."""
    data = fashion_mnist()
    pixels = data.train_images.flatten(start_dim=1)
    labels = data.train_labels
    images = pixels[:TRAINING_IMAGES] / 255
    held_out = pixels[-HELD_OUT_IMAGES:] / 255
    mean, spread = images.mean(), images.std()
    choice, report = ((held_out - mean) / spread).chunk(2)
    choice_labels, report_labels = labels[-HELD_OUT_IMAGES:].chunk(2)
    return Clothes(
        (images - mean) / spread, labels[:TRAINING_IMAGES], choice, choice_labels, report, report_labels
    )


def train_on_clothes(
    ensemble: Ensemble,
    optimizer: Optimizer,
    data: Clothes,
    seeds: Sequence[int],
    steps: int,
    schedule: Schedule = constant,
) -> torch.Tensor:
    """Train every net on batches of 100, in the order of its seed.

    Args:
        ensemble: Trained in place.
        optimizer: Holds the ensemble's parameters.
        data: What :func:`clothes` gives.
        seeds: For each net the seed of its order of batches.
        steps: Number of steps.
        schedule: What to multiply the learning rate with along the way.

    Returns:
        The loss of each net before each step, shape (steps, nets).
    """
    batches = [
        shuffled_batches(len(data.labels), BATCH_SIZE, torch.Generator().manual_seed(FIRST_ORDER_SEED + seed))
        for seed in seeds
    ]
    return train_classifiers(ensemble, optimizer, data.images, data.labels, batches, steps, schedule)

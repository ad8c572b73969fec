"""Small classifiers compared on a part of Fashion-MNIST: the data, and their training."""

from collections.abc import Sequence
from functools import cache

import torch

from academy.data.images import Labeled, Splits, fashion_mnist
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


@cache
def clothes() -> Splits:
    """Load the part of Fashion-MNIST's training images that the comparisons use, as rows of pixels.

    Returns:
        Images of shape (count, 784), standardized; what is called test here is the second half of the
        images held out, not the official test images.
    """
    splits = fashion_mnist().split(validation=HELD_OUT_IMAGES, train=TRAINING_IMAGES).standardized()
    train, (held_out, labels) = splits.train, splits.validation
    validation, test = zip(held_out.flatten(start_dim=1).chunk(2), labels.chunk(2))
    return Splits(
        Labeled(train.images.flatten(start_dim=1), train.labels), Labeled(*validation), Labeled(*test)
    )


def train_on_clothes(
    ensemble: Ensemble,
    optimizer: Optimizer,
    data: Splits,
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
    images, labels = data.train
    batches = [
        shuffled_batches(len(labels), BATCH_SIZE, torch.Generator().manual_seed(FIRST_ORDER_SEED + seed))
        for seed in seeds
    ]
    return train_classifiers(ensemble, optimizer, images, labels, batches, steps, schedule)

"""Nets that meet pictures moved by some pixels, and nets that learn from permuted pixels, over seeds."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import torch
from academy.data.augmentation import random_affine
from academy.data.images import Labeled
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson3.clothes_runs import BATCH_SIZE, accuracy, clothes, first, moved, trained
from academy.lessons.lesson3.nets import CANDIDATES
from torch import nn

NETS = ["mlp", "small_cnn_plain", "flat_cnn"]
SEEDS = [0, 1, 2, 3, 4]
SHIFTS = [0, 1, 2, 3, 4, 5, 6]
STEPS = 400
RATE = 0.01
TRAINING_IMAGES = 20_000
VALIDATION_IMAGES = 1_000
FARTHEST = 4
"""Pixels by which training images are moved at most."""
PERMUTATION_SEED = 0
KINDS = [("as they are", False), ("moved", False), ("as they are", True)]
"""What nets are trained on, and whether its pixels are permuted."""


def permuted(examples: Labeled) -> Labeled:
    """Put the pixels of every image into one new order."""
    order = torch.randperm(28 * 28, generator=torch.Generator().manual_seed(PERMUTATION_SEED))
    return Labeled(examples.images.flatten(1)[:, order].unflatten(1, (1, 28, 28)), examples.labels)


def accuracy_moved(model: nn.Module, examples: Labeled, shift: int) -> float:
    """Count how often a net is right on images moved right, left, down and up; give the mean."""
    directions = [(shift, 0), (-shift, 0), (0, shift), (0, -shift)] if shift else [(0, 0)]
    images = torch.cat([moved(examples.images, *direction) for direction in directions])
    labels = examples.labels.repeat(len(directions))
    return accuracy(model, Labeled(images, labels))


def run(net: str, training: str, shuffled: bool, seeds: Sequence[int] = SEEDS) -> dict[str, Any]:
    """Train one net for each seed and measure it on validation images moved by every number of pixels.

    Args:
        net: One of the candidates.
        training: Images to train with: "as they are" or "moved".
        shuffled: Whether pixels are permuted, in training and validation; nothing is moved there then.
        seeds: Where the nets begin.
    """
    parts = first(clothes().train, TRAINING_IMAGES), first(clothes().validation, VALIDATION_IMAGES)
    train, validation = map(permuted, parts) if shuffled else parts
    transform = partial(random_affine, translate=FARTHEST) if training == "moved" else None
    build, shifts = CANDIDATES[net].build, [0] if shuffled else SHIFTS
    nets = [trained(build, train, seed, STEPS, RATE, transform).net for seed in seeds]
    accuracies = [[accuracy_moved(own, validation, shift) for shift in shifts] for own in nets]
    return {"net": net, "training": training, "shuffled": shuffled, "moved": accuracies}


def main(workers: Workers) -> None:
    """Train each net on images as they are, on moved ones, and on permuted ones."""
    settings = {
        "seeds": SEEDS,
        "shifts": SHIFTS,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "farthest": FARTHEST,
        "permutation_seed": PERMUTATION_SEED,
        "training_images": TRAINING_IMAGES,
        "validation_images": VALIDATION_IMAGES,
        "data": "Fashion-MNIST: the first training images, and the first of the last 10,000 for validation",
        "moved": "for each seed the accuracy at each shift, the mean of four directions",
    }
    rows = [
        {"net": net, "training": training, "shuffled": shuffled}
        for net in NETS
        for training, shuffled in KINDS
    ]
    sweep = Sweep(rows, run, "lessons/lesson3/shifts", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

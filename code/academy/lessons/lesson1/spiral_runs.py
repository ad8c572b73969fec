"""One architecture trained on the book's spiral from many seeds, each with points and weights of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn

from academy.data.plane import spirals
from academy.data.spiral_density import spiral_accuracy
from academy.learn.ensembles import train_together

POINTS = 800
TRAINING_POINTS = 640


@dataclass(frozen=True)
class SpiralRuns:
    """Trained nets, one for each seed, and how often each is right."""

    nets: list[nn.Sequential]
    train_accuracy: torch.Tensor
    """On the 640 points of the net's own training set, shape (seeds,)."""
    validation_accuracy: torch.Tensor
    """On the 160 points kept from it, shape (seeds,)."""
    true_accuracy: torch.Tensor
    """On fresh points, by integration, shape (seeds,)."""


def spirals_of(seeds: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw the book's spiral once for each seed.

    Args:
        seeds: One for each draw.

    Returns:
        Points of shape (seeds, 800, 2) and labels of shape (seeds, 800).
    """
    draws = [spirals(POINTS, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
    return torch.stack([points for points, _ in draws]), torch.stack([labels for _, labels in draws])


def train_on_spirals(
    nets: list[nn.Sequential], seeds: Sequence[int], steps: int, learning_rate: float
) -> SpiralRuns:
    """Train each net on the spiral of its seed, and measure it on points seen, kept back and fresh.

    Args:
        nets: Nets of one shape, one for each seed; trained in place.
        seeds: Where each net's points come from.
        steps: Full-batch steps of Adam.
        learning_rate: Adam's step size.
    """
    points, labels = spirals_of(seeds)
    train_together(nets, points[:, :TRAINING_POINTS], labels[:, :TRAINING_POINTS], steps, learning_rate)
    with torch.no_grad():
        logits = torch.stack([net(own).squeeze(-1) for net, own in zip(nets, points)])  # (seeds, 800)
    right = ((logits > 0) == (labels == 1)).double()
    return SpiralRuns(
        nets=nets,
        train_accuracy=right[:, :TRAINING_POINTS].mean(dim=1),
        validation_accuracy=right[:, TRAINING_POINTS:].mean(dim=1),
        true_accuracy=torch.tensor([spiral_accuracy(net) for net in nets], dtype=torch.float64),
    )

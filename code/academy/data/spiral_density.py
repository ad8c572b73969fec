"""What the oracle knows: the density the spiral's points come from, and exact accuracies by integration."""

import math
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
import torch

from academy.data.plane import SPIRAL_NOISE

ANGLES = 96
"""Nodes of the Gauss–Legendre rule along an arm: exact to 10 digits down to a noise of 0.1."""

SPACING = 0.01
"""Side of an integration cell; where in it a network is asked moves an accuracy by less than 0.1 points."""
DRAWINGS = 2
"""Points drawn in each cell to check an integral: 288,800 together."""


def spiral_densities(points: torch.Tensor, noise: float = SPIRAL_NOISE) -> torch.Tensor:
    """Give the probability density of each arm of :func:`academy.data.spirals`.

    A point of an arm is a point of its center line plus Gaussian noise, so the arm's density is the
    mean of the Gaussians around its center line.

    Args:
        points: Where, shape (count, 2).
        noise: Standard deviation of the noise.

    Returns:
        The density of arm 0 and of arm 1 at each point, shape (count, 2), float64.

    Raises:
        ValueError: If the noise is not positive: without it there is no density in the plane.
    """
    if noise <= 0:
        raise ValueError(f"noise is {noise}, but a density needs a positive one")
    nodes, weights = (torch.from_numpy(array) for array in np.polynomial.legendre.leggauss(ANGLES))
    angle = math.pi * (1 + nodes)  # (angles,), from 0 to 2π
    radius = 0.2 + 0.8 * angle / (2 * math.pi)
    arm = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)  # (angles, 2)
    share = weights / 2 / (2 * math.pi * noise**2)  # of each Gaussian, (angles,)

    def density_of(center_line: torch.Tensor) -> torch.Tensor:
        parts = []
        for some in points.double().split(16_384):  # bounds the memory to 16,384 × angles numbers
            squared = torch.cdist(some, center_line).square()
            parts.append(torch.exp(-squared / (2 * noise**2)) @ share)
        return torch.cat(parts)

    return torch.stack([density_of(arm), density_of(-arm)], dim=1)


def spiral_cells(noise: float = SPIRAL_NOISE) -> tuple[torch.Tensor, torch.Tensor]:
    """Cut the plane into small squares and give the probability that a point of each class falls in each.

    Args:
        noise: Standard deviation of the noise.

    Returns:
        Centers of shape (cells, 2), float64, and probabilities of shape (cells, 2), float64, whose
        sum over everything is 1. They are the caller's own.
    """
    centers, chances = cached_cells(noise)
    return centers.clone(), chances.clone()


@cache
def cached_cells(noise: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute what :func:`spiral_cells` gives once for each noise; not to be changed by anyone."""
    extent = 1.0 + 6 * noise
    side = 2 * math.ceil(extent / SPACING)
    ticks = (torch.arange(side, dtype=torch.float64) - (side - 1) / 2) * SPACING
    centers = torch.cartesian_prod(ticks, ticks)
    return centers, spiral_densities(centers, noise) * SPACING**2 / 2


def spiral_accuracy(logits_of: Callable[[torch.Tensor], torch.Tensor], noise: float = SPIRAL_NOISE) -> float:
    """Integrate how often a model is right on points it has never met.

    Args:
        logits_of: Maps points of shape (count, 2) to logits of shape (count,) or (count, 1); a
            positive one means class 1.
        noise: Standard deviation of the noise.

    Returns:
        The probability that the model is right on a fresh point.
    """
    centers, probabilities = cached_cells(noise)
    with torch.no_grad():
        logits = logits_of(centers.to(torch.get_default_dtype(), copy=True)).reshape(-1)
    right = torch.where(logits > 0, probabilities[:, 1], probabilities[:, 0])
    return right.sum().item()


class Drawn(NamedTuple):
    """An accuracy on drawn points."""

    accuracy: float
    deviation: float
    """Standard deviation of its difference from an accuracy by one point in each cell."""


def drawn_accuracy(
    logits_of: Callable[[torch.Tensor], torch.Tensor],
    generator: torch.Generator,
    noise: float = SPIRAL_NOISE,
) -> Drawn:
    """Estimate what :func:`spiral_accuracy` integrates from random points, which lie on no grid.

    One point in each cell leaves little to chance: only cells that a boundary crosses add to the deviation.

    Args:
        logits_of: Maps points of shape (count, 2), float64, to logits of shape (count,) or (count, 1).
        generator: Draws the points.
        noise: Standard deviation of the noise.

    Returns:
        The share of right answers, each cell weighted by its probability, over :data:`DRAWINGS` points in
        each cell; and how far chance may take it.
    """
    centers, probabilities = cached_cells(noise)
    answers = torch.zeros(len(centers), dtype=torch.float64)  # how often a cell's is class 1
    with torch.no_grad():
        for _ in range(DRAWINGS):
            shifts = torch.rand(centers.shape, generator=generator, dtype=torch.float64) - 0.5
            answers += logits_of(centers + shifts * SPACING).reshape(-1) > 0
    share = answers / DRAWINGS
    first, second = probabilities.unbind(dim=1)
    variance = ((second - first).square() * share * (1 - share)).sum().item()  # of one drawing
    variance *= DRAWINGS / (DRAWINGS - 1) * (1 + 1 / DRAWINGS)
    return Drawn(torch.lerp(first, second, share).sum().item(), math.sqrt(variance))


def spiral_ceiling(noise: float = SPIRAL_NOISE) -> float:
    """Integrate the accuracy of the oracle, who answers with the likelier class: the Bayes ceiling.

    Args:
        noise: Standard deviation of the noise.

    Returns:
        The largest probability of being right that any rule can reach on fresh points.
    """
    _, probabilities = cached_cells(noise)
    return probabilities.amax(dim=1).sum().item()

"""Point clouds in the plane, made by a formula: two circles and two spiral arms."""

import math

import torch

SPIRAL_NOISE = 0.15
"""Standard deviation of the noise on each coordinate of the book's spiral."""


def spirals(
    count: int, noise: float = SPIRAL_NOISE, generator: torch.Generator | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw points from two interleaved spiral arms.

    The angle t is uniform on [0, 2π], the radius grows linearly from 0.2 to 1.0, the second arm is
    the first rotated by 180°, and Gaussian noise is added to both coordinates.

    Args:
        count: Number of points, an even number; half of them in each arm.
        noise: Standard deviation of the noise.
        generator: Source of chance; PyTorch's global one by default.

    Returns:
        Points of shape (count, 2), float32, and labels of shape (count,), int64: 0 for the first
        arm, 1 for the rotated one, in random order.

    Raises:
        ValueError: If ``count`` is odd.
    """
    half = half_of(count)
    angle = 2 * math.pi * torch.rand(count, generator=generator)
    radius = 0.2 + 0.8 * angle / (2 * math.pi)
    radius[half:] *= -1  # rotated by 180°
    arms = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)
    return shuffled(arms, noise, generator)


def circles(
    count: int, noise: float = 0.1, generator: torch.Generator | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw points from an inner circle of radius 0.4 and an outer one of radius 1.

    Args:
        count: Number of points, an even number; half of them on each circle.
        noise: Standard deviation of the noise on each coordinate.
        generator: Source of chance; PyTorch's global one by default.

    Returns:
        Points of shape (count, 2), float32, and labels of shape (count,), int64: 0 for the inner
        circle, 1 for the outer one, in random order.

    Raises:
        ValueError: If ``count`` is odd.
    """
    half = half_of(count)
    angle = 2 * math.pi * torch.rand(count, generator=generator)
    radius = torch.full((count,), 0.4)
    radius[half:] = 1.0
    rings = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)
    return shuffled(rings, noise, generator)


def half_of(count: int) -> int:
    """Halve a number of points, refusing an odd one."""
    if count % 2:
        raise ValueError(f"count is {count}, but half of the points go to each class: use {count + 1}")
    return count // 2


def shuffled(
    clean: torch.Tensor, noise: float, generator: torch.Generator | None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Add noise to points whose second half is class 1, and shuffle both classes together."""
    points = clean + noise * torch.randn(clean.shape, generator=generator)
    labels = (torch.arange(len(clean)) >= len(clean) // 2).long()
    order = torch.randperm(len(clean), generator=generator)
    return points[order], labels[order]

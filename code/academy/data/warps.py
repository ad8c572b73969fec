"""Images bent at random, each in its own way: seen from aside, or drawn on rubber."""

import torch
from torch.nn import functional as F

CORNERS = ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))
"""x and y of an image's corners, from the top left on clockwise; its middle is at 0, 0."""


def places(images: torch.Tensor) -> torch.Tensor:
    """Say where the pixels of images lie, shape (count, height, width, 2): x and y from -1 to 1."""
    unmoved = torch.eye(2, 3).to(images).expand(len(images), 2, 3)
    return F.affine_grid(unmoved, list(images.shape), align_corners=False)


def perspective(images: torch.Tensor, corners: torch.Tensor) -> torch.Tensor:
    """Pull the corners of each image elsewhere; straight lines stay straight, and black comes in.

    Args:
        images: Shape (count, channels, height, width), black being 0.
        corners: Where the corners go, in the order of ``CORNERS``, shape (count, 4, 2).

    Returns:
        New images of the same shape.
    """
    maps = homographies(corners, torch.tensor(CORNERS).expand_as(corners)).to(images)  # new place to old one
    points = F.pad(places(images), (0, 1), value=1) @ maps[:, None].mT  # (count, height, width, 3)
    return F.grid_sample(images, points[..., :2] / points[..., 2:], align_corners=False)


def homographies(sources: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Find for each image the perspective map that takes four points to four others.

    A map M takes (x, y) to (u, v) where M (x, y, 1) is a multiple of (u, v, 1), and its last number is 1:
    two linear equations a point for the eight others.

    Args:
        sources: Shape (count, 4, 2).
        targets: Shape (count, 4, 2).

    Returns:
        Shape (count, 3, 3).
    """
    points = F.pad(sources, (0, 1), value=1)  # (count, 4, 3)
    none = torch.zeros_like(points)
    products = -targets[..., None] * sources[..., None, :]  # (count, 4, 2, 2)
    across = torch.cat([points, none, products[:, :, 0]], dim=2)
    down = torch.cat([none, points, products[:, :, 1]], dim=2)
    equations = torch.cat([across, down], dim=1)
    numbers: torch.Tensor = torch.linalg.solve(equations, targets.mT.flatten(1))  # (count, 8)
    return F.pad(numbers, (0, 1), value=1).reshape(-1, 3, 3)


def random_perspective(
    images: torch.Tensor, distortion: float = 0.1, generator: torch.Generator | None = None
) -> torch.Tensor:
    """Show each image from another point of view: its corners move, each by amounts of its own.

    torchvision's moves them inwards alone, so that things are smaller in training than they are later.

    Args:
        images: Shape (count, channels, height, width), black being 0.
        distortion: Largest move of a corner, either way across and down, as a share of the way to the middle.
        generator: Source of the random numbers; PyTorch's own when None.

    Returns:
        New images of the same shape.
    """
    moves = distortion * (2 * torch.rand(len(images), 4, 2, generator=generator) - 1)
    return perspective(images, torch.tensor(CORNERS) * (1 + moves))


def displaced(images: torch.Tensor, moves: torch.Tensor) -> torch.Tensor:
    """Read each pixel from elsewhere; beyond the edges is black.

    Args:
        images: Shape (count, channels, height, width), black being 0.
        moves: How many pixels to the right and how many below to read, shape (count, 2, height, width).

    Returns:
        New images of the same shape.
    """
    height, width = images.shape[2:]
    shares = moves.movedim(1, 3) * torch.tensor([2 / width, 2 / height])  # sides are 2 long
    return F.grid_sample(images, places(images) + shares.to(images), align_corners=False)


def random_elastic(
    images: torch.Tensor, pixels: float = 2.0, knots: int = 4, generator: torch.Generator | None = None
) -> torch.Tensor:
    """Bend each image as if it were drawn on rubber: near pixels move alike, far ones do not.

    Args:
        images: Shape (count, channels, height, width), black being 0.
        pixels: About the largest move of a pixel, across and down.
        knots: Points along a side that move independently; between them moves change smoothly.
        generator: Source of the random numbers; PyTorch's own when None.

    Returns:
        New images of the same shape.

    After Simard, Steinkraus and Platt (2003), "Best practices for convolutional neural networks applied to
    visual document analysis", who smooth the moves of all pixels instead.
    """
    moves = pixels * (2 * torch.rand(len(images), 2, knots, knots, generator=generator) - 1)
    size = images.shape[2:]
    return displaced(images, F.interpolate(moves, size=size, mode="bicubic", align_corners=True))

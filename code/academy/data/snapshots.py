"""Simulated camera pictures of what data sets show: a garment on a light wall, or a wide color photo."""

import math

import torch
from torch.nn import functional as F

HEIGHT, WIDTH = 180, 240
"""Of a picture, in pixels; one in two is turned upright."""
WALL = (0.93, 0.9, 0.86)
DARKEST = 0.9
"""Share of the light that the darkest cloth swallows."""
UNEVEN = 0.4
"""Largest share of the light that is lost on the way from one side to the other."""
NOISE = 0.01
"""Standard deviation of the camera's noise."""


def snapshot(picture: torch.Tensor, generator: torch.Generator | None = None) -> torch.Tensor:
    """Take a picture of what a data set's picture shows.

    A gray picture, bright on black, becomes a dark garment on a light wall, somewhere, in some size. The
    light fades from one side to the other. A color picture becomes the middle square of a photo that is
    wider than high, or higher than wide.

    Args:
        picture: As data sets have it: shape (1 or 3, side, side), from 0 to 255.
        generator: Source of the random numbers; PyTorch's own when None.

    Returns:
        Shape (3, 180, 240) or (3, 240, 180), float32 from 0 to 1.
    """
    upright, size, right, down, fading, angle = torch.rand(6, generator=generator).tolist()
    height, width = (WIDTH, HEIGHT) if upright < 0.5 else (HEIGHT, WIDTH)
    shown = picture / 255
    if len(shown) == 3:
        scene = widened(shown, height, width)
    else:
        cloth = hung(shown, height, width, 0.5 + 0.3 * size, right, down)
        scene = torch.tensor(WALL).reshape(3, 1, 1) * (1 - DARKEST * cloth)
        scene = scene * fading_light(height, width, UNEVEN * fading, 2 * math.pi * angle)
    return (scene + NOISE * torch.randn(3, height, width, generator=generator)).clamp(0, 1)


def widened(picture: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Enlarge a picture to the shorter side, and go on beyond its edges with its mirror image."""
    side = min(height, width)
    square = F.interpolate(picture[None], (side, side), mode="bilinear", antialias=True)
    across, up = (width - side) // 2, (height - side) // 2
    return F.pad(square, (across, across, up, up), mode="reflect")[0]


def hung(
    picture: torch.Tensor, height: int, width: int, share: float, right: float, down: float
) -> torch.Tensor:
    """Enlarge a picture to a share of the shorter side, and lay it on black.

    Args:
        picture: Shape (1, side, side).
        height: Of the result.
        width: Of the result.
        share: From 0 to 1.
        right: Where between the leftmost place, 0, and the rightmost, 1.
        down: Where between the highest place, 0, and the lowest, 1.

    Returns:
        Shape (1, height, width).
    """
    side = round(share * min(height, width))
    cloth = F.interpolate(picture[None], (side, side), mode="bicubic").clamp(0, 1)[0]
    left, top = round(right * (width - side)), round(down * (height - side))
    return F.pad(cloth, (left, width - side - left, top, height - side - top))


def fading_light(height: int, width: int, lost: float, angle: float) -> torch.Tensor:
    """Say how much light falls on each pixel: it fades along a direction.

    Args:
        height: Of the result.
        width: Of the result.
        lost: Share that is lost where it is darkest.
        angle: Of the direction, in radians.

    Returns:
        Shape (height, width), from 1 - lost to 1.
    """
    y, x = torch.meshgrid(torch.linspace(-1, 1, height), torch.linspace(-1, 1, width), indexing="ij")
    along = x * math.cos(angle) + y * math.sin(angle)
    return 1 - lost * (along - along.min()) / (along.max() - along.min())

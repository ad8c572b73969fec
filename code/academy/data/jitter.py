"""Images moved, turned and scaled a little at random: the same things, as another hand would place them."""

import torch
from torch.nn import functional as F


def jittered(
    images: torch.Tensor,
    shift: int = 2,
    degrees: float = 0.0,
    scale: float = 0.0,
    generator: torch.Generator | None = None,
) -> torch.Tensor:
    """Move, turn and scale each image by amounts of its own; what comes in from outside is black.

    Args:
        images: Square images of shape (count, channels, side, side), floating point, black being 0.
        shift: Largest move up, down, left and right, in whole pixels.
        degrees: Largest turn, either way.
        scale: Largest relative change of size, either way, as in 0.1 for 10 %.
        generator: Source of the random numbers; PyTorch's own when None.

    Returns:
        New images of the same shape.

    Raises:
        ValueError: If the images are not square.
    """
    count, _, height, width = images.shape
    if height != width:
        raise ValueError(f"images of {height} by {width} pixels: jittered wants square ones")
    moves, turns, sizes = (
        2 * torch.rand(count, numbers, generator=generator) - 1 for numbers in (2, 1, 1)
    )  # each from -1 to 1
    angles = (turns[:, 0] * degrees).deg2rad()
    factors = 1 + sizes[:, 0] * scale
    cosine, sine = angles.cos() / factors, angles.sin() / factors
    offsets = (moves * (shift + 0.5)).round().clamp(-shift, shift) * 2 / width  # the side is 2 wide
    rows = [torch.stack([cosine, -sine, offsets[:, 0]], 1), torch.stack([sine, cosine, offsets[:, 1]], 1)]
    grid = F.affine_grid(torch.stack(rows, dim=1).to(images), list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, align_corners=False)

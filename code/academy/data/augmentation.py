"""Images mirrored, moved, made brighter or darker, or partly hidden, at random, each in its own way."""

import torch
from torch.nn import functional as F


def random_horizontal_flip(images: torch.Tensor, generator: torch.Generator | None = None) -> torch.Tensor:
    """Swap left and right in half of the images.

    Args:
        images: Shape (count, channels, height, width).
        generator: Source of the random numbers; PyTorch's own when None.

    Returns:
        New images of the same shape.
    """
    swapped = torch.rand(len(images), 1, 1, 1, generator=generator) < 0.5
    return torch.where(swapped.to(images.device), images.flip(3), images)


def affine(
    images: torch.Tensor, degrees: torch.Tensor, pixels: torch.Tensor, factors: torch.Tensor
) -> torch.Tensor:
    """Move, then turn and scale each image by its own amounts; what comes in from outside is black.

    Args:
        images: Square images of shape (count, channels, side, side), floating point, black being 0.
        degrees: Turns about the middle, counterclockwise, shape (count,).
        pixels: Moves to the right and down, shape (count, 2).
        factors: What sizes are multiplied with, shape (count,).

    Returns:
        New images of the same shape.

    Raises:
        ValueError: If the images are not square.
    """
    height, width = images.shape[2:]
    if height != width:
        raise ValueError(f"images of {height} by {width} pixels: turning them wants square ones")
    angles = degrees.deg2rad()
    cosine, sine = angles.cos() / factors, angles.sin() / factors
    offsets = -pixels * 2 / width  # the side is 2 wide
    rows = [torch.stack([cosine, -sine, offsets[:, 0]], 1), torch.stack([sine, cosine, offsets[:, 1]], 1)]
    grid = F.affine_grid(torch.stack(rows, dim=1).to(images), list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, align_corners=False)


def random_affine(
    images: torch.Tensor,
    degrees: float = 0.0,
    translate: int = 2,
    scale: float = 0.0,
    generator: torch.Generator | None = None,
) -> torch.Tensor:
    """Move, turn and scale each image by amounts of its own; what comes in from outside is black.

    Args:
        images: Square images of shape (count, channels, side, side), floating point, black being 0.
        degrees: Largest turn, either way.
        translate: Largest move up, down, left and right, in whole pixels.
        scale: Largest relative change of size, either way, as in 0.1 for 10 %.
        generator: Source of the random numbers; PyTorch's own when None.

    Returns:
        New images of the same shape.

    Raises:
        ValueError: If the images are not square.
    """
    moves, turns, sizes = (
        2 * torch.rand(len(images), numbers, generator=generator) - 1 for numbers in (2, 1, 1)
    )  # each from -1 to 1
    pixels = (moves * (translate + 0.5)).round().clamp(-translate, translate)
    return affine(images, turns[:, 0] * degrees, -pixels, 1 + sizes[:, 0] * scale)


def brightness_contrast(
    images: torch.Tensor, brightness: torch.Tensor, contrast: torch.Tensor
) -> torch.Tensor:
    """Multiply the pixels of each image, then spread them around their mean.

    Args:
        images: Shape (count, channels, height, width), from 0 to 1.
        brightness: What pixels are multiplied with, shape (count,).
        contrast: What their distance from the image's mean is multiplied with, shape (count,).

    Returns:
        New images of the same shape, from 0 to 1.
    """
    brightness, contrast = (factors.to(images).reshape(-1, 1, 1, 1) for factors in (brightness, contrast))
    bright = (images * brightness).clamp(0, 1)
    mean = bright.mean(dim=(1, 2, 3), keepdim=True)
    return (mean + (bright - mean) * contrast).clamp(0, 1)


def random_brightness_contrast(
    images: torch.Tensor,
    brightness: float = 0.3,
    contrast: float = 0.3,
    generator: torch.Generator | None = None,
) -> torch.Tensor:
    """Change brightness and contrast of each image: color jitter, as far as gray images have it.

    Args:
        images: Shape (count, channels, height, width), from 0 to 1.
        brightness: Largest relative change of all pixels, either way, as in 0.3 for 30 %.
        contrast: Largest relative change of their distance from the image's mean, either way.
        generator: Source of the random numbers; PyTorch's own when None.

    Returns:
        New images of the same shape, from 0 to 1.
    """
    changes = 2 * torch.rand(2, len(images), generator=generator) - 1
    return brightness_contrast(images, 1 + brightness * changes[0], 1 + contrast * changes[1])


def cutout(images: torch.Tensor, side: int, generator: torch.Generator | None = None) -> torch.Tensor:
    """Black out a square in each image; its center is anywhere in the image, so part of it may lie outside.

    Args:
        images: Shape (count, channels, height, width), black being 0.
        side: Of the square, in pixels.
        generator: Source of the random numbers; PyTorch's own when None.

    Returns:
        New images of the same shape.

    After DeVries and Taylor (2017), "Improved regularization of convolutional neural networks with cutout",
    arXiv:1708.04552.
    """
    hidden = torch.ones(1, dtype=torch.bool, device=images.device)
    for length, shape in zip(images.shape[2:], [(1, 1, -1, 1), (1, 1, 1, -1)]):
        first = torch.randint(length, (len(images), 1, 1, 1), generator=generator) - side // 2
        past = torch.arange(length).reshape(shape) - first  # pixels past the square's first one
        hidden = hidden & ((past >= 0) & (past < side)).to(images.device)
    return images.masked_fill(hidden, 0)

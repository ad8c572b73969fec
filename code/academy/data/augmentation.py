"""Images mirrored, or partly hidden, at random."""

import torch


def mirrored(images: torch.Tensor, generator: torch.Generator | None = None) -> torch.Tensor:
    """Swap left and right in half of the images.

    Args:
        images: Shape (count, channels, height, width).
        generator: Source of the random numbers; PyTorch's own when None.

    Returns:
        New images of the same shape.
    """
    swapped = torch.rand(len(images), 1, 1, 1, generator=generator) < 0.5
    return torch.where(swapped.to(images.device), images.flip(3), images)


def erased(images: torch.Tensor, side: int, generator: torch.Generator | None = None) -> torch.Tensor:
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

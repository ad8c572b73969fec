"""Kept vectors of pictures with words, and of two things in one; ``make_drawn_vectors.py`` makes them."""

from functools import cache

import torch

from academy.lessons.lesson8.pair_vectors import read

ROWS, UPPER = 7, 3
"""Rows of the backbone's last feature map, and those that count as its upper half."""


def pooled_halves(maps: torch.Tensor) -> torch.Tensor:
    """Give the mean of the upper and of the lower rows of feature maps, shape (batch, channels, 7, 7).

    Returns:
        Shape (2, batch, channels).
    """
    return torch.stack([maps[:, :, :UPPER].mean(dim=(2, 3)), maps[:, :, UPPER:].mean(dim=(2, 3))])


def pooled_whole(halves: torch.Tensor) -> torch.Tensor:
    """Give the mean over all rows, from the means of both halves, shape (2, batch, width)."""
    return (UPPER * halves[0] + (ROWS - UPPER) * halves[1]) / ROWS


@cache
def word_vectors() -> dict[str, torch.Tensor]:
    """Read the vectors of pictures with ``own``, ``any`` and ``wrong`` words, shape (count, 256)."""
    return kept("word_vectors")


@cache
def composition_vectors(part: str) -> torch.Tensor:
    """Read the vectors of the halves of pictures of two things, ``train`` or ``test``.

    Returns:
        Shape (2, count, 256), float32: upper and lower halves; pairs in one order, then in the other.
    """
    found = kept("composition_vectors")
    return torch.stack([found[f"{part} above"], found[f"{part} below"]])


def kept(name: str) -> dict[str, torch.Tensor]:
    """Read vectors that are kept as steps."""
    found = read(name)
    step = found.pop("step")
    return {part: steps.float() * step for part, steps in found.items()}

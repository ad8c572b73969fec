"""Clothes moved by a few pixels: some to learn from, each garment at several places, and some unseen."""

from functools import cache
from typing import NamedTuple

import torch
from torch.nn import functional as F

from academy.data.images import fashion_mnist

FARTHEST = 6
"""Pixels by which a garment is moved at most, right or left, and up or down."""
GARMENTS = 3000
PLACES = 4
"""At how many places each garment to learn from is shown."""
UNSEEN = 4000


class MovedClothes(NamedTuple):
    """Pictures of clothes that are moved, and which of them show the same garment."""

    images: torch.Tensor
    """Shape (count, 1, 28, 28), uint8."""
    labels: torch.Tensor
    """Kinds, shape (count,), int64."""
    garments: torch.Tensor
    """A number a garment, shape (count,), int64."""


def moved(images: torch.Tensor, chance: torch.Generator) -> torch.Tensor:
    """Move each picture by whole pixels of its own; what enters is black, what leaves is cut off.

    Args:
        images: Shape (count, 1, 28, 28), black being 0.
        chance: Draws the shifts.

    Returns:
        New pictures of the same shape and type.
    """
    down, right = torch.randint(2 * FARTHEST + 1, (2, len(images)), generator=chance)
    side = images.shape[-1]
    windows = F.pad(images, [FARTHEST] * 4).unfold(2, side, 1).unfold(3, side, 1)  # (n, 1, 13, 13, 28, 28)
    return windows[torch.arange(len(images)), :, down, right]


@cache
def moved_clothes() -> MovedClothes:
    """Load 12,000 pictures: 3,000 garments at four places each, in any order."""
    clothes, chance = fashion_mnist(), torch.Generator().manual_seed(3)
    garments = torch.arange(GARMENTS).repeat(PLACES)[torch.randperm(GARMENTS * PLACES, generator=chance)]
    return MovedClothes(
        moved(clothes.train_images[garments], chance), clothes.train_labels[garments], garments
    )


@cache
def unseen_clothes() -> MovedClothes:
    """Load 4,000 other garments, at one place each: what the checks judge by."""
    clothes, chance = fashion_mnist(), torch.Generator().manual_seed(33)
    images, labels = clothes.test_images[:UNSEEN], clothes.test_labels[:UNSEEN]
    return MovedClothes(moved(images, chance), labels, torch.arange(UNSEEN))

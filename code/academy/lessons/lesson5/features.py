"""What a network trained on photographs sees in faces: the base of two measures and one loss."""

from collections.abc import Iterator
from functools import cache

import torch
from torch.nn import functional as F

from academy.learn.classification import predict
from academy.nets.pretrained import ImageBackbone, image_backbone

SIDE = 64
"""The backbone sees faces as large as they are: at 96 pixels it would take twice the time."""
BLOCKS = 3
"""Blocks whose maps are compared; they halve height and width after the first."""


@cache
def backbone() -> ImageBackbone:
    """Load the packaged ImageNet backbone for images of 64 × 64 pixels."""
    return image_backbone(SIDE)


def maps(images: torch.Tensor) -> Iterator[torch.Tensor]:
    """Give the maps of the backbone's first blocks, each place of length 1.

    Args:
        images: Shape (count, 3, 64, 64), float from 0 to 1.

    Yields:
        Shapes (count, 16, 32, 32), (count, 24, 16, 16) and (count, 40, 8, 8).
    """
    network = backbone().to(images.device).network
    seen = network.bn1(network.conv_stem(backbone().prepare(images)))
    for block in network.blocks[:BLOCKS]:
        seen = block(seen)
        yield F.normalize(seen, dim=1)


def perceptual_distances(reconstructed: torch.Tensor, images: torch.Tensor) -> torch.Tensor:
    """Give how far images are from each other in the backbone's eyes.

    At each place of each map, the features' squared distance; the mean over places, the sum over blocks.
    Unlike LPIPS it has no weights fitted to what people say.

    Args:
        reconstructed: Shape (count, 3, 64, 64), float from 0 to 1.
        images: Of the same shape.

    Returns:
        Shape (count,), from 0 to 12: for each block at most 4.

    Source: Zhang et al., *The unreasonable effectiveness of deep features as a perceptual metric*, 2018,
    arXiv:1801.03924.
    """
    pairs = zip(maps(reconstructed), maps(images))
    return torch.stack([((ours - true) ** 2).sum(dim=1).mean(dim=(1, 2)) for ours, true in pairs]).sum(dim=0)


def features(images: torch.Tensor) -> torch.Tensor:
    """Give the backbone's last features.

    Args:
        images: Shape (count, 3, 64, 64), float from 0 to 1.

    Returns:
        Shape (count, 1280).
    """
    return predict(backbone(), images, batch_size=50)

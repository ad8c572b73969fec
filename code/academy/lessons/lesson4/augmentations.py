"""The augmentations that the lesson compares, by name, and answers averaged over several views."""

from functools import partial

import torch
from torch import nn

from academy.data.augmentation import (
    cutout,
    random_affine,
    random_brightness_contrast,
    random_horizontal_flip,
)
from academy.data.warps import random_elastic, random_perspective
from academy.learn.classification import Transform, predict


def one_after_another(*transforms: Transform) -> Transform:
    """Make one augmentation of several."""

    def transform(images: torch.Tensor) -> torch.Tensor:
        for own in transforms:
            images = own(images)
        return images

    return transform


def sometimes(transform: Transform, chance: float = 0.5) -> Transform:
    """Make an augmentation that leaves some images as they are, as torchvision's with their ``p``."""

    def changed(images: torch.Tensor) -> torch.Tensor:
        chosen = torch.rand(len(images), 1, 1, 1) < chance
        return torch.where(chosen, transform(images), images)

    return changed


ALONE: dict[str, Transform] = {
    "flip": random_horizontal_flip,
    "move": partial(random_affine, translate=1),
    "turn": partial(random_affine, translate=0, degrees=5),
    "perspective": partial(random_perspective, distortion=0.1),
    "elastic": partial(random_elastic, pixels=1.0),
    "brightness and contrast": partial(random_brightness_contrast, brightness=0.2, contrast=0.2),
    "erasing": partial(cutout, side=6),
}
"""Each changes pixels from 0 to 1 of shape (count, 1, 28, 28)."""
FLIP_AND_MOVE = one_after_another(ALONE["flip"], ALONE["move"])
AUGMENTATIONS: dict[str, Transform | None] = {
    "none": None,
    **ALONE,
    "flip and move": FLIP_AND_MOVE,
    "all, each for half of the images": one_after_another(
        ALONE["flip"], *(sometimes(own) for name, own in ALONE.items() if name != "flip")
    ),
    "all together": one_after_another(*ALONE.values()),
}


def predict_over_views(net: nn.Module, images: torch.Tensor, views: int) -> torch.Tensor:
    """Average a net's answers over an image and over mirrored and moved views of it.

    Args:
        net: Gives one logit a class.
        images: Shape (count, channels, height, width), from 0 to 1.
        views: How many, the image itself among them.

    Returns:
        Mean probabilities, shape (count, classes).
    """
    shown = [images] + [FLIP_AND_MOVE(images) for _ in range(views - 1)]
    return torch.stack([predict(net, own).softmax(dim=1) for own in shown]).mean(dim=0)

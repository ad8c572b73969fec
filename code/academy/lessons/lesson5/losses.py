"""What it costs an autoencoder to be wrong about an image, in three ways."""

import math
from collections.abc import Callable
from functools import partial

import torch

from academy.lessons.lesson5.features import perceptual_distances
from academy.nets.autoencoders import gaussian_nll

ReconstructionLoss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
"""From reconstructions and images, both of shape (count, 3, 64, 64), to the cost of each, shape (count,)."""


def learned_variance_nll(reconstructed: torch.Tensor, images: torch.Tensor) -> torch.Tensor:
    """Give the surprise of images where the pixels' variance is the likeliest: that of the batch's errors.

    With this variance put in, what is left to minimize is the logarithm of the mean squared error.

    Args:
        reconstructed: Means of the pixels, shape (count, ...).
        images: Of the same shape.

    Returns:
        Shape (count,), in nats; the same for all images, whose variance they share.

    Source: Rybkin, Daniilidis and Levine, *Simple and effective VAE training with calibrated decoders*, 2021,
    arXiv:2006.13202.
    """
    count, numbers = len(images), images[0].numel()
    variance = ((images - reconstructed) ** 2).mean()
    return (numbers / 2 * (variance.log() + math.log(2 * math.pi) + 1)).expand(count)


def perceptual_loss(reconstructed: torch.Tensor, images: torch.Tensor, weight: float) -> torch.Tensor:
    """Add to the surprise of the pixels how far the images are from each other in the backbone's eyes.

    Args:
        reconstructed: Means of the pixels, shape (count, 3, 64, 64), float from 0 to 1.
        images: Of the same shape.
        weight: Nats for a perceptual distance of 1.

    Returns:
        Shape (count,), in nats.
    """
    return gaussian_nll(reconstructed, images) + weight * perceptual_distances(reconstructed, images)


PERCEPTUAL_WEIGHTS = (300, 3000)
LOSSES: dict[str, ReconstructionLoss] = {
    "MSE": gaussian_nll,
    "log-MSE": learned_variance_nll,
    **{f"perceptual, {weight}": partial(perceptual_loss, weight=weight) for weight in PERCEPTUAL_WEIGHTS},
}
"""By the names that the lesson uses."""

"""How good reconstructions and samples are."""

import math

import torch
from skimage.metrics import structural_similarity

from academy.lessons.lesson5.faces import pixels
from academy.lessons.lesson5.features import perceptual_distances
from academy.nets.autoencoders import VariationalAutoencoder, gaussian_kl
from academy.nets.modes import evaluating

ACTIVE = 0.01
"""From which variance of its means over images on a latent counts as active.

Source: Burda, Grosse and Salakhutdinov, *Importance weighted autoencoders*, 2016, arXiv:1509.00519.
"""


def psnr(reconstructed: torch.Tensor, images: torch.Tensor) -> torch.Tensor:
    """Give the peak signal-to-noise ratio of each image.

    Args:
        reconstructed: Shape (count, ...), float from 0 to 1.
        images: Of the same shape.

    Returns:
        Shape (count,), in decibels; 20 for errors of 0.1.
    """
    squares = ((reconstructed - images) ** 2).flatten(1).mean(dim=1)
    return -10 * squares.log10()


def ssim(reconstructed: torch.Tensor, images: torch.Tensor) -> torch.Tensor:
    """Give the structural similarity of each image, as scikit-image has it with the window of its authors.

    Args:
        reconstructed: Shape (count, channels, height, width), float from 0 to 1.
        images: Of the same shape.

    Returns:
        Shape (count,), 1 for images that are the same.

    Source: Wang, Bovik, Sheikh and Simoncelli, *Image quality assessment: from error visibility to structural
    similarity*, 2004.
    """
    similarities = [
        structural_similarity(
            made.numpy(),
            true.numpy(),
            data_range=1,
            channel_axis=0,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
        )
        for made, true in zip(reconstructed, images)
    ]
    return torch.tensor(similarities)


def frechet_distance(first: torch.Tensor, second: torch.Tensor) -> float:
    """Give the Fréchet distance of two normal distributions with the means and covariances of two samples.

    The trace of the root of the product of the covariances is the sum of the singular values of a matrix of
    count × count: no root of a matrix of features × features, of which few samples know little, is needed.

    Args:
        first: Features of one sample, shape (count, features).
        second: Features of another, shape (other count, features).

    Returns:
        The squared distance; too large by more, the fewer samples there are.

    Source: Heusel et al., *GANs trained by a two time-scale update rule converge to a local Nash
    equilibrium*, 2017, arXiv:1706.08500, with the features of another network.
    """
    ours, true = (each.double() - each.double().mean(dim=0) for each in (first, second))
    ours, true = ours / math.sqrt(len(ours) - 1), true / math.sqrt(len(true) - 1)
    root = torch.linalg.svdvals(ours @ true.T).sum()
    means = ((first.double().mean(dim=0) - second.double().mean(dim=0)) ** 2).sum()
    return float(means + (ours**2).sum() + (true**2).sum() - 2 * root)


@torch.no_grad()
def reconstruction_quality(reconstructed: torch.Tensor, images: torch.Tensor) -> dict[str, float]:
    """Judge reconstructions in three ways.

    Args:
        reconstructed: Shape (count, 3, 64, 64), float from 0 to 1.
        images: Of the same shape.

    Returns:
        The means over images of ``psnr`` in decibels, ``ssim`` and ``perceptual`` distance.
    """
    parts = zip(reconstructed.split(50), images.split(50))
    distances = torch.cat([perceptual_distances(*part) for part in parts])
    return {
        "psnr": round(psnr(reconstructed, images).mean().item(), 3),
        "ssim": round(ssim(reconstructed, images).mean().item(), 4),
        "perceptual": round(distances.mean().item(), 4),
    }


@torch.no_grad()
def posterior_summary(network: VariationalAutoencoder, images: torch.Tensor) -> dict[str, float]:
    """Say how much the codes tell of images, and how many latents tell it.

    Args:
        network: Put into evaluation mode meanwhile.
        images: Shape (count, 3, 64, 64), uint8.

    Returns:
        The mean ``kl`` of an image in nats, and how many latents are ``active``.
    """
    with evaluating(network):
        posteriors = [network.posterior(pixels(part)) for part in images.split(250)]
    means = torch.cat([each.mean for each in posteriors])
    divergence = torch.cat([gaussian_kl(each) for each in posteriors]).sum(dim=1).mean()
    return {
        "kl": round(divergence.item(), 2),
        "active": int((means.var(dim=0, correction=0) > ACTIVE).sum()),
    }

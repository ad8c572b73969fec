"""All that the lesson measures of an autoencoder, the same for each of its sweeps."""

from functools import cache
from typing import Protocol

import torch

from academy.learn.sweeps import Row
from academy.lessons.lesson5.faces import Faces, FaceSplit, kept_back, pixels
from academy.lessons.lesson5.features import features
from academy.lessons.lesson5.latents import draw_like, largest_step, latent_pca, walks
from academy.lessons.lesson5.measures import frechet_distance, posterior_summary, reconstruction_quality
from academy.nets.autoencoders import VariationalAutoencoder

TRUE_FACES = 2_000
"""Kept back, to compare samples with."""
SAMPLES = 500
"""Of each kind; 500 more faces kept back say which distance is not the samples' fault."""
PAIRS = 50
"""Of faces between which it walks."""
STEPS = 10
"""Of each walk."""
COMPONENTS = 8


class Coder(Protocol):
    """What turns images into codes and codes into images."""

    def encode(self, images: torch.Tensor, /) -> torch.Tensor:
        """Give codes, shape (count, latents), of images of shape (count, 3, 64, 64), float from 0 to 1."""

    @property
    def decoder(self) -> "torch.nn.Module":
        """Gives images of codes."""


@torch.no_grad()
def codes_of(network: Coder, images: torch.Tensor) -> torch.Tensor:
    """Give the (mean) codes of images of shape (count, 3, 64, 64), uint8."""
    return torch.cat([network.encode(pixels(part)) for part in images.split(250)])


@torch.no_grad()
def images_of(network: Coder, codes: torch.Tensor) -> torch.Tensor:
    """Give images of codes, float from 0 to 1."""
    return torch.cat([network.decoder(part).contiguous() for part in codes.split(250)])


@cache
def true_features() -> torch.Tensor:
    """Give the features of the faces kept back, shape (2500, 1280): those to compare with come first."""
    return features(pixels(kept_back(TRUE_FACES + SAMPLES).images))


def frechet(images: torch.Tensor) -> float:
    """Give the Fréchet distance of images from the faces kept back."""
    return round(frechet_distance(features(images), true_features()[:TRUE_FACES]), 2)


def frechet_of_faces() -> float:
    """Give the Fréchet distance of as many true faces as there are samples: what chance alone makes of it."""
    faces, others = true_features().split([TRUE_FACES, SAMPLES])
    return round(frechet_distance(others, faces), 2)


def quality(network: Coder, faces: Faces) -> Row:
    """Measure the reconstructions of faces: psnr, ssim, perceptual."""
    made = images_of(network, codes_of(network, faces.images))
    return dict(reconstruction_quality(made, pixels(faces.images)))


def compared(network: Coder, split: FaceSplit, seed: int = 0) -> Row:
    """Measure reconstructions, samples, and what lies between two codes.

    Args:
        network: Trained; in evaluation mode.
        split: The faces it was trained on, and those to choose by.
        seed: Of the samples.

    Returns:
        Of reconstructions ``psnr``, ``ssim``, ``perceptual``; the ``share_8`` of the codes' variance in 8
        components; the Fréchet distances of samples ``fitted`` to the codes and, for a variational one, from
        its ``prior``, and of the ``middle`` between two faces; the ``largest_step`` of walks; for a
        variational one ``kl`` and ``active`` latents.
    """
    codes = codes_of(network, split.train.images)
    generator = torch.Generator().manual_seed(seed)
    pairs = walks(codes_of(network, split.validation.images), STEPS)  # (250, steps + 1, latents)
    middles = walks(codes[: 2 * SAMPLES], 2)[:, 1]
    walked = images_of(network, pairs[:PAIRS].flatten(0, 1)).unflatten(0, (PAIRS, STEPS + 1))
    row = quality(network, split.validation) | {
        "share_8": round(latent_pca(codes).shares[:COMPONENTS].sum().item(), 4),
        "fitted": frechet(images_of(network, draw_like(codes, SAMPLES, generator))),
        "middle": frechet(images_of(network, middles)),
        "largest_step": round(largest_step(walked).mean().item(), 3),
    }
    if isinstance(network, VariationalAutoencoder):
        drawn = torch.randn(SAMPLES, network.latents, generator=generator)
        row |= posterior_summary(network, split.validation.images)
        row |= {"prior": frechet(images_of(network, drawn))}
    return row

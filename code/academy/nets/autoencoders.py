"""Autoencoders of color images: an encoder, a decoder, and what makes the two variational."""

import math
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import nn

SIDE = 64
"""Pixels along a side of the images."""
CHANNELS = (24, 48, 96, 128, 160)
"""Maps of the encoder's convolutions, the first ones; the decoder has them in the opposite order."""
DEPTH = 4
"""Convolutions, where nothing else is said."""
DEPTHS = range(3, len(CHANNELS) + 1)
"""How many there can be."""
STD = 0.1
"""Standard deviation of a pixel around what the decoder says, for pixels from 0 to 1."""


class Encoder(nn.Sequential):
    """Convolutions of stride 2, each with batch normalization and SiLU, and a linear layer.

    Takes images of shape (count, 3, 64, 64) with pixels from 0 to 1.

    Args:
        outputs: Numbers an image is turned into.
        depth: Convolutions, one of ``DEPTHS``.
    """

    def __init__(self, outputs: int, depth: int = DEPTH) -> None:
        channels, end = maps_of(depth)
        layers: list[nn.Module] = []
        for before, after in pairwise([3, *channels]):
            layers += [
                nn.Conv2d(before, after, kernel_size=3, stride=2, padding=1, bias=False),
                nn.BatchNorm2d(after),
                nn.SiLU(),
            ]
        super().__init__(*layers, nn.Flatten(), nn.Linear(channels[-1] * end**2, outputs))


class Decoder(nn.Sequential):
    """A linear layer, and transposed convolutions that double height and width.

    Gives images of shape (count, 3, 64, 64) with pixels from 0 to 1.

    Args:
        latents: Numbers of a code, which it takes in shape (count, latents).
        depth: Convolutions, one of ``DEPTHS``.
    """

    def __init__(self, latents: int, depth: int = DEPTH) -> None:
        channels, end = maps_of(depth)
        layers: list[nn.Module] = [
            nn.Linear(latents, channels[-1] * end**2),
            nn.Unflatten(1, (channels[-1], end, end)),
            nn.BatchNorm2d(channels[-1]),
            nn.SiLU(),
        ]
        for before, after in pairwise(reversed(channels)):
            layers += [
                nn.ConvTranspose2d(before, after, kernel_size=4, stride=2, padding=1, bias=False),
                nn.BatchNorm2d(after),
                nn.SiLU(),
            ]
        last = nn.ConvTranspose2d(channels[0], 3, kernel_size=4, stride=2, padding=1)
        super().__init__(*layers, last, nn.Sigmoid())


def maps_of(depth: int) -> tuple[tuple[int, ...], int]:
    """Give how many maps each of so many convolutions makes, and the pixels along a side of the last ones.

    Raises:
        ValueError: If there cannot be so many.
    """
    if depth not in DEPTHS:
        raise ValueError(f"{depth} convolutions: choose from {DEPTHS[0]} to {DEPTHS[-1]}")
    return CHANNELS[:depth], SIDE // 2**depth


class Autoencoder(nn.Module):
    """Turns images into codes and codes into images.

    Args:
        latents: Numbers of a code.
        depth: Convolutions of the encoder, and of the decoder; one of ``DEPTHS``.
    """

    def __init__(self, latents: int, depth: int = DEPTH) -> None:
        super().__init__()
        self.encoder = Encoder(latents, depth)
        self.decoder = Decoder(latents, depth)

    def encode(self, images: torch.Tensor) -> torch.Tensor:
        """Give the code of each image, shape (count, latents)."""
        codes: torch.Tensor = self.encoder(images)
        return codes

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Give images of the same shape, (count, 3, 64, 64), made from the codes alone."""
        reconstructed: torch.Tensor = self.decoder(self.encode(images))
        return reconstructed


class Gaussians(NamedTuple):
    """For each latent of each image a normal distribution of its own."""

    mean: torch.Tensor
    """Shape (count, latents)."""
    log_variance: torch.Tensor
    """Shape (count, latents); a logarithm, so that every number is allowed."""


class VariationalOutput(NamedTuple):
    """What a variational autoencoder makes of images."""

    images: torch.Tensor
    """Shape (count, 3, 64, 64), from one drawn code for each image."""
    posterior: Gaussians
    """What the codes were drawn from."""


class VariationalAutoencoder(nn.Module):
    """Turns an image into a distribution of codes, and a code drawn from it into an image.

    Source: Kingma and Welling, *Auto-encoding variational Bayes*, 2014, arXiv:1312.6114.

    Args:
        latents: Numbers of a code.
        depth: Convolutions of the encoder, and of the decoder; one of ``DEPTHS``.
    """

    def __init__(self, latents: int, depth: int = DEPTH) -> None:
        super().__init__()
        self.latents = latents
        self.encoder = Encoder(2 * latents, depth)
        self.decoder = Decoder(latents, depth)

    def posterior(self, images: torch.Tensor) -> Gaussians:
        """Give the distribution of each image's code."""
        return Gaussians(*self.encoder(images).chunk(2, dim=1))

    def encode(self, images: torch.Tensor) -> torch.Tensor:
        """Give the mean code of each image, shape (count, latents)."""
        return self.posterior(images).mean

    def forward(self, images: torch.Tensor) -> VariationalOutput:
        """Draw a code for each image, and make an image of it."""
        posterior = self.posterior(images)
        return VariationalOutput(self.decoder(reparameterized(posterior)), posterior)

    def sample(self, count: int, generator: torch.Generator | None = None) -> torch.Tensor:
        """Make new images from codes drawn from the standard normal distribution.

        Args:
            count: How many.
            generator: Source of chance; PyTorch's own when None.

        Returns:
            Shape (count, 3, 64, 64).
        """
        device = next(self.parameters()).device
        codes = torch.randn(count, self.latents, generator=generator, device=device)
        images: torch.Tensor = self.decoder(codes)
        return images


def reparameterized(gaussians: Gaussians, generator: torch.Generator | None = None) -> torch.Tensor:
    """Draw from normal distributions so that the gradient passes: mean plus std times standard normal noise.

    Args:
        gaussians: What to draw from.
        generator: Source of chance; PyTorch's own when None.

    Returns:
        Shape (count, latents), one draw each.
    """
    mean, log_variance = gaussians
    noise = torch.randn(mean.shape, generator=generator, dtype=mean.dtype, device=mean.device)
    return mean + (log_variance / 2).exp() * noise


def gaussian_kl(gaussians: Gaussians) -> torch.Tensor:
    """Give the KL divergence of normal distributions from the standard normal one.

    Returns:
        Shape (count, latents), in nats; their sum over the latents is that of an image.
    """
    mean, log_variance = gaussians
    return (mean**2 + log_variance.exp() - log_variance - 1) / 2


def gaussian_nll(reconstructed: torch.Tensor, images: torch.Tensor, std: float = STD) -> torch.Tensor:
    """Give the negative logarithm of the likelihood of images, their pixels normal around a reconstruction.

    Args:
        reconstructed: Means of the pixels, shape (count, ...).
        images: Of the same shape.
        std: Standard deviation of every pixel.

    Returns:
        Shape (count,), in nats: summed over the pixels of each image.
    """
    squares = ((images - reconstructed) / std) ** 2
    return (squares / 2 + math.log(std * math.sqrt(2 * math.pi))).flatten(1).sum(dim=1)


def negative_elbo(
    output: VariationalOutput, images: torch.Tensor, beta: float = 1.0, std: float = STD
) -> torch.Tensor:
    """Give what a variational autoencoder minimizes: the pixels' surprise plus β times the codes' KL.

    Both are sums, over the pixels and over the latents; only over the images is the mean taken.
    A mean over the pixels would divide the first by their number, as if β were that much larger.

    Args:
        output: Of the autoencoder.
        images: What it was given.
        beta: Weight of the KL; 1 for the evidence lower bound.
        std: Standard deviation of every pixel.

    Returns:
        One number, in nats an image.
    """
    divergence = gaussian_kl(output.posterior).sum(dim=1)
    return (gaussian_nll(output.images, images, std) + beta * divergence).mean()

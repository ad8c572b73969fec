"""The principal components of codes, and what lies between two codes."""

from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from academy.atomic import atomic_path
from academy.lessons.lesson5.features import perceptual_distances


@dataclass(frozen=True)
class LatentPCA:
    """Where codes vary, the widest direction first."""

    mean: torch.Tensor
    """Shape (latents,)."""
    components: torch.Tensor
    """Shape (components, latents), each of length 1 and at right angles to the others."""
    variances: torch.Tensor
    """Of the codes along each component, shape (components,)."""

    @property
    def shares(self) -> torch.Tensor:
        """Give the share of the variance that each component explains, shape (components,)."""
        return self.variances / self.variances.sum()

    def code(self, sliders: torch.Tensor) -> torch.Tensor:
        """Turn positions of sliders into codes.

        Args:
            sliders: Shape (..., sliders), for the first components, in standard deviations from the mean.

        Returns:
            Shape (..., latents).
        """
        count = sliders.shape[-1]
        return self.mean + (sliders * self.variances[:count].sqrt()) @ self.components[:count]

    def sliders(self, codes: torch.Tensor) -> torch.Tensor:
        """Turn codes, shape (..., latents), into positions of sliders, shape (..., components).

        Along a component without variance no position differs from another: there it is 0.
        """
        std = self.variances.sqrt()
        offsets = (codes - self.mean) @ self.components.T
        return torch.where(std > 0, offsets / std.where(std > 0, 1.0), 0.0)

    def save(self, path: Path) -> None:
        """Write a safetensors file, whole or not at all."""
        with atomic_path(path) as unfinished:
            save_file({name: tensor.contiguous() for name, tensor in asdict(self).items()}, unfinished)

    @classmethod
    def load(cls, path: Path) -> "LatentPCA":
        """Read what ``save`` wrote."""
        return cls(**load_file(path))


def latent_pca(codes: torch.Tensor) -> LatentPCA:
    """Find the principal components of codes.

    Args:
        codes: Shape (count, latents).

    Returns:
        As many components as latents. Of the two signs of a component, the one is taken with which its
        entry farthest from 0 is positive, so that a knob turns the same way each time.
    """
    variances, columns = torch.linalg.eigh(torch.cov(codes.double().T))
    components, variances = columns.flip(1).T, variances.flip(0).clamp(min=0)
    largest = components.gather(1, components.abs().argmax(dim=1, keepdim=True))
    return LatentPCA(codes.mean(dim=0), (components * largest.sign()).float(), variances.float())


def draw_like(codes: torch.Tensor, count: int, generator: torch.Generator) -> torch.Tensor:
    """Draw codes from the normal distribution with the mean and covariance of others.

    Args:
        codes: Shape (many, latents).
        count: How many to draw.
        generator: Source of chance.

    Returns:
        Shape (count, latents).
    """
    return latent_pca(codes).code(torch.randn(count, codes.shape[1], generator=generator))


def walks(codes: torch.Tensor, steps: int) -> torch.Tensor:
    """Go straight from each code of a first half to one of the second.

    Args:
        codes: Shape (2 * pairs, latents).
        steps: Of each walk.

    Returns:
        Shape (pairs, steps + 1, latents), both ends among them.
    """
    starts, ends = codes.chunk(2)
    done = torch.linspace(0, 1, steps + 1)[:, None]  # (steps + 1, 1)
    return starts[:, None] * (1 - done) + ends[:, None] * done


@torch.no_grad()
def largest_step(pictures: torch.Tensor) -> torch.Tensor:
    """Say how even walks are: by how much their largest step exceeds the mean one, in the backbone's eyes.

    Args:
        pictures: Of the places of each walk, shape (pairs, steps + 1, 3, 64, 64), float from 0 to 1.

    Returns:
        Shape (pairs,); 1 where all steps change as much, the number of steps where one changes all.
    """
    ratios = []
    for walk in pictures:
        distances = perceptual_distances(walk[:-1], walk[1:])
        ratios.append(distances.max() / distances.mean())
    return torch.stack(ratios)

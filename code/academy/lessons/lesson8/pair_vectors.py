"""Vectors of the emoji's pictures, as a frozen ImageNet backbone gives them, cut down to 256 numbers.

The backbone takes minutes for 6,244 pictures. So what it says of them is kept: ``make_pair_vectors.py``,
beside the lesson, draws each at 224 pixels, and projects its 1,280 features on the 256 directions in which
the pictures to train on differ most. Each number is kept as one of 255 steps.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import torch
from safetensors.torch import load

from academy.data.emoji import Emoji, all_emoji

SIDE = 224
"""Pixels along a side of the pictures that the backbone saw."""
WIDTH = 256
STEPS = 127
"""Steps on either side of zero that a number is kept in."""


class Basis(NamedTuple):
    """How features of the backbone become fewer numbers."""

    mean: torch.Tensor
    """Shape (1280,), float32."""
    directions: torch.Tensor
    """Orthonormal rows, shape (256, 1280), float32."""
    size: torch.Tensor
    """Root of the mean square of a training picture's kept numbers, by which they are divided; a scalar."""


def fitted_basis(features: torch.Tensor) -> Basis:
    """Find the directions in which features, shape (count, 1280), differ most."""
    mean = features.mean(dim=0)
    centered = features - mean
    directions = torch.linalg.svd(centered, full_matrices=False).Vh[:WIDTH]
    return Basis(mean, directions.contiguous(), (centered @ directions.T).square().mean().sqrt())


def projected(features: torch.Tensor, basis: Basis) -> torch.Tensor:
    """Turn features, shape (count, 1280), into numbers around 1 and -1, shape (count, 256)."""
    return (features - basis.mean) @ basis.directions.T / basis.size


def restored(vectors: torch.Tensor, basis: Basis) -> torch.Tensor:
    """Turn vectors, shape (count, 256), back into features, shape (count, 1280), as well as they allow."""
    return vectors * basis.size @ basis.directions + basis.mean


def rounded(vectors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Keep each number as a whole number of steps.

    Returns:
        The numbers of steps, of the same shape, int8, and the length of a step in each column, float32.
    """
    step = vectors.abs().amax(dim=0) / STEPS
    return (vectors / step).round().to(torch.int8), step


@cache
def basis() -> Basis:
    """Read the basis that the kept vectors were made with."""
    kept = read("pair_basis")
    return Basis(kept["mean"].float(), kept["directions"].float(), kept["size"].float())


@cache
def all_vectors() -> dict[str, torch.Tensor]:
    """Read the vectors of each style: shape (count, 256), float32, in the order of ``all_emoji``."""
    kept = read("pair_vectors")
    step = kept.pop("step")
    return {style: steps.float() * step for style, steps in kept.items()}


@cache
def places() -> dict[str, int]:
    """Give the place of each name in ``all_emoji``."""
    return {each.name: place for place, each in enumerate(all_emoji())}


def picture_vectors(emoji: Sequence[Emoji], style: str) -> torch.Tensor:
    """Give the vectors of emoji drawn in a style, shape (count, 256), float32."""
    return all_vectors()[style][[places()[each.name] for each in emoji]]


def read(name: str) -> dict[str, torch.Tensor]:
    """Read a file of the package's tensors."""
    return load((files("academy") / "lessons" / "lesson8" / "results" / f"{name}.safetensors").read_bytes())

"""Emoji of 16 × 16 pixels as 128 numbers each, and what their names are as vectors of MiniLM."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import torch

from academy.data.emoji import STYLES, Emoji, all_emoji, emoji_pictures
from academy.data.emoji_kinds import UNSEEN_STYLE, things_apart
from academy.nets import minilm

SIDE = 16
COMPONENTS = 128
"""Principal components that stand for a picture."""
DRAWN_STYLES = tuple(style for style in STYLES if style != UNSEEN_STYLE)


@dataclass(frozen=True)
class PictureCode:
    """Turns small pictures into a few numbers of mean 0 and variances near 1, and back: scaled PCA."""

    mean: torch.Tensor
    """Shape (3 × SIDE × SIDE,)."""
    directions: torch.Tensor
    """Shape (COMPONENTS, 3 × SIDE × SIDE), at right angles; the longer one is, the smaller is its number."""

    def encode(self, pictures: torch.Tensor) -> torch.Tensor:
        """Turn pictures of shape (count, 3, SIDE, SIDE), from 0 to 1, into shape (count, COMPONENTS)."""
        squared = self.directions.square().sum(dim=1)
        codes: torch.Tensor = (pictures.flatten(1) - self.mean) @ self.directions.T
        return codes / squared

    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        """Turn codes into pictures, shape (count, 3, SIDE, SIDE); what leaves 0 to 1 is cut off."""
        pictures = codes @ self.directions + self.mean
        return pictures.clamp(0, 1).view(-1, 3, SIDE, SIDE)


def fitted_code(pictures: torch.Tensor) -> PictureCode:
    """Find the mean of pictures and the directions in which they differ most.

    Numbers in units of their standard deviation would make fine detail as large as the colors of whole areas;
    pixels leave it too small to learn. The root of the standard deviation stands between the two.

    Args:
        pictures: Shape (count, 3, SIDE, SIDE), from 0 to 1.
    """
    rows = pictures.flatten(1)
    mean = rows.mean(dim=0)
    _, lengths, directions = torch.linalg.svd(rows - mean, full_matrices=False)
    deviations = lengths[:COMPONENTS, None] / (len(rows) - 1) ** 0.5
    return PictureCode(mean, directions[:COMPONENTS] * (deviations * deviations.mean()).sqrt())


def small_pictures(emoji: Sequence[Emoji]) -> torch.Tensor:
    """Draw emoji in three styles, at twice the size, and average the pixels; 1 ms a picture.

    Returns:
        Shape (styles × count, 3, SIDE, SIDE), from 0 to 1: all in the first style, then all in the next.
    """
    large = emoji_pictures(emoji, DRAWN_STYLES, 2 * SIDE).images / 255
    pictures: torch.Tensor = torch.nn.functional.avg_pool2d(large, 2)
    return pictures


def name_vectors(names: Sequence[str]) -> torch.Tensor:
    """Read names with MiniLM; each vector has mean 0 and variance 1.

    Returns:
        Shape (count, ``minilm.WIDTH``), float32.
    """
    return torch.nn.functional.layer_norm(minilm.features(names), (minilm.WIDTH,))


@cache
def trained_things() -> tuple[Emoji, ...]:
    """Name the emoji to train with: all but the twelve things of each kind that are kept apart."""
    _, apart = things_apart()
    new = {each for things in apart.values() for each in things}
    return tuple(each for each in all_emoji() if each not in new)

"""Two encoders that meet in one space, and the loss that brings pairs together there."""

import math

import torch
from torch import nn
from torch.nn import functional as F

WIDTH = 256
"""Numbers of a picture or a text in the common space, where both towers learn."""
FIRST_TEMPERATURE, LARGEST_SCALE = 0.07, 100.0


class Tower(nn.Module):
    """A small head on frozen features: a hidden layer beside a straight way, and a unit vector.

    Args:
        features: Numbers that a frozen encoder gives.
        hidden: Units of the hidden layer; 0 leaves the linear projection alone.
        dropout: Share of the hidden units left out in training.
        width: Numbers of the common space.
    """

    def __init__(self, features: int, hidden: int = 512, dropout: float = 0.3, width: int = WIDTH) -> None:
        super().__init__()
        self.straight = nn.Linear(features, width)
        self.bent = bent(features, hidden, dropout, width) if hidden else None

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Turn features, shape (batch, features), into unit vectors, shape (batch, width)."""
        vectors = self.straight(features)
        if self.bent is not None:
            vectors = vectors + self.bent(features)
        return F.normalize(vectors, dim=-1)


def bent(features: int, hidden: int, dropout: float, width: int) -> nn.Sequential:
    """Make the part of a tower that is no straight way."""
    return nn.Sequential(
        nn.Linear(features, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, width)
    )


class Locked(nn.Module):
    """A tower that learns nothing: features as they are, without what all of them share.

    Source: X. Zhai and others, *LiT: Zero-Shot Transfer with Locked-image text Tuning*, 2022,
    arXiv:2111.07991, which locks the pictures; here it is the texts that are locked.

    Args:
        mean: Of the features that are trained on, shape (features,).
    """

    mean: torch.Tensor

    def __init__(self, mean: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Turn features, shape (batch, features), into unit vectors of the same shape."""
        return F.normalize(features - self.mean, dim=-1)


class DualEncoder(nn.Module):
    """A tower for pictures, a tower for texts, and the temperature that both learn with.

    Source: A. Radford and others, *Learning Transferable Visual Models From Natural Language
    Supervision*, 2021, arXiv:2103.00020.
    """

    def __init__(self, pictures: nn.Module, texts: nn.Module) -> None:
        super().__init__()
        self.pictures = pictures
        self.texts = texts
        self.log_scale = nn.Parameter(torch.tensor(math.log(1 / FIRST_TEMPERATURE)))

    @property
    def scale(self) -> torch.Tensor:
        """What cosines are multiplied by: 1 divided by the temperature, at most 100."""
        return self.log_scale.exp().clamp(max=LARGEST_SCALE)

    def forward(self, pictures: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
        """Give the loss of a batch of pairs: row i of the pictures belongs to row i of the texts."""
        return info_nce(self.pictures(pictures), self.texts(texts), self.scale)


def info_nce(pictures: torch.Tensor, texts: torch.Tensor, scale: torch.Tensor | float) -> torch.Tensor:
    """Ask of each picture which text of the batch is its own, and of each text which picture.

    Source: A. van den Oord, Y. Li and O. Vinyals, *Representation Learning with Contrastive Predictive
    Coding*, 2018, arXiv:1807.03748; both ways, as CLIP has it.

    Args:
        pictures: Unit vectors, shape (batch, width).
        texts: Unit vectors of the same shape; a row belongs to the same row of the pictures.
        scale: 1 divided by the temperature.

    Returns:
        The mean of both cross-entropies, a scalar.
    """
    logits = scale * pictures @ texts.T  # (batch, batch): cosines of all pairs
    own = torch.arange(len(logits), device=logits.device)
    return (F.cross_entropy(logits, own) + F.cross_entropy(logits.T, own)) / 2

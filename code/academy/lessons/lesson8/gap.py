"""The modality gap: pictures and texts that lie in two places of one space, measured and closed."""

from typing import NamedTuple

import torch
from sklearn.linear_model import LogisticRegression
from torch.nn import functional as F


class Placed(NamedTuple):
    """Pictures and texts in the common space; a row of one belongs to the same row of the other."""

    pictures: torch.Tensor
    """Unit vectors, shape (pairs, width), float32."""
    texts: torch.Tensor
    """Unit vectors, shape (pairs, width), float32."""


def gap(placed: Placed) -> float:
    """Measure how far the mean of the pictures lies from the mean of the texts.

    Source: W. Liang, Y. Zhang, Y. Kwon, S. Yeung and J. Zou, *Mind the Gap: Understanding the Modality Gap
    in Multi-modal Contrastive Representation Learning*, 2022, arXiv:2203.02053.
    """
    between = placed.pictures.mean(dim=0) - placed.texts.mean(dim=0)
    return float(between.norm())


def told_apart(known: Placed, new: Placed) -> float:
    """Give the share of new vectors that a linear classifier calls rightly a picture's or a text's.

    Args:
        known: What the classifier learns from.
        new: What it is asked about.
    """
    classifier = LogisticRegression(max_iter=1000).fit(torch.cat(known), kinds(known))
    share: float = classifier.score(torch.cat(new), kinds(new))
    return share


def kinds(placed: Placed) -> list[int]:
    """Label the vectors of pictures with 0 and then those of texts with 1."""
    return [0] * len(placed.pictures) + [1] * len(placed.texts)


def closed(placed: Placed, known: Placed) -> Placed:
    """Move both kinds so that the means of known ones are at zero, and make unit vectors again."""
    return Placed(*(F.normalize(one - mean.mean(dim=0), dim=-1) for one, mean in zip(placed, known)))

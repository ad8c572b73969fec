"""Zero-shot classification: a picture belongs to the class whose prompt is nearest."""

from collections.abc import Sequence

import torch
from torch.nn import functional as F

from academy.lessons.lesson8.contrastive import text_features
from academy.lessons.lesson8.dual_encoder import DualEncoder


@torch.no_grad()
def class_vectors(model: DualEncoder, prompts: Sequence[tuple[str, ...]]) -> torch.Tensor:
    """Make one vector of the prompts of each class: the mean of their unit vectors, made a unit vector.

    Source: A. Radford and others, *Learning Transferable Visual Models From Natural Language
    Supervision*, 2021, arXiv:2103.00020, section 3.1.4.

    Args:
        model: The towers.
        prompts: Of each class equally many.

    Returns:
        Shape (classes, width), float32.
    """
    texts = model.texts(text_features(tuple(text for each in prompts for text in each)))
    return F.normalize(texts.unflatten(0, (len(prompts), -1)).mean(dim=1), dim=-1)


@torch.no_grad()
def class_logits(model: DualEncoder, pictures: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
    """Compare pictures with classes, at the temperature that the towers have learned.

    Args:
        model: The towers.
        pictures: The backbone's vectors, shape (count, 256).
        classes: What ``class_vectors`` gives.

    Returns:
        Shape (count, classes), float32.
    """
    found: torch.Tensor = model.scale * model.pictures(pictures) @ classes.T
    return found


def accuracy(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """Give the share of pictures whose highest logit is that of their class."""
    return (logits.argmax(dim=1) == labels).double().mean().item()

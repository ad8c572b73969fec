"""Kinds without towers: what the backbone's ImageNet classes are called, and which kind sounds nearest."""

from functools import cache

import torch
from torch.nn import functional as F

from academy.lessons.lesson8.contrastive import text_features
from academy.lessons.lesson8.pair_vectors import basis, restored
from academy.nets.pretrained import image_backbone, imagenet_names

NEAREST = 5
"""Classes of ImageNet that are asked."""


@cache
def imagenet_vectors() -> torch.Tensor:
    """Give MiniLM's unit vectors of the names of ImageNet's classes, shape (1000, 384)."""
    return F.normalize(text_features(tuple(imagenet_names())), dim=-1)


@torch.no_grad()
def imagenet_logits(pictures: torch.Tensor) -> torch.Tensor:
    """Ask the backbone's last layer about kept vectors, shape (count, 256), as well as they allow.

    Returns:
        Shape (count, 1000), float32.
    """
    logits: torch.Tensor = image_backbone().network.classifier(restored(pictures, basis()))
    return logits


def by_class_names(pictures: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
    """Compare kinds with the mean of the names of the likeliest ImageNet classes, weighted by probability.

    Source: M. Norouzi and others, *Zero-Shot Learning by Convex Combination of Semantic Embeddings*,
    2014, arXiv:1312.5650.

    Args:
        pictures: The backbone's vectors, shape (count, 256).
        kinds: MiniLM's features of the kinds' names, shape (kinds, 384).

    Returns:
        Cosines, shape (count, kinds).
    """
    likeliest = imagenet_logits(pictures).softmax(dim=1).topk(NEAREST, dim=1)
    weights = likeliest.values / likeliest.values.sum(dim=1, keepdim=True)  # (count, 5)
    mixed = torch.einsum("cn,cnw->cw", weights, imagenet_vectors()[likeliest.indices])
    return F.normalize(mixed, dim=-1) @ F.normalize(kinds, dim=-1).T

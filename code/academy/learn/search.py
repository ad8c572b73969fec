"""Search by likeness: which pictures lie nearest to a query, and how good what was found is.

A query has a ranking, the pictures of an index from the most to the least like it, and each of them is
either relevant, as a picture of the same kind, or not.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional as F


def cosine_similarity(queries: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
    """Give the cosine of the angle between each query and each vector of an index.

    Args:
        queries: Shape (queries, features).
        index: Shape (count, features).

    Returns:
        Shape (queries, count), from −1 to 1.
    """
    return F.normalize(queries, dim=1) @ F.normalize(index, dim=1).T


class Found(NamedTuple):
    """What is most like each query, best first."""

    similarity: torch.Tensor
    """Shape (queries, k)."""
    places: torch.Tensor
    """Where it is in the index, shape (queries, k)."""


def nearest(queries: torch.Tensor, index: torch.Tensor, k: int) -> Found:
    """Find the k vectors of an index that are most like each query, by the cosine.

    Args:
        queries: Shape (queries, features).
        index: Shape (count, features).
        k: How many.
    """
    return Found(*cosine_similarity(queries, index).topk(k, dim=1))


def ranked(similarity: torch.Tensor, relevant: torch.Tensor) -> torch.Tensor:
    """Say of each query's ranking, from the most to the least like, which are relevant.

    Args:
        similarity: Shape (queries, count).
        relevant: Shape (queries, count), bool.

    Returns:
        Shape (queries, count), bool.
    """
    return relevant.gather(1, similarity.argsort(dim=1, descending=True, stable=True))


def precision_at(ranking: torch.Tensor, k: int) -> torch.Tensor:
    """Give the share of the first k that are relevant, of each query.

    Args:
        ranking: Whether each is relevant, best first, shape (queries, count).
        k: How many are shown.
    """
    return ranking[:, :k].double().mean(dim=1)


def recall_at(ranking: torch.Tensor, k: int) -> torch.Tensor:
    """Give the share of all that are relevant which is among the first k, of each query.

    Args:
        ranking: Whether each is relevant, best first, shape (queries, count); one at least is.
        k: How many are shown.
    """
    return ranking[:, :k].double().sum(dim=1) / ranking.double().sum(dim=1)


def average_precision(ranking: torch.Tensor) -> torch.Tensor:
    """Give the mean of the precision at the place of each that is relevant, of each query.

    Args:
        ranking: Whether each is relevant, best first, shape (queries, count); one at least is.
    """
    hits = ranking.double()
    precision = hits.cumsum(dim=1) / torch.arange(1, hits.shape[1] + 1)  # at every place
    return (precision * hits).sum(dim=1) / hits.sum(dim=1)


class Interval(NamedTuple):
    """A mean, and the ends of its 95 % interval."""

    mean: float
    low: float
    high: float


def bootstrap(scores: Sequence[float], draws: int = 2000, seed: int = 0) -> Interval:
    """Say how far the mean of a score over queries may be off, had other queries been asked.

    Each draw takes as many queries as there are, some of them twice and some not at all. To compare two
    backbones, give the differences of their scores, query by query.

    Args:
        scores: One a query.
        draws: How many means to draw.
        seed: Of the draws.

    Returns:
        The mean, and the bounds of the middle 95 % of the drawn means.

    Source: Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7, 1979.
    """
    values = np.asarray(scores, dtype=float)
    drawn = np.random.RandomState(seed).randint(len(values), size=(draws, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), [0.025, 0.975])
    return Interval(float(values.mean()), float(low), float(high))

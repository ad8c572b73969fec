"""Hubs: answers that are among the first for far more queries than chance explains, and a cure."""

import numpy as np
import torch
from scipy.stats import binom


def most_by_chance(queries: int, answers: int, count: int) -> float:
    """Say how often the most-found answer is expected where each query finds ``count`` at random.

    The numbers of times that answers are found are taken as independent and binomial.
    """
    times = np.arange(queries + 1)
    at_most = binom.cdf(times, queries, count / answers) ** answers
    return float((1 - at_most).sum())


def skewness(times: torch.Tensor) -> float:
    """Measure how far a few answers are found more often than most: 0 where more and less balance.

    Source: M. Radovanović, A. Nanopoulos and M. Ivanović, *Hubs in Space*, JMLR 11, 2010.
    """
    deviations = times.double() - times.double().mean()
    return float((deviations**3).mean() / (deviations**2).mean() ** 1.5)


def inverted_softmax(similarities: torch.Tensor, known: torch.Tensor, sharpness: float) -> torch.Tensor:
    """Ask each answer how much it prefers a query to known ones: what everything is near to loses.

    Source: S. Smith, D. Turban, S. Hamblin and N. Hammerla, *Offline Bilingual Word Vectors, Orthogonal
    Transformations and the Inverted Softmax*, 2017, arXiv:1702.03859.

    Args:
        similarities: Of queries with answers, shape (queries, answers).
        known: Of other queries with the same answers, shape (known queries, answers).
        sharpness: What similarities are multiplied by.

    Returns:
        Logarithms, shape (queries, answers).
    """
    return sharpness * similarities - (sharpness * known).logsumexp(dim=0)

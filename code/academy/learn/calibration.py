"""Is a classifier right as often as it is sure? Confidence in bins, and one number that mends it."""

from typing import NamedTuple

import torch
from torch.nn import functional as F


class Reliability(NamedTuple):
    """Answers in bins of about equal confidence."""

    confidence: torch.Tensor
    """Mean of each bin, shape (bins,)."""
    right: torch.Tensor
    """Share of right answers in each bin, shape (bins,)."""
    answers: torch.Tensor
    """How many each bin has, shape (bins,)."""

    @property
    def error(self) -> float:
        """How far confidence and right answers are apart, all answers weighing alike.

        Source: C. Guo and others, *On calibration of modern neural networks*, 2017, arXiv:1706.04599.
        """
        return float(((self.confidence - self.right).abs() * self.answers).sum() / self.answers.sum())


def reliability(confidence: torch.Tensor, right: torch.Tensor, bins: int = 10) -> Reliability:
    """Sort answers by confidence, and cut them into bins of equal count.

    Args:
        confidence: Of each answer, shape (count,), from 0 to 1.
        right: Whether it was right, shape (count,), bool.
        bins: How many; with fewer answers than bins there are as many as answers.
    """
    order = confidence.argsort(stable=True)
    parts = [part for part in order.tensor_split(bins) if len(part)]
    return Reliability(
        torch.stack([confidence[part].double().mean() for part in parts]),
        torch.stack([right[part].double().mean() for part in parts]),
        torch.tensor([len(part) for part in parts]),
    )


def fitted_temperature(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """Find the number to divide logits by so that the cross-entropy of their labels is lowest.

    Args:
        logits: Shape (count, classes), of examples that no training has seen.
        labels: Shape (count,), int64.
    """
    candidates = torch.logspace(-1, 1, 401)  # from a tenth to ten, 1.2 % apart
    losses = torch.stack([F.cross_entropy(logits / each, labels) for each in candidates])
    return float(candidates[losses.argmin()])

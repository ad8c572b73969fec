"""Classifiers that count padding as words."""

import torch
from torch import nn
from torch.nn import functional as F

from academy.data.text import PADDING
from academy.lessons.lesson6.sentiment import MeanClassifier


class PaddingLearns(MeanClassifier):
    """Averages over all places of a row, and trains the vector of the padding like that of a word."""

    padding_idx: int | None = None

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Give logits, shape (count,), of ids of shape (count, longest), whatever the mask says."""
        mean = F.embedding(ids, self.embedding.weight, self.padding_idx).mean(dim=1)
        logits: torch.Tensor = self.linear(self.dropout(mean))
        return logits.squeeze(1)


class PaddingIsZero(PaddingLearns):
    """The same with ``padding_idx``: the vector of the padding is 0 and stays so, but it still counts."""

    padding_idx = PADDING

    def __init__(self, vectors: torch.Tensor, dropout: float = 0.0) -> None:
        """Begin with given vectors, of shape (vocabulary, dimensions)."""
        super().__init__(vectors, dropout)
        nn.init.zeros_(self.embedding.weight[PADDING].data)

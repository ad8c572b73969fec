"""A classifier of sentences: the mean of its words' vectors, and one neuron."""

import torch
from torch import nn
from torch.nn import functional as F


def masked_mean(vectors: torch.Tensor, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Average the vectors of real words, and no others.

    ``embedding_bag`` adds up rows without a copy of each; it takes the words of all sentences one after
    another, and where each sentence begins.

    Args:
        vectors: Of each id, shape (vocabulary, dimensions).
        ids: Shape (count, longest), int64.
        mask: Shape (count, longest), bool: true where there is a word.

    Returns:
        Shape (count, dimensions); 0 for a sentence without a word.
    """
    lengths = mask.sum(dim=1)
    return F.embedding_bag(ids[mask], vectors, lengths.cumsum(dim=0) - lengths, mode="mean")


class MeanClassifier(nn.Module):
    """Says of a sentence's mean vector on which side of a plane it lies."""

    def __init__(self, vectors: torch.Tensor, dropout: float = 0.0) -> None:
        """Begin with given vectors.

        Args:
            vectors: Of each id, shape (vocabulary, dimensions); that of the padding is never used.
            dropout: Share of the mean's numbers that are left out while it trains.
        """
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(vectors.clone(), freeze=False)
        self.dropout = nn.Dropout(dropout)
        self.linear = nn.Linear(vectors.shape[1], 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Give logits: above 0 means positive.

        Args:
            ids: Shape (count, longest), int64.
            mask: Shape (count, longest), bool.

        Returns:
            Shape (count,).
        """
        mean = masked_mean(self.embedding.weight, ids, mask)  # (count, dimensions)
        logits: torch.Tensor = self.linear(self.dropout(mean))  # (count, 1)
        return logits.squeeze(1)


@torch.no_grad()
def contributions(network: MeanClassifier, ids: torch.Tensor) -> torch.Tensor:
    """Say what each word adds to the logit of its sentence; with the bias, they sum to it.

    Args:
        network: What read the sentence.
        ids: Of one sentence without padding, shape (length,), int64.

    Returns:
        Shape (length,).
    """
    vectors: torch.Tensor = network.embedding(ids)  # (length, dimensions)
    return vectors @ network.linear.weight[0] / len(ids)

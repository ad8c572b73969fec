"""A small GPT: every place sees itself and those before it, and says what comes next.

Source: A. Radford and others, *Language models are unsupervised multitask learners*, 2019 (GPT-2), whose
layers, positions and first weights these are.
"""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

FIRST_STD = 0.02
"""Standard deviation of the weights before training."""


@dataclass(frozen=True)
class Size:
    """How large a GPT is."""

    layers: int = 3
    width: int = 96
    """Numbers in the vector of each place."""
    heads: int = 4
    context: int = 128
    """Places it can see at once."""
    vocabulary: int = 1024

    def parameters(self) -> int:
        """Count the weights by formula: 12 · width² a layer, and what is small beside that."""
        layer = 12 * self.width**2 + 13 * self.width
        return self.layers * layer + (self.vocabulary + self.context + 2) * self.width


class Past:
    """Keys and values of the places that a layer has seen: the cache."""

    def __init__(self) -> None:
        self.keys = torch.empty(0)
        """Shape (count, heads, seen, width / heads), once there are some; the values' too."""
        self.values = torch.empty(0)

    @property
    def seen(self) -> int:
        """Number of places."""
        return self.keys.shape[-2] if self.keys.ndim > 1 else 0

    def extended(self, keys: torch.Tensor, values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Add those of new places, shape (count, heads, new, width / heads), and give all."""
        if self.seen:
            keys, values = torch.cat([self.keys, keys], dim=-2), torch.cat([self.values, values], dim=-2)
        self.keys, self.values = keys, values
        return keys, values


class CausalAttention(nn.Module):
    """Self-attention of several heads, to no later place."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.inputs = nn.Linear(width, 3 * width)
        """Queries, keys and values, one after the other."""
        self.output = nn.Linear(width, width)

    def forward(self, vectors: torch.Tensor, past: Past) -> torch.Tensor:
        """Mix the values of the places before; shape (count, new, width) in and out."""
        parts = self.inputs(vectors).chunk(3, dim=-1)
        queries, keys, values = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts)
        keys, values = past.extended(keys, values)
        new, seen = queries.shape[-2], keys.shape[-2]
        # The fast way for whole texts cannot be told that some places came before.
        mask = None if new == seen else vectors.new_ones(new, seen, dtype=torch.bool).tril(seen - new)
        mixed = F.scaled_dot_product_attention(queries, keys, values, mask, is_causal=mask is None)
        added: torch.Tensor = self.output(mixed.transpose(1, 2).flatten(-2))
        return added


class Layer(nn.Module):
    """Attention, then a small net of each place; both get normalized vectors, and what they give is added."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(width)
        self.attention = CausalAttention(width, heads)
        self.net_norm = nn.LayerNorm(width)
        self.net = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, vectors: torch.Tensor, past: Past) -> torch.Tensor:
        """Give vectors of the same shape, (count, new, width)."""
        vectors = vectors + self.attention(self.attention_norm(vectors), past)
        changed: torch.Tensor = vectors + self.net(self.net_norm(vectors))
        return changed


class GPT(nn.Module):
    """A decoder alone: embeddings of tokens and places, layers, and a score for each token to come next."""

    def __init__(self, size: Size) -> None:
        """Draw the first weights.

        Args:
            size: How large.
        """
        super().__init__()
        self.size = size
        self.tokens = nn.Embedding(size.vocabulary, size.width)
        """Vectors that come in, and that the last ones are compared with."""
        self.places = nn.Embedding(size.context, size.width)
        self.layers = nn.ModuleList(Layer(size.width, size.heads) for _ in range(size.layers))
        self.norm = nn.LayerNorm(size.width)
        self.apply(begin)
        for layer in self.layers:  # sums of many parts should not grow with their number
            for last in (layer.attention.output, layer.net[-1]):  # type: ignore[union-attr, index]
                nn.init.normal_(last.weight, std=FIRST_STD / math.sqrt(2 * size.layers))  # type: ignore[arg-type, union-attr]

    def cache(self) -> list[Past]:
        """Make an empty cache, one part a layer."""
        return [Past() for _ in self.layers]

    def forward(self, ids: torch.Tensor, cache: list[Past] | None = None) -> torch.Tensor:
        """Score what comes after each place.

        Args:
            ids: Shape (count, new), int64.
            cache: What was seen before these, else nothing; these are added to it.

        Returns:
            Logits, shape (count, new, vocabulary).

        Raises:
            ValueError: If that is more than the context holds.
        """
        pasts = self.cache() if cache is None else cache
        seen, new = pasts[0].seen, ids.shape[1]
        if seen + new > self.size.context:
            raise ValueError(
                f"{seen + new} tokens do not fit in a context of {self.size.context}: give the last of them"
            )
        vectors = self.tokens(ids) + self.places.weight[seen : seen + new]
        for layer, past in zip(self.layers, pasts):
            vectors = layer(vectors, past)
        return F.linear(self.norm(vectors), self.tokens.weight)


def begin(module: nn.Module) -> None:
    """Draw the first weights of a part as GPT-2's."""
    if isinstance(module, nn.Linear | nn.Embedding):
        nn.init.normal_(module.weight, std=FIRST_STD)
    if isinstance(module, nn.Linear):
        nn.init.zeros_(module.bias)

"""The attention of MiniLM's first layers as a net for the page: what it takes, gives and stores."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from academy.nets.minilm import HEADS, WIDTH, minilm, tokenizer

FIRST_LAYERS = 4
"""Of six. In the other two most heads look at a mark, and nothing else."""
MOST_PIECES = 24
"""Of a text, without the two marks."""
PLACES = MOST_PIECES + 2
NOTHING = -1
"""Where a text has no piece."""
STEPS_OF_PIECES, STEPS_OF_LAYERS = 31, 127
"""Steps on either side of zero in which a weight is stored: one embedding matters less than a layer."""


class Stored(nn.Module):
    """A matrix of weights in whole steps, with a step for each row."""

    steps: torch.Tensor
    step: torch.Tensor

    def __init__(self, weights: torch.Tensor, steps: int) -> None:
        """Round the weights.

        Args:
            weights: Shape (rows, columns).
            steps: On either side of zero, at most 127.
        """
        super().__init__()
        step = weights.detach().abs().amax(dim=1, keepdim=True).clamp_min(torch.finfo().tiny) / steps
        self.register_buffer("steps", (weights.detach() / step).round().to(torch.int8))
        self.register_buffer("step", step)

    def rows(self, ids: torch.Tensor) -> torch.Tensor:
        """Give some rows, shape (..., columns), float32."""
        return self.steps[ids].float() * self.step[ids]

    def forward(self) -> torch.Tensor:
        """Give all of it, shape (rows, columns), float32."""
        return self.steps.float() * self.step


class StoredLinear(nn.Module):
    """A linear layer whose weights are stored in whole steps."""

    bias: torch.Tensor

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.weight = Stored(linear.weight, STEPS_OF_LAYERS)
        self.register_buffer("bias", linear.bias.detach().clone())

    def forward(self, vectors: torch.Tensor) -> torch.Tensor:
        """Give vectors of the layer's outputs."""
        return F.linear(vectors, self.weight(), self.bias)


class Looking(nn.Module):
    """Queries and keys of a layer: how much each place looks at each other, in each head."""

    def __init__(self, attention: Any) -> None:
        """Take both from a layer's attention, as transformers has it."""
        super().__init__()
        self.queries, self.keys = StoredLinear(attention.query), StoredLinear(attention.key)

    def forward(self, vectors: torch.Tensor, is_piece: torch.Tensor) -> torch.Tensor:
        """Give the weights, shape (count, HEADS, places, places); what is no piece is not looked at."""
        queries, keys = (cut(part(vectors)) for part in (self.queries, self.keys))
        scores = queries @ keys.transpose(-2, -1) / queries.shape[-1] ** 0.5
        weights: torch.Tensor = scores.masked_fill(~is_piece[:, None, None, :], -1e9).softmax(dim=-1)
        return weights


class Rest(nn.Module):
    """What a layer makes of what was looked at: values, both sums, and the net of each place."""

    def __init__(self, layer: Any) -> None:
        """Take it from a layer, as transformers has it."""
        super().__init__()
        attention = layer.attention
        self.values, self.output, self.hidden, self.back = (
            StoredLinear(part)
            for part in (
                attention.self.value,
                attention.output.dense,
                layer.intermediate.dense,
                layer.output.dense,
            )
        )
        self.norms = nn.ModuleList([attention.output.LayerNorm, layer.output.LayerNorm])

    def forward(self, vectors: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        """Give the vectors of the next layer, shape (count, places, width)."""
        mixed = (weights @ cut(self.values(vectors))).transpose(1, 2).flatten(2)
        vectors = self.norms[0](vectors + self.output(mixed))
        after: torch.Tensor = self.norms[1](vectors + self.back(F.gelu(self.hidden(vectors))))
        return after


class FirstLayers(nn.Module):
    """The attention of MiniLM's first layers: ids in, all heads' weights out.

    Its weights are stored in whole steps. Of the last layer it has queries and keys alone.
    """

    places: torch.Tensor

    def __init__(self) -> None:
        """Take the weights.

        Raises:
            AssetUnavailable: If MiniLM cannot be had.
        """
        super().__init__()
        whole = minilm()
        embeddings, layers = whole.embeddings, whole.encoder.layer[:FIRST_LAYERS]
        self.pieces = Stored(without_unused(embeddings.word_embeddings.weight), STEPS_OF_PIECES)
        places = embeddings.position_embeddings.weight[:PLACES] + embeddings.token_type_embeddings.weight[0]
        self.register_buffer("places", places.detach().clone())
        self.norm = embeddings.LayerNorm
        self.looking = nn.ModuleList(Looking(layer.attention.self) for layer in layers)
        self.rest = nn.ModuleList(Rest(layer) for layer in layers[:-1])

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Read texts.

        Args:
            ids: Shape (count, ``PLACES``), float32, as :func:`places_of` gives them.

        Returns:
            Shape (count, ``FIRST_LAYERS``, ``HEADS``, ``PLACES``, ``PLACES``): the last axis is looked
            at, and sums to 1; what is no piece gets nothing, and what it looks at means nothing.
        """
        is_piece = ids >= 0  # (count, places)
        vectors = self.norm(self.pieces.rows(ids.clamp_min(0).long()) + self.places)
        found = [self.looking[0](vectors, is_piece)]
        for rest, looking in zip(self.rest, self.looking[1:]):
            vectors = rest(vectors, found[-1])
            found.append(looking(vectors, is_piece))
        return torch.stack(found, dim=1)


def cut(vectors: torch.Tensor) -> torch.Tensor:
    """Cut vectors into heads, shape (count, HEADS, places, WIDTH / HEADS)."""
    heads: torch.Tensor = vectors.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2)
    return heads


@torch.no_grad()
def without_unused(embeddings: torch.Tensor) -> torch.Tensor:
    """Empty the rows that the tokenizer keeps free, which no text reaches; zeros take no room."""
    kept = embeddings.clone()
    kept[[piece.startswith("[unused") for piece in vocabulary()]] = 0
    return kept


def vocabulary() -> list[str]:
    """List MiniLM's word pieces by their id."""
    known = tokenizer().get_vocab()
    return sorted(known, key=known.__getitem__)


def places_of(texts: Sequence[str]) -> torch.Tensor:
    """Give the ids of texts as :class:`FirstLayers` takes them.

    Returns:
        Shape (count, ``PLACES``), float32: the first pieces between their marks, then ``NOTHING``.
    """
    cut_off = tokenizer()(list(texts), truncation=True, max_length=PLACES).input_ids
    ids = torch.full((len(texts), PLACES), float(NOTHING))
    for row, of_text in zip(ids, cut_off):
        row[: len(of_text)] = torch.tensor(of_text, dtype=torch.float32)
    return ids


@torch.no_grad()
def first_attention(net: FirstLayers, text: str) -> torch.Tensor:
    """Give how much the pieces of a text look at each other.

    Returns:
        Shape (``FIRST_LAYERS``, ``HEADS``, length, length), float32.
    """
    ids = places_of([text])
    length = int((ids >= 0).sum())
    weights: torch.Tensor = net(ids)[0, :, :, :length, :length]
    return weights


def elsewhere(found: torch.Tensor, expected: torch.Tensor) -> torch.Tensor:
    """Say which share of its attention a head gives elsewhere, the mean over the places that look.

    Args:
        found: Weights, shape (..., length, length), whose last axis sums to 1.
        expected: Of the same shape.

    Returns:
        Shape (...): from 0, both alike, to 1.
    """
    return (found - expected).abs().sum(dim=-1).mean(dim=-1) / 2

"""The transformer: layers of attention and of a small net for each place, each added to what came in."""

from collections.abc import Callable

import torch
from torch import nn

from academy.nets.attention import MultiHeadAttention, causal
from academy.nets.positions import sinusoidal


class Residual(nn.Module):
    """Adds to its input what a part makes of it, and normalizes each vector, before the part or at the end.

    Source: R. Xiong and others, *On layer normalization in the transformer architecture*, 2020,
    arXiv:2002.04745, which compares both.
    """

    def __init__(self, width: int, norm_first: bool) -> None:
        """Make the normalization.

        Args:
            width: Numbers in a vector.
            norm_first: Whether the part gets normalized vectors; else the sum is normalized.
        """
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.norm_first = norm_first

    def forward(self, vectors: torch.Tensor, part: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
        """Give vectors of the same shape."""
        if self.norm_first:
            return vectors + part(self.norm(vectors))
        normalized: torch.Tensor = self.norm(vectors + part(vectors))
        return normalized


def feed_forward(width: int, hidden: int) -> nn.Sequential:
    """Build the net that every place has for itself: wider, ReLU, and back."""
    return nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, width))


class EncoderLayer(nn.Module):
    """Self-attention, then the net of each place; with a causal mask it is a layer of a GPT."""

    def __init__(
        self, width: int, heads: int, hidden: int, norm_first: bool = True, rotated: bool = False
    ) -> None:
        """Make the parts.

        Args:
            width: Numbers in a vector.
            heads: Attentions side by side.
            hidden: Units of the net of each place.
            norm_first: Whether vectors are normalized before each part, or after it.
            rotated: Whether queries and keys are turned by their place.
        """
        super().__init__()
        self.attention = MultiHeadAttention(width, heads, rotated)
        self.feed_forward = feed_forward(width, hidden)
        self.after_attention = Residual(width, norm_first)
        self.after_feed_forward = Residual(width, norm_first)

    @property
    def norms(self) -> list[nn.LayerNorm]:
        """Its normalizations, in the order in which vectors meet them."""
        return [self.after_attention.norm, self.after_feed_forward.norm]

    def forward(self, vectors: torch.Tensor, allowed: torch.Tensor | None = None) -> torch.Tensor:
        """Give vectors of the same shape, (count, length, width); who may ask whom as in attention."""
        mixed = self.after_attention(vectors, lambda inputs: self.attention(inputs, inputs, allowed)[0])
        changed: torch.Tensor = self.after_feed_forward(mixed, self.feed_forward)
        return changed


class DecoderLayer(nn.Module):
    """Self-attention that sees nothing later, cross-attention to what was encoded, the net of each place."""

    def __init__(self, width: int, heads: int, hidden: int, norm_first: bool = True) -> None:
        """Make the parts; see :class:`EncoderLayer`."""
        super().__init__()
        self.attention = MultiHeadAttention(width, heads)
        self.cross_attention = MultiHeadAttention(width, heads)
        self.feed_forward = feed_forward(width, hidden)
        self.after_attention = Residual(width, norm_first)
        self.after_cross_attention = Residual(width, norm_first)
        self.after_feed_forward = Residual(width, norm_first)

    @property
    def norms(self) -> list[nn.LayerNorm]:
        """Its normalizations, in the order in which vectors meet them."""
        return [self.after_attention.norm, self.after_cross_attention.norm, self.after_feed_forward.norm]

    def forward(
        self, vectors: torch.Tensor, encoded: torch.Tensor, readable: torch.Tensor | None = None
    ) -> torch.Tensor:
        """Go on writing.

        Args:
            vectors: What is written so far, shape (count, written, width).
            encoded: What was read, shape (count, read, width).
            readable: Which of that may be asked, bool, broadcasts to (count, heads, written, read).

        Returns:
            Vectors of the shape of the first.
        """
        earlier = causal(vectors.shape[1]).to(vectors.device)
        mixed = self.after_attention(vectors, lambda inputs: self.attention(inputs, inputs, earlier)[0])
        crossed = self.after_cross_attention(
            mixed, lambda inputs: self.cross_attention(inputs, encoded, readable)[0]
        )
        changed: torch.Tensor = self.after_feed_forward(crossed, self.feed_forward)
        return changed


class Transformer(nn.Module):
    """The whole encoder–decoder: reads one row of tokens, and writes another.

    Source: A. Vaswani and others, *Attention is all you need*, 2017; vectors are normalized before each
    part, not after it as there.
    """

    def __init__(
        self, read_tokens: int, written_tokens: int, width: int, heads: int, hidden: int, layers: int
    ) -> None:
        """Make the parts.

        Args:
            read_tokens: Size of the vocabulary that is read; its id 0 is padding.
            written_tokens: Size of the vocabulary that is written.
            width: Numbers in a vector.
            heads: Attentions side by side.
            hidden: Units of the net of each place.
            layers: Of the encoder, and as many of the decoder.
        """
        super().__init__()
        self.read_vectors = nn.Embedding(read_tokens, width)
        self.written_vectors = nn.Embedding(written_tokens, width)
        self.encoder = nn.ModuleList(EncoderLayer(width, heads, hidden) for _ in range(layers))
        self.decoder = nn.ModuleList(DecoderLayer(width, heads, hidden) for _ in range(layers))
        self.encoded_norm = nn.LayerNorm(width)
        self.decoded_norm = nn.LayerNorm(width)
        self.scores = nn.Linear(width, written_tokens)

    def forward(self, read: torch.Tensor, written: torch.Tensor) -> torch.Tensor:
        """Score every token to come next at every place that is written.

        Args:
            read: Ids, shape (count, read), int64; 0 fills up.
            written: Ids of what is written so far, shape (count, written), int64.

        Returns:
            Logits, shape (count, written, written_tokens).
        """
        return self.decode(self.encode(read), written, readable(read))

    def encode(self, read: torch.Tensor) -> torch.Tensor:
        """Read ids of shape (count, read): a vector for each, (count, read, width)."""
        vectors = placed(self.read_vectors(read))
        for layer in self.encoder:
            vectors = layer(vectors, readable(read))
        normalized: torch.Tensor = self.encoded_norm(vectors)
        return normalized

    def decode(self, encoded: torch.Tensor, written: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
        """Score what comes next, from what was encoded and what is written so far."""
        vectors = placed(self.written_vectors(written))
        for layer in self.decoder:
            vectors = layer(vectors, encoded, allowed)
        logits: torch.Tensor = self.scores(self.decoded_norm(vectors))
        return logits


def placed(vectors: torch.Tensor) -> torch.Tensor:
    """Add to vectors of shape (count, length, width) where they stand."""
    return vectors + sinusoidal(*vectors.shape[1:]).to(vectors)


def readable(read: torch.Tensor) -> torch.Tensor:
    """Say which ids of shape (count, read) are no padding: bool, shape (count, 1, 1, read)."""
    return (read != 0)[:, None, None, :]


@torch.no_grad()
def write(model: Transformer, read: torch.Tensor, start: int, length: int) -> torch.Tensor:
    """Write the likeliest token, and then the one after it.

    Args:
        model: What scores them.
        read: Ids, shape (count, read), int64; 0 fills up.
        start: The id that stands before the first.
        length: How many tokens to write.

    Returns:
        Their ids, shape (count, length), int64.
    """
    encoded, allowed = model.encode(read), readable(read)
    written = torch.full((len(read), 1), start, device=read.device)
    for _ in range(length):
        following = model.decode(encoded, written, allowed)[:, -1].argmax(dim=-1)  # (count,)
        written = torch.cat([written, following[:, None]], dim=1)
    return written[:, 1:]

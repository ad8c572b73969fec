"""Masked language modeling: a small encoder guesses hidden tokens, from both sides or from the left alone.

Source: J. Devlin and others, *BERT*, 2019, arXiv:1810.04805. There some of the chosen tokens stay, or give
way to others; here each is hidden behind the mask.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import nn

from academy.lessons.lesson7.fitting import share
from academy.lessons.lesson7.gpt import Size
from academy.lessons.lesson7.gpt_training import Recipe, Trained, bits_of, fitted, windows
from academy.nets.attention import causal
from academy.nets.transformer import EncoderLayer

HIDDEN_SHARE = 0.15
"""Of the tokens of each window."""
FIRST_STD = 0.1
"""Standard deviation of the embeddings before training."""
SIDES = ("both sides", "left side")
"""Whom each place may ask: all, or itself and those before it."""


class Gaps(NamedTuple):
    """Windows of a text with hidden tokens, equally many in each."""

    ids: torch.Tensor
    """Shape (count, length), int64; the mask where a token is hidden."""
    hidden: torch.Tensor
    """Shape (count, length), bool."""
    answers: torch.Tensor
    """Shape (count, gaps), int64: what was hidden, in its order."""


Guess = Callable[[Gaps], torch.Tensor]
"""Gives logits of what is hidden, shape (count, gaps, vocabulary)."""


def hide(ids: torch.Tensor, mask: int, generator: torch.Generator | None = None) -> Gaps:
    """Hide tokens by chance: ``HIDDEN_SHARE`` of each window, at least one.

    Args:
        ids: Shape (count, length), int64.
        mask: The id to stand for them.
        generator: Of the random numbers.
    """
    gaps = max(1, round(HIDDEN_SHARE * ids.shape[1]))
    hidden = torch.rand(ids.shape, generator=generator).argsort(dim=1) < gaps
    return Gaps(ids.masked_fill(hidden, mask), hidden, ids[hidden].view(len(ids), gaps))


class GapFiller(nn.Module):
    """An encoder: embeddings of tokens and places, layers, and a score for each token to be hidden."""

    def __init__(self, size: Size, sides: str) -> None:
        """Draw the first weights, the same whatever may be seen.

        Args:
            size: How large; the mask is one more id than the vocabulary has.
            sides: One of ``SIDES``.

        Raises:
            ValueError: If it is none of them.
        """
        super().__init__()
        if sides not in SIDES:
            raise ValueError(f"the sides to see are {sides!r}: choose one of {', '.join(SIDES)}")
        self.size = size
        self.sides = sides
        self.tokens = nn.Embedding(size.vocabulary + 1, size.width)
        """Vectors that come in, and that the last ones are compared with; the last is the mask's."""
        self.places = nn.Embedding(size.context, size.width)
        self.layers = nn.ModuleList(
            EncoderLayer(size.width, size.heads, 4 * size.width) for _ in range(size.layers)
        )
        self.norm = nn.LayerNorm(size.width)
        for table in (self.tokens, self.places):
            nn.init.normal_(table.weight, std=FIRST_STD)

    def forward(self, gaps: Gaps) -> torch.Tensor:
        """Score the tokens at the hidden places alone.

        Args:
            gaps: Windows no longer than the context; answers are not looked at.

        Returns:
            Logits, shape (count, gaps, vocabulary).
        """
        count, length = gaps.ids.shape
        allowed = causal(length) if self.sides == "left side" else None
        vectors = self.tokens(gaps.ids) + self.places.weight[:length]  # (count, length, width)
        for layer in self.layers:
            vectors = layer(vectors, allowed)
        at_gaps = self.norm(vectors[gaps.hidden]).view(count, -1, self.size.width)
        logits: torch.Tensor = at_gaps @ self.tokens.weight[: self.size.vocabulary].T
        return logits


def trained(recipe: Recipe, sides: str, text: torch.Tensor) -> Trained[GapFiller]:
    """Train an encoder; one seed gives both sides the same windows with the same gaps.

    Args:
        recipe: How.
        sides: One of ``SIDES``.
        text: Ids, shape (tokens,), int64, no fewer than the context.
    """
    torch.manual_seed(recipe.seed)
    network = GapFiller(recipe.size, sides)
    batches = windows(text, recipe.size.context, recipe.batch_size)
    return fitted(network, lambda ids: gap_loss(network, ids), batches, recipe)


def gap_loss(network: GapFiller, ids: torch.Tensor) -> torch.Tensor:
    """Hide tokens of windows, and give the mean surprise about them, in bits."""
    gaps = hide(ids, network.size.vocabulary)
    return bits_of(network(gaps), gaps.answers).mean()


def questions(text: torch.Tensor, size: Size, seed: int = 0) -> Gaps:
    """Cut a text into windows, one after the other, and hide tokens, always the same ones.

    Args:
        text: Ids, shape (tokens,), int64; what is left after the last whole window is not asked.
        size: Of who is asked.
        seed: Of what is hidden.
    """
    return hide(
        text.unfold(0, size.context, size.context),
        mask=size.vocabulary,
        generator=torch.Generator().manual_seed(seed),
    )


class Counted:
    """What counts say of hidden tokens: how often tokens come, and what follows the token before."""

    def __init__(self, text: torch.Tensor, vocabulary: int) -> None:
        """Count.

        Args:
            text: Ids, shape (tokens,), int64.
            vocabulary: Number of different ids.
        """
        words = torch.bincount(text, minlength=vocabulary) + 1  # none is impossible
        self.shares = words / words.sum()
        pairs = torch.bincount(text[:-1] * vocabulary + text[1:], minlength=vocabulary**2)
        seen = torch.cat([pairs.view(vocabulary, vocabulary), pairs.new_zeros(1, vocabulary)])
        self.followers = seen + self.shares
        """Shape (vocabulary + 1, vocabulary): after the mask, and among equals, the frequent ones."""

    def frequent(self, gaps: Gaps) -> torch.Tensor:
        """Score tokens by how often they come, whatever is asked."""
        return self.shares.log().expand(*gaps.answers.shape, -1)

    def after(self, gaps: Gaps) -> torch.Tensor:
        """Score tokens by how often they follow the one before; where that is hidden, too, by frequency."""
        mask = len(self.shares)
        before = gaps.ids.roll(1, dims=1)
        before[:, 0] = mask
        return self.followers[before[gaps.hidden]].log().view(*gaps.answers.shape, -1)


@torch.no_grad()
def judged(guess: Guess, asked: Gaps, batch_size: int = 32) -> dict[str, float]:
    """Say how well hidden tokens are found.

    Args:
        guess: Who is asked.
        asked: What.
        batch_size: Windows at once.

    Returns:
        Shares of the answers that are ``first`` and among the ``first five``; ``bits`` a hidden token.
    """
    ranks, bits = [], []
    for part in zip(*(each.split(batch_size) for each in asked)):
        gaps = Gaps(*part)
        logits = guess(gaps)
        own = logits.gather(-1, gaps.answers[..., None])
        ranks.append((logits > own).sum(dim=-1))
        bits.append(bits_of(logits, gaps.answers))
    rank = torch.cat(ranks)
    return {
        "first": share(rank < 1),
        "first five": share(rank < 5),
        "bits": float(torch.cat(bits).double().mean()),
    }

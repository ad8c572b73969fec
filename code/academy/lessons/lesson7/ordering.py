"""Which letter follows the star? A question that needs the order, and four ways to tell attention of it."""

from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

from academy.learn.seeds import seed_everything
from academy.lessons.lesson7.fitting import BATCH_SIZE, fitted, share
from academy.nets.modes import evaluating
from academy.nets.positions import sinusoidal
from academy.nets.transformer import EncoderLayer

LETTERS = 8
"""Of which each is equally likely; a guess is right once in so many."""
STAR = LETTERS
"""The id of the star."""
POSITIONS = ("none", "sinusoidal", "learned", "rotary")
TRAINED_LENGTH = 16
LENGTHS = (16, 24, 32)
"""At which is measured; all but the first are longer than any row of the training."""
WIDTH = 32
TEST = 1_000


class Rows(NamedTuple):
    """Rows of letters with a star, and what is asked of them."""

    symbols: torch.Tensor
    """Shape (count, length), int64."""
    following: torch.Tensor
    """Shape (count,), int64: the letter after the star of each."""


def rows(count: int, length: int) -> Rows:
    """Draw rows of letters, one of them replaced by a star that is not the last."""
    symbols = torch.randint(LETTERS, (count, length))
    stars = torch.randint(length - 1, (count,))
    every = torch.arange(count)
    symbols[every, stars] = STAR
    return Rows(symbols, symbols[every, stars + 1])


class Ordering(nn.Module):
    """A layer of self-attention, and an answer from the place of the star.

    Args:
        positions: One of ``POSITIONS``.
    """

    def __init__(self, positions: str) -> None:
        super().__init__()
        if positions not in POSITIONS:
            raise ValueError(f"positions are {positions!r}: choose one of {', '.join(POSITIONS)}")
        self.symbols = nn.Embedding(LETTERS + 1, WIDTH)
        rotated = positions == "rotary"
        self.layer = EncoderLayer(WIDTH, heads=2, hidden=2 * WIDTH, rotated=rotated)
        self.answer = nn.Linear(WIDTH, LETTERS)
        table = {
            "sinusoidal": sinusoidal(max(LENGTHS), WIDTH),
            "learned": nn.Parameter(nn.init.normal_(torch.empty(max(LENGTHS), WIDTH))),
        }
        self.places = table.get(positions, torch.zeros(max(LENGTHS), WIDTH))

    def forward(self, symbols: torch.Tensor) -> torch.Tensor:
        """Score each letter to follow the star, shape (count, LETTERS)."""
        vectors = self.symbols(symbols) + self.places[: symbols.shape[1]]  # (count, length, WIDTH)
        at_star = self.layer(vectors)[symbols == STAR]  # (count, WIDTH)
        logits: torch.Tensor = self.answer(at_star)
        return logits


def trained(positions: str, steps: int, seed: int) -> Ordering:
    """Train a net on rows of ``TRAINED_LENGTH``."""
    seed_everything(seed)
    model = Ordering(positions)

    def loss_of(batch: Rows) -> torch.Tensor:
        return F.cross_entropy(model(batch.symbols), batch.following)

    return fitted(model, loss_of, lambda: rows(BATCH_SIZE, TRAINED_LENGTH), steps)


@torch.no_grad()
def answered(model: Ordering, length: int) -> float:
    """Give the share of letters after the star that a net tells, of new rows of one length."""
    test = rows(TEST, length)
    with evaluating(model):
        return share(model(test.symbols).argmax(dim=1) == test.following)

"""The first letter of a row, asked for at its end: how long does a net remember?"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

from academy.learn.hooks import stepping
from academy.learn.seeds import seed_everything
from academy.learn.training import descend_clipped, evaluating, train
from academy.nets.positions import sinusoidal
from academy.nets.transformer import EncoderLayer

LETTERS = 8
"""Of which each is equally likely; a guess is right once in so many."""
WIDTH = 32
BATCH_SIZE = 64
LENGTHS = (5, 10, 20, 35, 50, 75, 100)
"""At which memory is measured; trainings see all lengths from 2 to the last."""
TEST = 1_000
"""Rows of each length."""
RATE = 3e-3
NETS = ("RNN", "LSTM", "attention")


class Rows(NamedTuple):
    """Rows of letters, and what is asked of them."""

    letters: torch.Tensor
    """Shape (count, length), int64."""
    first: torch.Tensor
    """Shape (count,), int64: the letter at the beginning of each."""


def rows(count: int, length: int) -> Rows:
    """Draw rows of letters: the one to remember, and those that come after it."""
    letters = torch.randint(LETTERS, (count, length))
    return Rows(letters, letters[:, 0])


class Remembering(nn.Module):
    """Gives each letter a vector, goes through the row, and answers from the last place.

    Args:
        kind: One of ``NETS``.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.vectors = nn.Embedding(LETTERS, WIDTH)
        self.answer = nn.Linear(WIDTH, LETTERS)
        self.kind = kind
        self.body: nn.Module
        match kind:
            case "RNN":
                self.body = nn.RNN(WIDTH, WIDTH, batch_first=True)
            case "LSTM":
                self.body = nn.LSTM(WIDTH, WIDTH, batch_first=True)
            case "attention":
                self.body = EncoderLayer(WIDTH, heads=1, hidden=2 * WIDTH)
            case _:
                raise ValueError(f"the net is {kind!r}: choose one of {', '.join(NETS)}")

    def forward(self, letters: torch.Tensor) -> torch.Tensor:
        """Score each letter to have been the first, shape (count, LETTERS)."""
        vectors = self.vectors(letters)  # (count, length, WIDTH)
        if self.kind == "attention":
            vectors = self.body(vectors + sinusoidal(*vectors.shape[1:]))
        else:
            vectors, _ = self.body(vectors)
        logits: torch.Tensor = self.answer(vectors[:, -1])
        return logits


def batches() -> Iterator[Rows]:
    """Draw rows without end, those of a batch of one length; short and long ones are alike in number.

    Each doubling of the length is as likely: a net that remembers nothing yet learns from short rows first.
    """
    while True:
        doublings = torch.rand(()) * math.log2(LENGTHS[-1] / 2)
        yield rows(BATCH_SIZE, round(2 ** (1 + doublings.item())))


def trained(kind: str, steps: int, seed: int) -> Remembering:
    """Train a net on rows of all lengths."""
    seed_everything(seed)
    model = Remembering(kind)
    optimizer = torch.optim.Adam(model.parameters(), RATE, fused=True)
    falling = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, steps)
    train(
        model,
        lambda batch: F.cross_entropy(model(batch.letters), batch.first),
        optimizer,
        batches(),
        steps,
        update=descend_clipped(1.0),
        after_step=[stepping(falling)],
    )
    return model


@torch.no_grad()
def remembered(model: Remembering, length: int) -> float:
    """Give the share of first letters that a net tells, of new rows of one length."""
    test = rows(TEST, length)
    with evaluating(model):
        return (model(test.letters).argmax(dim=1) == test.first).double().mean().item()

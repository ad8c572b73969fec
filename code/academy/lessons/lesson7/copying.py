"""A letter of a row, asked for after the row's end: how much does a net remember, and how long?"""

import math
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
WIDTH = 32
LENGTHS = (5, 10, 20, 35, 50, 75, 100)
"""At which memory is measured; trainings see all lengths from 2 to the last."""
TEST = 1_000
"""Rows of each length."""
NETS = ("RNN", "LSTM", "attention")
QUESTIONS = ("first", "any")
"""The letter that is asked for: always the first, or that of a place drawn by chance."""


class Rows(NamedTuple):
    """Rows of letters, and what is asked of them."""

    letters: torch.Tensor
    """Shape (count, length), int64."""
    places: torch.Tensor
    """Shape (count,), int64: the place that is asked for, counted from 0."""

    @property
    def answers(self) -> torch.Tensor:
        """The letter at the place that is asked for, shape (count,)."""
        return self.letters[torch.arange(len(self.letters)), self.places]


def rows(question: str, count: int, length: int) -> Rows:
    """Draw rows of letters, and ask one of ``QUESTIONS``."""
    letters = torch.randint(LETTERS, (count, length))
    return Rows(letters, torch.randint(length if question == "any" else 1, (count,)))


class Remembering(nn.Module):
    """Reads a row of letters, each with its place, then the place that is asked for, and answers there.

    Args:
        kind: One of ``NETS``.

    Raises:
        ValueError: If there is no such net.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.vectors = nn.Embedding(LETTERS, WIDTH)
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
        self.answer = nn.Linear(WIDTH, LETTERS)

    def forward(self, asked: Rows) -> torch.Tensor:
        """Score each letter, shape (count, LETTERS)."""
        outputs = self.body(self.inputs(asked))
        states = outputs[0] if isinstance(outputs, tuple) else outputs
        logits: torch.Tensor = self.answer(states[:, -1])
        return logits

    def inputs(self, asked: Rows) -> torch.Tensor:
        """Give letters with their places, then the place asked for: shape (count, length + 1, WIDTH)."""
        table = sinusoidal(asked.letters.shape[1], WIDTH)
        question = table[asked.places][:, None]  # (count, 1, WIDTH)
        return torch.cat([self.vectors(asked.letters) + table, question], dim=1)


def short_or_long(question: str) -> Rows:
    """Draw rows to train on, all of one length; each doubling of the length is as likely.

    So a net that remembers nothing yet learns from short rows first.
    """
    doublings = torch.rand(()).item() * math.log2(LENGTHS[-1] / 2)
    return rows(question, BATCH_SIZE, round(2 ** (1 + doublings)))


def trained(kind: str, question: str, steps: int, seed: int) -> Remembering:
    """Train a net on rows of all lengths."""
    seed_everything(seed)
    model = Remembering(kind)

    def loss_of(batch: Rows) -> torch.Tensor:
        return F.cross_entropy(model(batch), batch.answers)

    return fitted(model, loss_of, lambda: short_or_long(question), steps)


@torch.no_grad()
def remembered(model: Remembering, question: str, length: int) -> float:
    """Give the share of letters that a net tells, of new rows of one length."""
    test = rows(question, TEST, length)
    with evaluating(model):
        return share(model(test).argmax(dim=1) == test.answers)

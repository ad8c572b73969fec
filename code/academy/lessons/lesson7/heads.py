"""Marked letters of a row, all asked for at once: one head gives one mean of them, two heads give two."""

from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

from academy.learn.seeds import seed_everything
from academy.lessons.lesson7.fitting import BATCH_SIZE, fitted, share
from academy.nets.attention import MultiHeadAttention
from academy.nets.modes import evaluating

LETTERS = 26
"""Of which each is equally likely."""
MARKS = 2
"""Each at a place of its own; their ids begin at 1, and 0 is no mark."""
LENGTH = 12
WIDTH = 32
TEST = 2_000


class Rows(NamedTuple):
    """Rows of letters, some of which are marked."""

    letters: torch.Tensor
    """Shape (count, LENGTH), int64."""
    marks: torch.Tensor
    """Of the same shape: each mark at one place, else 0."""
    answers: torch.Tensor
    """Shape (count, MARKS): the letter with mark 1, that with mark 2, and so on."""


def rows(count: int) -> Rows:
    """Draw rows, and the places of the marks."""
    letters = torch.randint(LETTERS, (count, LENGTH))
    places = torch.rand(count, LENGTH).argsort(dim=1)[:, :MARKS]  # different ones
    marks = torch.zeros_like(letters).scatter(1, places, torch.arange(1, MARKS + 1).expand(count, -1))
    return Rows(letters, marks, letters.gather(1, places))


class Asking(nn.Module):
    """One learned question to all places, and a linear answer for each mark.

    Args:
        heads: Attentions side by side; the number of weights does not depend on it.
    """

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.letters = nn.Embedding(LETTERS, WIDTH)
        self.marks = nn.Embedding(MARKS + 1, WIDTH)
        self.question = nn.Parameter(torch.randn(1, 1, WIDTH))
        self.attention = MultiHeadAttention(WIDTH, heads)
        self.answer = nn.Linear(WIDTH, MARKS * LETTERS)

    def forward(self, asked: Rows) -> torch.Tensor:
        """Score each letter for each mark, shape (count, MARKS, LETTERS)."""
        vectors = self.letters(asked.letters) + self.marks(asked.marks)  # (count, LENGTH, WIDTH)
        told, _ = self.attention(self.question.expand(len(vectors), -1, -1), vectors)
        logits: torch.Tensor = self.answer(told[:, 0]).unflatten(-1, (MARKS, LETTERS))
        return logits


def trained(heads: int, steps: int, seed: int) -> Asking:
    """Train a net."""
    seed_everything(seed)
    model = Asking(heads)

    def loss_of(batch: Rows) -> torch.Tensor:
        return F.cross_entropy(model(batch).transpose(1, 2), batch.answers)

    return fitted(model, loss_of, lambda: rows(BATCH_SIZE), steps)


@torch.no_grad()
def all_right(model: Asking) -> float:
    """Give the share of new rows of which a net tells every marked letter."""
    test = rows(TEST)
    with evaluating(model):
        return share((model(test).argmax(dim=2) == test.answers).all(dim=1))

"""A name for a picture, said word after word by an LSTM that reads the picture's vector first."""

from collections.abc import Sequence

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from academy.lessons.lesson8.naming import Namer
from academy.lessons.lesson8.pair_vectors import WIDTH

END = ""
"""The word that ends a name; its number is 0."""
LONGEST = 8
"""Words that are said at most."""
NOTHING = -100
"""Stands after the end of a name; no loss is counted there."""


def words_of(names: Sequence[str]) -> tuple[str, ...]:
    """List the words of names in their order, with the end first."""
    return (END, *sorted({word for name in names for word in name.split()}))


class NameDecoder(Namer):
    """An LSTM whose first input is a picture, and whose next ones are the words said so far.

    Args:
        words: What can be said; the first one ends a name.
        features: Numbers in a picture's vector.
        width: Numbers in a word's vector, and in the state.
        dropout: Share of the picture's numbers, and of the state's, left out in training.

    Source: O. Vinyals and others, *Show and Tell*, 2015, arXiv:1411.4555.
    """

    def __init__(
        self, words: Sequence[str], features: int = WIDTH, width: int = 64, dropout: float = 0.5
    ) -> None:
        super().__init__()
        self.words = tuple(words)
        self.number_of = {word: number for number, word in enumerate(words)}
        self.picture = nn.Linear(features, width)
        self.table = nn.Embedding(len(words), width)
        nn.init.normal_(self.table.weight, std=width**-0.5)
        self.lstm = nn.LSTM(width, width, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.bias = nn.Parameter(torch.zeros(len(words)))

    def forward(self, pictures: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        """Give logits of the next word, after the picture and after each word.

        Args:
            pictures: Shape (count, features), float32.
            words: Numbers of the words said so far, shape (count, length), int64.

        Returns:
            Shape (count, 1 + length, words).
        """
        begun = self.first_input(pictures)
        states, _ = self.lstm(torch.cat([begun, self.table(words)], dim=1))
        return self.logits(states)

    def first_input(self, pictures: torch.Tensor) -> torch.Tensor:
        """Turn pictures, unit vectors or nearly, into the LSTM's first input, shape (count, 1, width)."""
        numbers = pictures * pictures.shape[1] ** 0.5  # of size 1
        found: torch.Tensor = self.picture(self.dropout(numbers))[:, None]
        return found

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        """Compare states, shape (..., width), with the vector of each word: one table reads and says."""
        return F.linear(self.dropout(states), self.table.weight, self.bias)

    def numbers(self, names: Sequence[str]) -> torch.Tensor:
        """Turn names into their words' numbers and the end's, shape (count, longest), int64."""
        rows = [torch.tensor([self.number_of[word] for word in [*name.split(), END]]) for name in names]
        return pad_sequence(rows, batch_first=True, padding_value=NOTHING)

    def loss(self, pictures: torch.Tensor, names: Sequence[str]) -> torch.Tensor:
        """Give the mean cross-entropy of a word of the names, each word told after those before it."""
        numbers = self.numbers(names)
        logits = self(pictures, numbers[:, :-1].clamp(min=0))
        return F.cross_entropy(logits.flatten(0, 1), numbers.flatten(), ignore_index=NOTHING)

    @torch.no_grad()
    def say(self, pictures: torch.Tensor) -> list[str]:
        """Name pictures, shape (count, features): each time the likeliest word, until the end."""
        step, state = self.first_input(pictures), None
        said = []
        for _ in range(LONGEST):
            output, state = self.lstm(step, state)  # (count, 1, width)
            said.append(self.logits(output)[:, 0].argmax(dim=1))  # (count,)
            step = self.table(said[-1])[:, None]
        return [self.until_end(row) for row in torch.stack(said, dim=1).tolist()]

    def until_end(self, numbers: Sequence[int]) -> str:
        """Write the words before the first end."""
        words = [self.words[number] for number in numbers]
        return " ".join(words[: words.index(END)] if END in words else words)

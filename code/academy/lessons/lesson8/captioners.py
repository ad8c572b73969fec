"""Networks that write a caption to a picture: from one vector of it, or looking again before each word."""

from itertools import pairwise
from typing import Literal, NamedTuple

import torch
from torch import nn

from academy.lessons.lesson8.caption_words import END, LONGEST, WORDS

GRID = 6
"""Cells in a row of the encoder's features, and in a column."""
CHANNELS = 64
"""Numbers in the features of a cell."""
WORD_WIDTH = 64
HIDDEN = 128
"""Numbers in the decoder's state."""
ATTENTION_WIDTH = 32
"""Numbers of the small network that scores a cell."""

State = tuple[torch.Tensor, torch.Tensor]
"""The state and the cell of an LSTM, each (count, ``HIDDEN``)."""


class Encoder(nn.Module):
    """Three convolutions that halve a picture each, one more, and a learned vector for each place."""

    def __init__(self) -> None:
        super().__init__()
        widths = (3, 16, 32, CHANNELS)
        halvings = [halving(inputs, outputs) for inputs, outputs in pairwise(widths)]
        self.layers = nn.Sequential(*halvings, nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1), nn.ReLU())
        self.positions = nn.Parameter(0.1 * torch.randn(GRID * GRID, CHANNELS))

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """Give features of shape (count, 36, ``CHANNELS``), cell by cell and row by row."""
        features: torch.Tensor = self.layers(pictures - 0.3)
        return features.flatten(2).transpose(1, 2) + self.positions


def halving(inputs: int, outputs: int) -> nn.Sequential:
    """Make a convolution that halves height and width."""
    convolution = nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU())


class Told(NamedTuple):
    """What a captioner says of the words of captions."""

    logits: torch.Tensor
    """Of each next word: shape (count, steps, words)."""
    shares: torch.Tensor
    """Where it looked before each word: shape (count, steps, 36), or (count, steps, 0) if it does not."""
    places: torch.Tensor
    """The cell chosen before each word, shape (count, steps); under soft attention the one looked at most."""


class ShowAndTell(nn.Module):
    """An LSTM that reads one vector of the picture, then the words so far.

    Source: O. Vinyals and others, *Show and tell: A neural image caption generator*, 2015.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.squeeze = halving(CHANNELS, CHANNELS)
        self.picture = nn.Linear(GRID * GRID // 4 * CHANNELS, WORD_WIDTH)
        self.words = nn.Embedding(len(WORDS), WORD_WIDTH)
        self.decoder = nn.LSTM(WORD_WIDTH, HIDDEN, batch_first=True)
        self.next = nn.Linear(HIDDEN, len(WORDS))

    def vectors(self, pictures: torch.Tensor) -> torch.Tensor:
        """Give one vector for each picture, shape (count, ``WORD_WIDTH``): the decoder's first input."""
        cells = self.encoder(pictures).transpose(1, 2).unflatten(2, (GRID, GRID))
        found: torch.Tensor = self.picture(self.squeeze(cells).flatten(1))
        return found

    def forward(self, pictures: torch.Tensor, so_far: torch.Tensor) -> Told:
        """Say what comes after each beginning of captions: words so far of shape (count, steps)."""
        inputs = torch.cat([self.vectors(pictures)[:, None], self.words(so_far)], dim=1)
        states, _ = self.decoder(inputs)  # (count, 1 + steps, HIDDEN)
        logits = self.next(states[:, 1:])
        nowhere = logits[..., :0]
        return Told(logits, nowhere, torch.zeros_like(so_far))

    @torch.no_grad()
    def write(self, pictures: torch.Tensor) -> Told:
        """Write captions greedily: the likeliest word at each step."""
        _, state = self.decoder(self.vectors(pictures)[:, None])
        word = torch.full((len(pictures), 1), END)
        logits = []
        for _ in range(LONGEST):
            states, state = self.decoder(self.words(word), state)
            logits.append(self.next(states))
            word = logits[-1].argmax(dim=-1)
        all_logits = torch.cat(logits, dim=1)
        return Told(all_logits, all_logits[..., :0], torch.zeros(all_logits.shape[:2], dtype=torch.long))


class Attention(nn.Module):
    """Scores of a small network for each cell, given a state; softmax makes shares of them.

    Source: D. Bahdanau and others, *Neural machine translation by jointly learning to align and
    translate*, 2015.
    """

    def __init__(self, channels: int = CHANNELS, hidden: int = HIDDEN, width: int = ATTENTION_WIDTH) -> None:
        super().__init__()
        self.from_features = nn.Linear(channels, width)
        self.from_state = nn.Linear(hidden, width, bias=False)
        self.score = nn.Linear(width, 1, bias=False)

    def forward(self, keys: torch.Tensor, state: torch.Tensor) -> torch.Tensor:
        """Give each cell's share, shape (count, cells).

        Args:
            keys: What ``from_features`` makes of the cells, once for all words: shape (count, cells, width).
            state: The decoder's, shape (count, hidden).
        """
        mixed = keys + self.from_state(state)[:, None]
        scores: torch.Tensor = self.score(mixed.tanh())[..., 0]
        return scores.softmax(dim=1)


class ShowAttendTell(nn.Module):
    """An LSTM that reads a word, looks at the picture's cells, and says the next word.

    Soft attention takes the mean of all cells' features, weighted by their shares; hard attention takes one
    cell's, drawn by chance in training, the likeliest one in evaluation. Attention here comes after the
    LSTM's step, so that it knows the last word; the paper's comes before.

    Source: K. Xu and others, *Show, attend and tell: Neural image caption generation with visual
    attention*, 2015.
    """

    def __init__(self, kind: Literal["soft", "hard"]) -> None:
        super().__init__()
        self.kind = kind
        self.encoder = Encoder()
        self.attention = Attention()
        self.words = nn.Embedding(len(WORDS), WORD_WIDTH)
        self.begin = nn.Linear(CHANNELS, HIDDEN)
        self.decoder = nn.LSTMCell(WORD_WIDTH + CHANNELS, HIDDEN)
        self.next = nn.Linear(HIDDEN + CHANNELS, len(WORDS))

    def beginning(self, features: torch.Tensor) -> tuple[State, torch.Tensor]:
        """Give the first state, of the mean of all cells, and that mean as the first context."""
        context = features.mean(dim=1)
        state = self.begin(context).tanh()
        return (state, torch.zeros_like(state)), context

    def chosen(self, shares: torch.Tensor) -> torch.Tensor:
        """Choose a cell of each picture, shape (count,)."""
        if self.kind == "hard" and self.training:
            return torch.multinomial(shares, 1)[:, 0]
        return shares.argmax(dim=1)

    def context(self, features: torch.Tensor, shares: torch.Tensor, place: torch.Tensor) -> torch.Tensor:
        """Give what is seen, shape (count, ``CHANNELS``): a weighted mean, or the features of one cell."""
        if self.kind == "soft":
            return (shares[:, :, None] * features).sum(dim=1)
        return features[torch.arange(len(features)), place]

    def forward(self, pictures: torch.Tensor, so_far: torch.Tensor) -> Told:
        """Say what comes after each beginning of captions: words so far of shape (count, steps)."""
        return self.told(pictures, so_far)

    @torch.no_grad()
    def write(self, pictures: torch.Tensor) -> Told:
        """Write captions greedily: the likeliest word at each step."""
        return self.told(pictures, None)

    def told(self, pictures: torch.Tensor, so_far: torch.Tensor | None) -> Told:
        """Go through captions that are given, or write one where none is."""
        features = self.encoder(pictures)
        keys = self.attention.from_features(features)
        state, context = self.beginning(features)
        word, steps = torch.full((len(pictures),), END), []
        for step in range(LONGEST if so_far is None else so_far.shape[1]):
            word = word if so_far is None else so_far[:, step]
            state = self.decoder(torch.cat([self.words(word), context], dim=1), state)
            shares = self.attention(keys, state[0])
            place = self.chosen(shares)
            context = self.context(features, shares, place)
            logits = self.next(torch.cat([state[0], context], dim=1))
            steps.append((logits, shares, place))
            word = logits.argmax(dim=1)
        return Told(*(torch.stack(parts, dim=1) for parts in zip(*steps)))

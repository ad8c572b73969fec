"""Pictures of two things, one above the other, and captions that say so."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch

from academy.data.emoji import Emoji, drawn
from academy.lessons.lesson8.concepts import concept_split
from academy.lessons.lesson8.pair_vectors import SIDE

STYLE = "noto"
"""A style that was trained on: here the order is to be hard, not the style."""
TRAIN = 240
"""Pairs of things to train on."""


class Pair(NamedTuple):
    """Two things in one picture."""

    above: Emoji
    below: Emoji

    @property
    def caption(self) -> str:
        """Say what is where."""
        return f"{self.above.name} above {self.below.name}"

    @property
    def swapped(self) -> "Pair":
        """The same things in the other order."""
        return Pair(self.below, self.above)


def paired(emoji: Sequence[Emoji], seed: int = 0) -> list[Pair]:
    """Put emoji into pairs at random, none twice."""
    order = np.random.RandomState(seed).permutation(len(emoji))
    half = len(emoji) // 2
    return [Pair(emoji[first], emoji[second]) for first, second in zip(order[:half], order[half:])]


def known_pairs() -> list[Pair]:
    """Give 240 pairs of things to train on."""
    return paired(concept_split().train)[:TRAIN]


def unseen_pairs() -> list[Pair]:
    """Give 100 pairs of the things that no tower was trained on."""
    return paired(concept_split().test)


def both_orders(pairs: Sequence[Pair]) -> list[Pair]:
    """List pairs, and after all of them the same ones swapped."""
    return [*pairs, *(each.swapped for each in pairs)]


def composed(pair: Pair, style: str = STYLE, side: int = SIDE) -> torch.Tensor:
    """Draw one thing above the other on white, shape (3, side, side), uint8."""
    picture = torch.full((3, side, side), 255, dtype=torch.uint8)
    half, quarter = side // 2, side // 4
    picture[:, :half, quarter : quarter + half] = drawn(pair.above, style, half)
    picture[:, half : 2 * half, quarter : quarter + half] = drawn(pair.below, style, half)
    return picture

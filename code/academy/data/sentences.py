"""Sentences about movies that people liked or did not: three parts, cut into words, and numbered words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import torch

from academy.data.text import PADDING, rated_sentences

CLEAR = 0.5
"""A rating nearer to 0 than this is neither."""
VALIDATION, TEST = 1_500, 2_000
SEED = 0
"""Of the parts."""
UNKNOWN = 1
"""The id of every word that a vocabulary has not."""
MARKS = ("<padding>", "<unknown>")
"""What the first ids stand for."""
WORD = re.compile(r"\w+?(?=n't)|n't|'(?:s|re|ve|ll|d|m)\b|\w+|[^\w\s]")
"""``n't`` and the endings after an apostrophe are words of their own, as in the pretrained vectors."""


class Sentences(NamedTuple):
    """Sentences, and how people rated them."""

    texts: tuple[str, ...]
    ratings: torch.Tensor
    """Shape (count,), float32: mean over raters, from −4 to 4, none nearer to 0 than ``CLEAR``."""

    @property
    def positive(self) -> torch.Tensor:
        """Labels, shape (count,), float32: 1 where the rating is above 0, else 0."""
        return (self.ratings > 0).float()

    @property
    def words(self) -> list[list[str]]:
        """The words of each sentence."""
        return [words_of(text) for text in self.texts]

    def pick(self, chosen: torch.Tensor) -> "Sentences":
        """Give some of them, by indices of shape (some,), int64."""
        return Sentences(tuple(self.texts[place] for place in chosen.tolist()), self.ratings[chosen])

    def draw(self, size: int, seed: int) -> "Sentences":
        """Draw some of them at random; of one seed, the smaller draws lie within the larger ones."""
        return self.pick(
            torch.randperm(len(self.texts), generator=torch.Generator().manual_seed(seed))[:size]
        )


class SentenceSplit(NamedTuple):
    """Three parts without a common sentence."""

    train: Sentences
    validation: Sentences
    test: Sentences


@cache
def sentence_split() -> SentenceSplit:
    """Split the clearly rated movie sentences, each text once, the same way each time.

    Raises:
        AssetUnavailable: If they cannot be had.
    """
    found = rated_sentences("movies")
    clear = Sentences(*found).pick(torch.tensor(first_of_each(found.texts)))
    clear = clear.pick((clear.ratings.abs() > CLEAR).nonzero()[:, 0])
    order = torch.randperm(len(clear.texts), generator=torch.Generator().manual_seed(SEED))
    test, validation, train = order.split([TEST, VALIDATION, len(order) - TEST - VALIDATION])
    return SentenceSplit(clear.pick(train), clear.pick(validation), clear.pick(test))


def first_of_each(texts: Sequence[str]) -> list[int]:
    """Say where each text stands first; case and spaces make no other text."""
    places: dict[str, int] = {}
    for place, text in enumerate(texts):
        places.setdefault(" ".join(text.lower().split()), place)
    return list(places.values())


def words_of(text: str) -> list[str]:
    """Cut a text into words and signs, in small letters: ``"Don't!"`` becomes ``do``, ``n't``, ``!``."""
    return WORD.findall(text.lower().replace("’", "'"))


class Vocabulary:
    """Words with a number each."""

    def __init__(self, words: Iterable[str]) -> None:
        """Number words.

        Args:
            words: In the order of their ids; the first two ids are taken by ``MARKS``.
        """
        self.words = (*MARKS, *dict.fromkeys(words))
        self.ids = {word: number for number, word in enumerate(self.words)}

    def __len__(self) -> int:
        return len(self.words)

    def encode(self, sentence: Sequence[str]) -> list[int]:
        """Give the ids of a sentence's words, ``UNKNOWN`` for those that are not here."""
        return [self.ids.get(word, UNKNOWN) for word in sentence] or [PADDING]


def frequent_words(sentences: Iterable[Sequence[str]], least: int = 2) -> list[str]:
    """List the words that occur often enough, the most frequent first.

    Args:
        sentences: The words of each.
        least: How often a word occurs, in all of them together.
    """
    counts = Counter(word for sentence in sentences for word in sentence)
    return [word for word, count in counts.most_common() if count >= least]

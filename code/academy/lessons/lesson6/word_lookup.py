"""Vectors for the words of a vocabulary, from vectors that tell large from small letters."""

from collections.abc import Mapping, Sequence

import torch

from academy.data.word_vectors import WordVectors


def rows_of(words: Sequence[str]) -> Mapping[str, int]:
    """Say in which row each word is, in small letters: its own, or else that of its first other spelling."""
    rows: dict[str, int] = {}
    for row, word in enumerate(words):
        rows.setdefault(word.lower(), row)
    return rows | {word: row for row, word in enumerate(words) if word.islower()}


def looked_up(words: Sequence[str], known: WordVectors) -> tuple[torch.Tensor, torch.Tensor]:
    """Look up words that are in small letters.

    Args:
        words: Those of a vocabulary.
        known: Vectors of words in any letters: ``good``, ``Spielberg``, ``USA``.

    Returns:
        Vectors of shape (words, dimensions), 0 for a word that is not known; and which are, shape (words,),
        bool.
    """
    rows = rows_of(known.words)
    places = torch.tensor([rows.get(word, -1) for word in words])
    found = places >= 0
    return known.vectors[places.clamp(min=0)] * found[:, None], found

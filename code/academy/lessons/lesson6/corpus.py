"""A text as numbers: the words that it is made of, which of them count, and what stands around each."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import torch

from academy.data.text import glosses

WORD = re.compile(r"[^\W\d_]+")
"""A run of letters."""


class Corpus(NamedTuple):
    """Sentences as numbers, one after the other; rare words are left out."""

    words: tuple[str, ...]
    """The vocabulary, the most frequent word first: a word's id is its place."""
    counts: torch.Tensor
    """Shape (words,), int64: how often each is seen."""
    ids: torch.Tensor
    """Shape (tokens,), int64: the word at each place."""
    sentences: torch.Tensor
    """Shape (tokens,), int64: the number of the sentence at each place."""


def tokens(text: str) -> list[str]:
    """Split a text into lowercase words, by one rule: a word is a run of letters."""
    return WORD.findall(text.lower())


def corpus_of(sentences: Iterable[list[str]], min_count: int = 5) -> Corpus:
    """Number the words of sentences.

    Args:
        sentences: The words of each.
        min_count: Words seen less often are left out; their neighbors move together.

    Raises:
        ValueError: If no word is seen as often.
    """
    sentences = list(sentences)
    seen = Counter(word for sentence in sentences for word in sentence)
    words = {word: count for word, count in seen.most_common() if count >= min_count}
    if not words:
        most = max(seen.values(), default=0)
        raise ValueError(
            f"No word is seen {min_count} times, the most frequent one {most} times: ask for less."
        )
    id_of = {word: number for number, word in enumerate(words)}
    places = [
        (id_of[word], number)
        for number, sentence in enumerate(sentences)
        for word in sentence
        if word in id_of
    ]
    ids, numbers = torch.tensor(places).T.contiguous()
    return Corpus(tuple(words), torch.tensor(list(words.values())), ids, numbers)


@cache
def gloss_corpus() -> Corpus:
    """Number the words of WordNet's definitions and examples, each meaning a sentence.

    Raises:
        AssetUnavailable: If they cannot be had.
    """
    return corpus_of(tokens(gloss) for gloss in glosses())


def keep_probabilities(counts: torch.Tensor, threshold: float) -> torch.Tensor:
    """Say how likely a place of each word is kept, so that frequent words do not take all the time.

    With f the share of the word among all, and t the threshold, this is √(t/f) + t/f where that is below 1.
    So the authors' program and gensim have it; their paper has the first term alone.

    Args:
        counts: Shape (words,).
        threshold: Words whose share is less than about 2.6 times this are always kept.

    Returns:
        Shape (words,), from 0 to 1.

    Source: T. Mikolov and others, *Distributed representations of words and phrases and their
    compositionality*, 2013, arXiv:1310.4546.
    """
    ratio = threshold / (counts / counts.sum())
    return (ratio.sqrt() + ratio).clamp(max=1)


def subsampled(corpus: Corpus, threshold: float, chance: torch.Generator | None = None) -> Corpus:
    """Leave out places of frequent words by chance; those that stay move together.

    Args:
        corpus: The whole.
        threshold: As of :func:`keep_probabilities`.
        chance: Source of chance, else PyTorch's.

    Returns:
        The same words and counts, with fewer places.
    """
    likely = keep_probabilities(corpus.counts, threshold)[corpus.ids]
    kept = torch.rand(len(corpus.ids), generator=chance) < likely
    return corpus._replace(ids=corpus.ids[kept], sentences=corpus.sentences[kept])


def contexts(
    corpus: Corpus, places: torch.Tensor, reach: torch.Tensor, window: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Find the words around places.

    Args:
        corpus: Where to look.
        places: Shape (count,), int64, in the corpus.
        reach: Shape (count,), int64: how far to look from each, to both sides; no sentence is left.
        window: The farthest reach.

    Returns:
        Ids, shape (count, 2 · window), and which of them are within reach, of the same shape, bool.
    """
    distances = torch.tensor([*range(-window, 0), *range(1, window + 1)])  # (2 · window,)
    around = places[:, None] + distances
    inside = around.clamp(0, len(corpus.ids) - 1)
    same = corpus.sentences[inside] == corpus.sentences[places][:, None]
    return corpus.ids[inside], same & (inside == around) & (distances.abs() <= reach[:, None])

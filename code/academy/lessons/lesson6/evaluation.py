"""What people say of words, in two halves: one to choose settings by, one to report."""

from collections.abc import Mapping, Sequence

import torch

from academy.data.word_vectors import Analogy, RatedPairs, WordVectors
from academy.learn.sweeps import Row
from academy.lessons.lesson6.neighbors import agreement, analogy_score


def half(rated: RatedPairs, which: int) -> RatedPairs:
    """Take every second pair: with 0 those to choose settings by, with 1 those to report."""
    return RatedPairs(rated.pairs[which::2], rated.ratings[which::2])


def judged(known: WordVectors, rated: RatedPairs, analogies: Mapping[str, Sequence[Analogy]]) -> Row:
    """Judge vectors.

    Args:
        known: Words and vectors.
        rated: All rated pairs.
        analogies: Those of each kind.

    Returns:
        Spearman's correlation with each half of the ``pairs`` that are covered (``validation``, ``test``),
        and the share of analogies that come out right, in ``family`` and in the ``grammar`` kinds together.
    """
    validation, test = (agreement(known, half(rated, which)) for which in (0, 1))
    grammar = [analogy for kind, some in analogies.items() if kind.startswith("gram") for analogy in some]
    return {
        "validation": round(validation.spearman, 4),
        "test": round(test.spearman, 4),
        "pairs": validation.covered + test.covered,
        "family": round(analogy_score(known, analogies["family"]).accuracy, 4),
        "grammar": round(analogy_score(known, grammar).accuracy, 4),
    }


def random_vectors(words: tuple[str, ...], dimensions: int, seed: int) -> WordVectors:
    """Give each word a vector by chance: what knowing nothing scores."""
    chance = torch.Generator().manual_seed(seed)
    return WordVectors(words, torch.randn(len(words), dimensions, generator=chance))

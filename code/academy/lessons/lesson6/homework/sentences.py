"""Sentences about movies in three parts: to learn from, to measure on, and some that only the check sees."""

from functools import cache
from typing import NamedTuple

import torch

from academy.data.text import rated_sentences

LEAST = 0.5
"""From which mean rating on, without its sign, a sentence is clear enough."""
SIZES = (6000, 1500)
"""Sentences to learn from, and to measure on; the rest is unseen."""


class Sentences(NamedTuple):
    """Sentences, and whether people find them positive."""

    texts: list[str]
    positive: torch.Tensor
    """Shape (count,), bool."""


@cache
def split() -> tuple[Sentences, Sentences, Sentences]:
    """Load the sentences to learn from, those to measure on, and the unseen ones."""
    texts, ratings = rated_sentences("movies")
    clear = torch.nonzero(ratings.abs() >= LEAST).squeeze(1)
    order = clear[torch.randperm(len(clear), generator=torch.Generator().manual_seed(6))]
    parts = order.split([*SIZES, len(order) - sum(SIZES)])
    learned, kept_back, unseen = (
        Sentences([texts[place] for place in part], ratings[part] > 0) for part in parts
    )
    return learned, kept_back, unseen


def movie_sentences() -> tuple[Sentences, Sentences]:
    """Load 6,000 sentences to learn from, and 1,500 others to measure on."""
    return split()[:2]

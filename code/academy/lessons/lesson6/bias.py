"""What word vectors have taken over from people's texts: which of two words others lean to, and chance."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch.nn import functional as F

from academy.data.word_vectors import WordVectors
from academy.lessons.lesson6.neighbors import row_of

OCCUPATIONS = (
    "accountant", "analyst", "architect", "artist", "banker", "broker", "builder", "butcher", "chef",
    "chemist", "cleaner", "clerk", "coach", "comedian", "cook", "dancer", "dentist", "designer", "detective",
    "diplomat", "doctor", "driver", "economist", "editor", "engineer", "farmer", "historian", "journalist",
    "judge", "lawyer", "librarian", "manager", "mechanic", "musician", "nanny", "nurse", "painter",
    "photographer", "physicist", "pilot", "plumber", "poet", "politician", "professor", "psychologist",
    "reporter", "sailor", "scientist", "secretary", "singer", "soldier", "surgeon", "tailor", "teacher",
    "therapist", "writer",
)  # fmt: skip
"""Words for what people do that say nothing of their gender."""

THINGS = (
    "apple", "autumn", "blanket", "bottle", "bread", "bridge", "bucket", "candle", "carpet", "ceiling",
    "cloud", "corner", "desert", "door", "engine", "fence", "field", "forest", "garden", "glass", "hammer",
    "harbor", "island", "ladder", "lake", "lamp", "map", "mirror", "mountain", "paper", "pencil", "pepper",
    "pillow", "river", "road", "roof", "salt", "shelf", "stone", "storm", "street", "table", "tunnel",
    "valley", "wall", "window", "winter", "wood",
)  # fmt: skip
"""Words for things, of which nobody would say that they have a gender."""


def leaning(known: WordVectors, words: Sequence[str], toward: str = "he", away: str = "she") -> torch.Tensor:
    """Say how far words lean toward one of two: their cosine with the difference of the two's directions.

    Args:
        known: Words and vectors.
        words: Those to judge.
        toward: The word on the positive side.
        away: The word on the negative side.

    Returns:
        Shape (words,), from −1 to 1.

    Raises:
        KeyError: If one of them has no vector.

    Source: after T. Bolukbasi and others, *Man is to computer programmer as woman is to homemaker?*, 2016.
    """
    directions = F.normalize(known.vectors)
    axis = F.normalize(directions[row_of(known, toward)] - directions[row_of(known, away)], dim=0)
    return directions[[row_of(known, word) for word in words]] @ axis


class WiderSpread(NamedTuple):
    """Whether one group of numbers spreads more than another."""

    ratio: float
    """Of the standard deviations."""
    p_value: float
    """The share of ways to mix the groups with a ratio at least as large."""


def wider_spread(
    first: torch.Tensor, second: torch.Tensor, mixings: int = 10_000, seed: int = 0
) -> WiderSpread:
    """Compare the spreads of two groups with those after mixing them by chance: a permutation test.

    Args:
        first: Shape (count,).
        second: Shape (other count,).
        mixings: How often to mix.
        seed: Of the mixing.

    Returns:
        The ratio of the first's standard deviation to the second's, each about its own mean.
    """
    chance = torch.Generator().manual_seed(seed)
    own = torch.cat([first - first.mean(), second - second.mean()])
    orders = torch.rand(mixings, len(own), generator=chance).argsort(dim=1)
    mixed = own[orders]
    ratios = mixed[:, : len(first)].std(dim=1) / mixed[:, len(first) :].std(dim=1)
    ratio = first.std() / second.std()
    # The groups as they are count as one more mixing.
    return WiderSpread(ratio.item(), ((ratios >= ratio).sum().item() + 1) / (mixings + 1))

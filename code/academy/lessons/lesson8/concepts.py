"""Concepts kept apart: what is searched for was never trained on, nor was any variant of it."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from academy.data.emoji import STYLES, Emoji, all_emoji

UNSEEN_STYLE = "openmoji"
SEEN_STYLES = tuple(style for style in STYLES if style != UNSEEN_STYLE)
VALIDATION, TEST = 150, 200
"""Concepts to choose by, and to judge by."""
SHUFFLE_SEED = 0
PEOPLE = frozenset(
    ["man", "woman", "men", "women", "mens", "womens", "mans", "womans", "person", "people", "boy", "girl"]
)
"""Words that tell variants of one concept apart, as in *man cook*, *woman cook* and *cook*."""
DIRECTION = "facing right"


class ConceptSplit(NamedTuple):
    """Emoji to train on, and one of each concept to choose and to judge by."""

    train: tuple[Emoji, ...]
    validation: tuple[Emoji, ...]
    test: tuple[Emoji, ...]


def concept_of(name: str) -> str:
    """Name the concept that an emoji is a variant of, as ``"cook"`` of ``"man cook"``."""
    words = [word for word in name.removesuffix(DIRECTION).split() if word not in PEOPLE]
    return " ".join(words) or name


def variants(emoji: Sequence[Emoji]) -> dict[str, list[Emoji]]:
    """Group emoji by their concept."""
    groups: dict[str, list[Emoji]] = {}
    for each in emoji:
        groups.setdefault(concept_of(each.name), []).append(each)
    return groups


@cache
def concept_split() -> ConceptSplit:
    """Keep 150 and 200 concepts apart with all their variants, the same each time.

    Of a concept that is kept apart, the first variant alone is used: two answers would be right otherwise.

    Raises:
        AssetUnavailable: If the emoji cannot be had.
    """
    groups = list(variants(all_emoji()).values())
    order = np.random.RandomState(SHUFFLE_SEED).permutation(len(groups))
    test, validation, train = np.split(order, [TEST, TEST + VALIDATION])
    return ConceptSplit(
        tuple(each for place in sorted(train) for each in groups[place]),
        tuple(groups[place][0] for place in sorted(validation)),
        tuple(groups[place][0] for place in sorted(test)),
    )

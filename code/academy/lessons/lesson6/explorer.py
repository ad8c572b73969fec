"""The words that Lesson 6's page looks through in the reader's browser, with a byte for each number."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
from sklearn.decomposition import PCA
from torch.nn import functional as F

from academy.lessons.lesson6.bias import OCCUPATIONS, THINGS

ALSO = (
    *OCCUPATIONS, *THINGS, "king", "queen", "princes", "sushi", "pizza", "nest", "ant", "cup", "elephant",
    "mouse", "whale", "bicycle", "Armenia", "Egypt", "aunt",
)  # fmt: skip
"""Words of the lesson and of the page's examples, some of them rarer than the rest."""
LARGEST = 127
"""Of a number in a byte."""
COMPARED = 10
"""Neighbors of each word that are compared."""
PLAIN = re.compile(r"[A-Za-z]{2,}|[aI]")
PIECES = {"ai", "ca", "gon", "ll", "na", "re", "ta", "ve", "wo"}
"""What spaCy cuts off words such as *can't* and *gonna*."""
SWEARING = re.compile(r"fuck|shit|bitch|bastard", re.IGNORECASE)
"""What film subtitles bring along, and no page of a lesson shows."""


def common_words(words: Sequence[str], count: int, also: Iterable[str] = ()) -> list[str]:
    """Choose the most frequent plain words, each in one spelling: in small letters where there is one.

    Args:
        words: All words, the most frequent first.
        count: How many to choose.
        also: Words that are chosen although they are rarer.

    Returns:
        The words, in the order of their most frequent spelling.

    Raises:
        ValueError: If there are fewer words, or one of those to be chosen is none of them.
    """
    known = set(words)
    spelled: dict[str, str] = {}
    for word in words:
        small = word.lower()
        if PLAIN.fullmatch(word) and small not in PIECES and not SWEARING.search(word):
            spelled.setdefault(small, small if small in known else word)
    plain = list(spelled.values())
    wanted = list(dict.fromkeys(also))
    if missing := [word for word in wanted if word not in plain]:
        raise ValueError(f"{', '.join(missing)}: none of the {len(plain):,} plain words is spelled so.")
    if len(plain) < count:
        raise ValueError(f"There are {len(plain):,} plain words, and {count:,} are to be chosen.")
    chosen = set(list(dict.fromkeys([*wanted, *plain]))[:count])
    return [word for word in plain if word in chosen]


def in_bytes(vectors: torch.Tensor) -> torch.Tensor:
    """Round vectors to a byte a number, each stretched until its largest number is 127.

    Lengths are lost by that; cosines need none.

    Args:
        vectors: Shape (words, dimensions), float; none of them zero.

    Returns:
        Shape (words, dimensions), int8.
    """
    largest = vectors.abs().amax(dim=1, keepdim=True)  # (words, 1)
    return (vectors / largest * LARGEST).round().to(torch.int8)


class Loss(NamedTuple):
    """What rounding costs."""

    kept: float
    """The share of each word's ten nearest that are still among them."""
    error: float
    """The largest change of any cosine."""


def loss(vectors: torch.Tensor, rounded: torch.Tensor) -> Loss:
    """Compare the cosines of all pairs of words before and after rounding.

    Args:
        vectors: Shape (words, dimensions), float.
        rounded: The same, rounded.
    """
    before, after = similarities(vectors), similarities(rounded)
    old, new = (each.topk(COMPARED).indices for each in (before, after))  # (words, 10)
    kept = (old[:, :, None] == new[:, None, :]).any(dim=2)
    return Loss(kept.double().mean().item(), (before - after).abs().max().item())


def similarities(vectors: torch.Tensor) -> torch.Tensor:
    """Give the cosine of each pair of words; that of a word with itself is set to −1."""
    directions = F.normalize(vectors.float())
    return (directions @ directions.T).fill_diagonal_(-1)


def with_spread(rounded: torch.Tensor) -> dict[str, torch.Tensor]:
    """Add to words' vectors the three directions along which their directions spread most.

    Args:
        rounded: Shape (words, dimensions), int8.

    Returns:
        The vectors; their mean direction, ``center``, shape (dimensions,); ``axes``, shape (3, dimensions);
        ``shares`` of the variance along each, shape (3,).
    """
    found = PCA(3, svd_solver="full").fit(F.normalize(rounded.double()).numpy())
    spread = {"center": found.mean_, "axes": found.components_, "shares": found.explained_variance_ratio_}
    return {"vectors": rounded} | {name: torch.from_numpy(each).float() for name, each in spread.items()}

"""Twelve kinds of emoji, to be told apart in a drawing style that no training picture was drawn in."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch

from academy.data.emoji import SIDE, STYLES, Emoji, EmojiPictures, emoji_named, emoji_pictures, spoken

UNSEEN_STYLE = "openmoji"
HELD_OUT = 12
"""Things of each kind that no training picture shows."""
SHUFFLE_SEED = 0
"""Seed of the order whose end is held out."""


@dataclass(frozen=True)
class KindPictures(EmojiPictures):
    """Pictures whose kinds are known."""

    labels: torch.Tensor
    """Shape (count,), int64; they index ``KindSplit.kinds``."""


@dataclass(frozen=True)
class KindSplit:
    """Pictures to train with, and pictures of other things: in the same styles, and in one that is new."""

    kinds: tuple[str, ...]
    train: KindPictures
    new_things: KindPictures
    """Held-out things in the styles of the training pictures."""
    test: KindPictures
    """The held-out things in the unseen style."""


@cache
def emoji_kinds() -> dict[str, tuple[Emoji, ...]]:
    """Name the twelve kinds, and of each 46 things that all four styles have drawn."""
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {kind: emoji_named([spoken(name) for name in names.split()]) for kind, names in listed.items()}


def kind_split(unseen: str = UNSEEN_STYLE, held_out: int = HELD_OUT, side: int = SIDE) -> KindSplit:
    """Draw the twelve kinds, and keep some things of each and one of the styles apart; 6 seconds.

    Args:
        unseen: The style that the training pictures do not have.
        held_out: Things of each kind that they do not show.
        side: Pixels along a side.

    Returns:
        By default 1,224 pictures to train with, 34 things of each kind in three styles; 432 of new things
        in the same styles; 144 of the new things in the unseen style.
    """
    seen = [style for style in STYLES if style != unseen]
    old, new = things_apart(held_out)
    return KindSplit(
        tuple(old),
        kind_pictures(old, seen, side),
        kind_pictures(new, seen, side),
        kind_pictures(new, [unseen], side),
    )


def things_apart(held_out: int = HELD_OUT) -> tuple[dict[str, list[Emoji]], dict[str, list[Emoji]]]:
    """Name the things of each kind that training pictures show, and those that are kept apart; none is drawn.

    Args:
        held_out: Things of each kind that are kept apart.
    """
    shuffled = {kind: in_fixed_order(things) for kind, things in emoji_kinds().items()}
    old = {kind: things[: len(things) - held_out] for kind, things in shuffled.items()}
    new = {kind: things[len(things) - held_out :] for kind, things in shuffled.items()}
    return old, new


def in_fixed_order(things: Sequence[Emoji]) -> list[Emoji]:
    """Shuffle things in the same way each time, whatever the version of NumPy."""
    order = np.random.RandomState(SHUFFLE_SEED).permutation(len(things))
    return [things[place] for place in order]


def kind_pictures(
    kinds: Mapping[str, Sequence[Emoji]], styles: Sequence[str], side: int = SIDE
) -> KindPictures:
    """Draw the things of each kind in each style; the label is the place of the kind."""
    pictures = emoji_pictures([each for things in kinds.values() for each in things], styles, side)
    labels = torch.arange(len(kinds)).repeat_interleave(torch.tensor([*map(len, kinds.values())]))
    return KindPictures(pictures.images, pictures.emoji, pictures.styles, labels.repeat(len(styles)))


def examples_of_each(labels: torch.Tensor, count: int, seed: int) -> torch.Tensor:
    """Choose the same number of examples of each class at random.

    Args:
        labels: Shape (examples,), int64.
        count: How many of each class.
        seed: Of the choice; a larger count with the same seed adds to a smaller one.

    Returns:
        Their indices, class after class, shape (classes × count,).

    Raises:
        ValueError: If a class has fewer.
    """
    return torch.cat(list(chosen(labels, count, np.random.RandomState(seed))))


def chosen(labels: torch.Tensor, count: int, chance: np.random.RandomState) -> Iterator[torch.Tensor]:
    """Choose from one class after another."""
    for label in labels.unique():
        places = (labels == label).nonzero()[:, 0]
        if len(places) < count:
            raise ValueError(f"class {label} has {len(places)} examples, not {count}")
        yield places[torch.from_numpy(chance.permutation(len(places)))[:count]]

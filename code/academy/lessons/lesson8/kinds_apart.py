"""The twelve kinds of emoji, told apart by towers that have seen neither these things nor this style."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import torch

from academy.data.emoji import Emoji, all_emoji
from academy.data.emoji_kinds import HELD_OUT, things_apart
from academy.lessons.lesson8.concepts import SEEN_STYLES, UNSEEN_STYLE, concept_of
from academy.lessons.lesson8.pair_vectors import picture_vectors

VALIDATION = 6
"""Things of each kind to choose by, in the styles that were trained on."""


class KindPictures(NamedTuple):
    """Vectors of pictures whose kinds are known."""

    things: tuple[Emoji, ...]
    styles: tuple[str, ...]
    vectors: torch.Tensor
    """Shape (count, 256), float32."""
    labels: torch.Tensor
    """Shape (count,), int64."""


@cache
def kind_things() -> dict[str, dict[str, list[Emoji]]]:
    """Give 28, 6 and 12 things of each kind: for ``train``, ``validation`` and ``test``.

    Those for the test are the same as in the lessons on convolutional networks and transfer learning.
    """
    old, new = things_apart(HELD_OUT + VALIDATION)
    return {
        "train": old,
        "validation": {kind: things[:VALIDATION] for kind, things in new.items()},
        "test": {kind: things[VALIDATION:] for kind, things in new.items()},
    }


def kinds() -> tuple[str, ...]:
    """Name the twelve kinds, in the order of the labels."""
    return tuple(kind_things()["test"])


def in_a_row(part: str) -> tuple[Emoji, ...]:
    """List the things of a part, kind after kind."""
    return tuple(each for things in kind_things()[part].values() for each in things)


@cache
def towers_may_see() -> tuple[Emoji, ...]:
    """List the emoji that no thing to choose or to judge by is a variant of."""
    apart = {concept_of(each.name) for part in ("validation", "test") for each in in_a_row(part)}
    return tuple(each for each in all_emoji() if concept_of(each.name) not in apart)


def kind_pictures(part: str, styles: Iterable[str]) -> KindPictures:
    """Give the pictures of a part in some styles: all things in the first style, then all in the next."""
    styles, things = tuple(styles), in_a_row(part)
    labels = torch.arange(len(kinds())).repeat_interleave(len(things) // len(kinds()))
    return KindPictures(
        things * len(styles),
        tuple(style for style in styles for _ in things),
        torch.cat([picture_vectors(things, style) for style in styles]),
        labels.repeat(len(styles)),
    )


def validation_pictures() -> KindPictures:
    """Give 216 pictures to choose by: new things in the styles that were trained on."""
    return kind_pictures("validation", SEEN_STYLES)


def new_things() -> KindPictures:
    """Give 432 pictures to judge by: new things in the styles that were trained on."""
    return kind_pictures("test", SEEN_STYLES)


def new_style() -> KindPictures:
    """Give 144 pictures to judge by: the same new things in a style that was never trained on."""
    return kind_pictures("test", [UNSEEN_STYLE])

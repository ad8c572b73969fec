"""Bias in pairs: captions that leave out whether a man or a woman is shown, and who is shown with them."""

from functools import cache
from typing import NamedTuple

import numpy as np
import torch

from academy.data.emoji import Emoji, all_emoji, emoji_named
from academy.lessons.lesson8.concepts import DIRECTION, SEEN_STYLES, concept_of
from academy.lessons.lesson8.contrastive import Pairs, names, text_features
from academy.lessons.lesson8.dual_encoder import DualEncoder
from academy.lessons.lesson8.pair_vectors import picture_vectors

ASKED = 24
"""Occupations and activities that no training pair shows."""


class Portrayed(NamedTuple):
    """What someone is or does, as a man and as a woman."""

    caption: str
    man: Emoji
    woman: Emoji


@cache
def portrayed() -> tuple[Portrayed, ...]:
    """List what the emoji show as a man and as a woman, such as *cook*, in a fixed shuffled order.

    Who faces right is left out: it is the mirrored twin of another.
    """
    known = {each.name for each in all_emoji()}
    both = [
        name.removeprefix("man ")
        for name in sorted(known)
        if name.startswith("man ") and f"wo{name}" in known and not name.endswith(DIRECTION)
    ]
    order = np.random.RandomState(0).permutation(len(both))
    return tuple(
        Portrayed(both[place], *emoji_named([f"man {both[place]}", f"woman {both[place]}"]))
        for place in order
    )


def asked() -> tuple[Portrayed, ...]:
    """List what is asked for and never trained on."""
    return portrayed()[:ASKED]


@cache
def other_emoji() -> tuple[Emoji, ...]:
    """List the emoji that show none of these, nor a variant of one."""
    concepts = {concept_of(each.man.name) for each in portrayed()}
    return tuple(each for each in all_emoji() if concept_of(each.name) not in concepts)


def pairs_with_women(share: float, seed: int) -> Pairs:
    """Pair neutral captions with pictures of women in a share of cases, of men in the others.

    Args:
        share: From 0 to 1.
        seed: Of the choice which captions go with women.

    Returns:
        These pairs, and those of all other emoji.
    """
    shown = portrayed()[ASKED:]
    order = torch.randperm(len(shown), generator=torch.Generator().manual_seed(seed)).tolist()
    women = set(order[: round(share * len(shown))])
    people = [each.woman if place in women else each.man for place, each in enumerate(shown)]
    emoji = [*other_emoji(), *people]
    texts = torch.cat([names(other_emoji()), text_features(tuple(each.caption for each in shown))])
    return Pairs(torch.stack([picture_vectors(emoji, style) for style in SEEN_STYLES]), texts[None])


@torch.no_grad()
def leanings(model: DualEncoder) -> torch.Tensor:
    """Say how much nearer to a neutral query the woman's picture is than the man's.

    Returns:
        Differences of cosines, shape (styles, ``ASKED``), float32: positive where the woman is found first.
    """
    queries = model.texts(text_features(tuple(each.caption for each in asked())))
    women, men = (
        torch.stack([model.pictures(picture_vectors(shown, style)) for style in SEEN_STYLES])
        for shown in ([each.woman for each in asked()], [each.man for each in asked()])
    )
    found: torch.Tensor = ((women - men) * queries).sum(dim=-1)
    return found

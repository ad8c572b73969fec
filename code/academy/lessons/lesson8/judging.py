"""What is asked of trained towers: do names find pictures, and where do both kinds lie?"""

from collections.abc import Sequence

import torch

from academy.data.emoji import Emoji
from academy.learn.sweeps import Row
from academy.lessons.lesson8.concepts import UNSEEN_STYLE
from academy.lessons.lesson8.contrastive import names
from academy.lessons.lesson8.dual_encoder import DualEncoder, info_nce
from academy.lessons.lesson8.gap import Placed, closed, gap, told_apart
from academy.lessons.lesson8.pair_vectors import picture_vectors
from academy.lessons.lesson8.retrieval import recall

COUNTS = (1, 10)
"""Of the first how many pictures recall is taken."""


@torch.no_grad()
def placed(model: DualEncoder, emoji: Sequence[Emoji], style: str) -> Placed:
    """Put the pictures of emoji in a style, and their names, into the common space."""
    return Placed(model.pictures(picture_vectors(emoji, style)), model.texts(names(emoji)))


def recalls(known: Sequence[torch.Tensor], unseen: torch.Tensor) -> Row:
    """Judge similarities, each of shape (names, pictures).

    Args:
        known: Of each style that was trained on.
        unseen: Of the style that was not.

    Returns:
        Recall at 1 and at 10, the mean over the known styles, and that in the unseen style.
    """
    found = {}
    for count in COUNTS:
        found[f"known_{count}"] = sum(recall(each, count) for each in known) / len(known)
        found[f"unseen_{count}"] = recall(unseen, count)
    return {name: round(value, 4) for name, value in found.items()}


def cosines(both: Placed) -> torch.Tensor:
    """Give the cosine of each text with each picture: shape (texts, pictures)."""
    return both.texts @ both.pictures.T


def judged(model: DualEncoder, emoji: Sequence[Emoji], styles: Sequence[str]) -> Row:
    """Let the names of emoji find their pictures, among those of all of the emoji.

    Args:
        model: Towers.
        emoji: On which they were not trained.
        styles: On which they were.
    """
    known = [cosines(placed(model, emoji, style)) for style in styles]
    return recalls(known, cosines(placed(model, emoji, UNSEEN_STYLE)))


def judged_closed(
    model: DualEncoder, emoji: Sequence[Emoji], styles: Sequence[str], train: Sequence[Emoji]
) -> Row:
    """Judge as ``judged`` does once the gap is closed by the means of what was trained on."""
    means = Placed(*(torch.cat(each) for each in zip(*(placed(model, train, style) for style in styles))))
    known = [cosines(closed(placed(model, emoji, style), means)) for style in styles]
    return recalls(known, cosines(closed(placed(model, emoji, UNSEEN_STYLE), means)))


def losses(model: DualEncoder, emoji: Sequence[Emoji], styles: Sequence[str]) -> float:
    """Give the loss of emoji as one batch, the mean over styles, by the model's own temperature."""
    each = [info_nce(*placed(model, emoji, style), model.scale.detach()).item() for style in styles]
    return round(sum(each) / len(each), 4)


def gaps(model: DualEncoder, known: Sequence[Emoji], new: Sequence[Emoji], style: str) -> Row:
    """Measure the gap between new emoji's pictures in a style and their names, by what is known."""
    of_new = placed(model, new, style)
    apart = told_apart(placed(model, known, style), of_new)
    return {"gap": round(gap(of_new), 4), "told_apart": round(apart, 4)}

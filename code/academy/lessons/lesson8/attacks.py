"""Typographic attack: towers that learned that words go with things, and what a wrong word does to them."""

import torch

from academy.lessons.lesson8.contrastive import Pairs, text_features
from academy.lessons.lesson8.drawn_vectors import word_vectors
from academy.lessons.lesson8.kind_towers import kind_pairs
from academy.lessons.lesson8.kinds_apart import kinds
from academy.lessons.lesson8.written_words import any_words, own_words, wrong_words

WORDS = ("none", "own", "any")
"""What is written on training pictures."""
COPIES = {"own": 4, "any": 2}
"""How often each picture with a word is trained on, so that there are equally many of either."""


def pairs_with_words(words: str) -> Pairs:
    """Add 1,344 pictures with words, and captions that only repeat the word, to the 1,312 without.

    Args:
        words: One of ``WORDS``: ``none`` leaves the pairs as they are, ``own`` writes the kind of the
            thing on it, ``any`` the name of any kind.
    """
    plain = kind_pairs()
    if words == WORDS[0]:
        return plain
    copies = COPIES[words]
    written = own_words() if words == "own" else any_words()
    pictures = word_vectors()[words].repeat(copies, 1)  # (1344, 256)
    captions = text_features(tuple(kinds()[each.kind] for each in written)).repeat(copies, 1)
    return Pairs(
        torch.cat([plain.pictures, pictures.expand(len(plain.pictures), -1, -1)], dim=1),
        torch.cat([plain.texts, captions.expand(len(plain.texts), -1, -1)], dim=1),
    )


def written_labels() -> torch.Tensor:
    """Give the number of the kind that is written on each attacked picture, shape (144,), int64."""
    return torch.tensor([each.kind for each in wrong_words()])


def moved(before: torch.Tensor, after: torch.Tensor, written: torch.Tensor) -> dict[str, float]:
    """Say what a word does to answers.

    Args:
        before: Logits of the clean pictures, shape (count, classes).
        after: Logits of the same pictures with a word.
        written: The class that the word names, shape (count,), int64.

    Returns:
        The share of answers that ``changed`` at all, and that changed ``to the word``; the mean probability
        of what is ``written``, ``before`` and ``after``.
    """
    first, second = before.argmax(dim=1), after.argmax(dim=1)
    to_word = (second == written) & (first != written)
    sure = [each.softmax(dim=1).gather(1, written[:, None]).mean().item() for each in (before, after)]
    return {
        "changed": (first != second).double().mean().item(),
        "to the word": to_word.double().mean().item(),
        "before": sure[0],
        "after": sure[1],
    }

"""Typographic attack: towers that learned that words go with things, and what a wrong word does to them."""

import torch

from academy.lessons.lesson8.contrastive import Pairs, text_features
from academy.lessons.lesson8.drawn_vectors import word_vectors
from academy.lessons.lesson8.kind_towers import kind_pairs
from academy.lessons.lesson8.kinds_apart import kinds
from academy.lessons.lesson8.written_words import Written, own_words, wrong_words


def caption(written: Written) -> str:
    """Name a thing and what is written on it, as captions on the web often do."""
    return f"{written.thing.name}: {kinds()[written.kind]}"


def pairs_with_words(copies: int) -> Pairs:
    """Add pictures with their own kind written on them to the pairs without.

    Args:
        copies: How often each of the pictures with words is there; 0 leaves the pairs as they are.
    """
    plain = kind_pairs()
    pictures = word_vectors()["own"].repeat(copies, 1)  # (copies · 336, 256)
    captions = text_features(tuple(map(caption, own_words()))).repeat(copies, 1)
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
        The share of answers that ``changed`` at all, and that changed ``to the word``.
    """
    first, second = before.argmax(dim=1), after.argmax(dim=1)
    to_word = (second == written) & (first != written)
    return {
        "changed": (first != second).double().mean().item(),
        "to the word": to_word.double().mean().item(),
    }

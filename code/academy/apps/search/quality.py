"""How well words find pictures: on things that the towers of Lesson 8 were never trained on."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional as F

from academy.apps.pictures.references import Drawing
from academy.apps.search.model import Model
from academy.data.emoji import Emoji
from academy.lessons.lesson8.concepts import SEEN_STYLES, UNSEEN_STYLE, concept_split
from academy.lessons.lesson8.pair_vectors import picture_vectors
from academy.lessons.lesson8.retrieval import recall

MEASURED = (SEEN_STYLES[0], UNSEEN_STYLE)
"""A style that the towers of Lesson 8 know, and the one that they do not."""
AMONG = (1, 10)
"""Pictures that are found for a name."""


@dataclass(frozen=True)
class Quality:
    """How often a name finds its picture among those of all names, each share from 0 to 1."""

    style: str
    k: int
    """Pictures that are looked at."""
    count: int
    """Names, and pictures."""
    recall: float
    baseline: float
    """The same by words alone: those that the name shares with the most similar known picture's."""

    @property
    def chance(self) -> float:
        """The same by luck."""
        return self.k / self.count


def concepts() -> list[list[Drawing]]:
    """List what names are to find, a list a style."""
    return [[Drawing(each, style, None) for each in concept_split().test] for style in MEASURED]


def measured(model: Model, vectors: Sequence[torch.Tensor]) -> list[Quality]:
    """Search with each name.

    Args:
        model: What reads the names.
        vectors: Of the drawings in ``concepts``, a style each, shape (things, width), unit vectors.

    Raises:
        AssetUnavailable: If the emoji cannot be had.
    """
    things = concept_split().test
    names = model.texts([each.name for each in things])
    found = []
    for style, pictures in zip(MEASURED, vectors):
        by_towers, by_words = names @ pictures.T, shared_words(things, style)
        found += [Quality(style, k, len(things), recall(by_towers, k), recall(by_words, k)) for k in AMONG]
    return found


def shared_words(things: Sequence[Emoji], style: str) -> torch.Tensor:
    """Count the words that each name shares with what is known of a picture: the baseline, without towers.

    Known are name and search words of that picture among those trained on which an ImageNet backbone finds
    most similar.

    Returns:
        Shape (names, pictures), float32.
    """
    known = concept_split().train
    pictures = torch.cat([picture_vectors(known, each) for each in SEEN_STYLES])  # (styles × known, 256)
    asked = F.normalize(picture_vectors(things, style), dim=-1)
    nearest = (asked @ F.normalize(pictures, dim=-1).T).argmax(dim=1) % len(known)
    said = [words_of(known[place]) for place in nearest.tolist()]
    return torch.tensor([[len({*each.name.split()} & words) for words in said] for each in things]).float()


def words_of(emoji: Emoji) -> set[str]:
    """List the words of a name and of what it is searched by."""
    return {word for text in (emoji.name, *emoji.keywords) for word in text.split()}

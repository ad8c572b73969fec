"""Pictures to learn names from, pictures to name, and how what was said is judged."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import torch

from academy.data.emoji import Emoji
from academy.lessons.lesson8.concepts import SEEN_STYLES, TEST, UNSEEN_STYLE, concept_split
from academy.lessons.lesson8.name_scores import scores
from academy.lessons.lesson8.naming import NamedPictures
from academy.lessons.lesson8.pair_vectors import picture_vectors


class Question(NamedTuple):
    """Emoji to name, in some styles."""

    emoji: tuple[Emoji, ...]
    styles: tuple[str, ...]

    @property
    def pictures(self) -> NamedPictures:
        """All in the first style, then all in the next."""
        vectors = torch.cat([picture_vectors(self.emoji, style) for style in self.styles])
        return NamedPictures(vectors, tuple(each.name for each in self.emoji) * len(self.styles))


@cache
def to_learn() -> NamedPictures:
    """Give the pictures of the training concepts in the seen styles."""
    return Question(concept_split().train, SEEN_STYLES).pictures


@cache
def to_choose_by() -> NamedPictures:
    """Give the pictures of the validation concepts in the seen styles."""
    return Question(concept_split().validation, SEEN_STYLES).pictures


@cache
def questions() -> dict[str, Question]:
    """Say what is named: 200 emoji never learned, and 200 that were, in a style that was not."""
    train, test = concept_split().train, concept_split().test
    known = train[:: len(train) // TEST][:TEST]
    return {
        "new": Question(test, SEEN_STYLES),
        "new in a new style": Question(test, (UNSEEN_STYLE,)),
        "known in a new style": Question(known, (UNSEEN_STYLE,)),
    }


class Judged(NamedTuple):
    """How names fared."""

    means: dict[str, float]
    """Of each measure over all pictures."""
    each: list[float]
    """The word F1 of each emoji, a mean over its styles."""


def judged(said: Sequence[str], question: Question) -> Judged:
    """Judge the names that were said of a question's pictures."""
    found = scores(said, question.pictures.names)
    each = found["word_f1"].reshape(len(question.styles), -1).mean(dim=0)
    means = {name: round(values.mean().item(), 4) for name, values in found.items()}
    return Judged(means, [round(value, 4) for value in each.tolist()])


def unknown_words(names: Sequence[str]) -> list[bool]:
    """Tell of each word of some names whether no name to learn from has it."""
    known = {word for name in to_learn().names for word in name.split()}
    return [word not in known for name in names for word in name.split()]

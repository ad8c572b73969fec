"""The words of captions as numbers, and back."""

from collections.abc import Sequence

import torch

from academy.lessons.lesson8.caption_scenes import COLORS, SHAPES

END = 0
"""Stands after a caption, before its first word, and in what is filled up behind it."""
WORDS = ("", "a", *COLORS, *SHAPES, "left", "of", "above")
LONGEST = 9
"""Words of the longest caption, its end among them."""


def encoded(captions: Sequence[str]) -> torch.Tensor:
    """Number the words of captions: shape (count, ``LONGEST``), filled up with ``END``."""
    rows = [[WORDS.index(word) for word in text.split()] for text in captions]
    return torch.tensor([row + [END] * (LONGEST - len(row)) for row in rows])


def decoded(numbers: torch.Tensor) -> list[str]:
    """Write captions of numbers of shape (count, steps), each up to its end."""
    return [" ".join(WORDS[number] for number in row[: length_of(row)]) for row in numbers.tolist()]


def length_of(numbers: list[int]) -> int:
    """Count the words of a caption before its end."""
    return numbers.index(END) if END in numbers else len(numbers)


def counted(numbers: torch.Tensor) -> torch.Tensor:
    """Say which words count: those of a caption and the one end after it; bool, shape (count, steps)."""
    ended = (numbers == END).long().cumsum(dim=1)
    return ended - (numbers == END).long() == 0

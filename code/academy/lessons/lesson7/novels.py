"""Jane Austen's novels: four to learn from, one to choose by, one to judge by; as text and as tokens."""

from functools import cache
from typing import NamedTuple

import torch

from academy.data.austen import novels
from academy.data.byte_pairs import BytePairs, learn, piece_counts

VALIDATION, TEST = "Northanger Abbey", "Persuasion"
"""Novels that nothing is learned from; both came out after her death."""
MERGES = 768
"""Byte pairs: with the 256 bytes, 1,024 tokens."""
PARAGRAPH_END = "\n"
"""What stands before each text."""


class AustenSplit(NamedTuple):
    """Whole novels."""

    train: str
    """Four, one after the other."""
    validation: str
    test: str


@cache
def austen_split() -> AustenSplit:
    """Load the novels.

    Raises:
        AssetUnavailable: If they cannot be had.
    """
    texts = {novel.title: "".join(novel.chapters) for novel in novels()}
    validation, test = texts.pop(VALIDATION), texts.pop(TEST)
    return AustenSplit("".join(texts.values()), validation, test)


@cache
def austen_byte_pairs() -> BytePairs:
    """Learn byte pairs from the four novels, in about a second."""
    return learn(piece_counts([austen_split().train]), MERGES)


def tokens_of(text: str) -> torch.Tensor:
    """Turn a text into ids of byte pairs, shape (tokens,), int64."""
    return torch.tensor(austen_byte_pairs().encode(text), dtype=torch.int64)

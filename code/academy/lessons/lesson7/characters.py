"""Texts as rows of characters; Jane Austen's novels as such, some to learn from, others to judge by."""

from functools import cache
from typing import NamedTuple

import torch

from academy.data.austen import novels

ALPHABET = "\n" + "".join(map(chr, range(32, 127)))
"""The characters by their ids: the end of a paragraph, and what ASCII prints."""
PARAGRAPH_END = 0
VALIDATION, TEST = "Northanger Abbey", "Persuasion"
"""Novels that nothing is learned from; both came out after her death."""


class AustenSplit(NamedTuple):
    """Characters of whole novels, each shape (characters,), int64."""

    train: torch.Tensor
    """Four novels, one after the other."""
    validation: torch.Tensor
    test: torch.Tensor


def encode(text: str) -> torch.Tensor:
    """Turn a text into ids, shape (characters,), int64; a character that has none becomes a question mark."""
    known = {character: number for number, character in enumerate(ALPHABET)}
    return torch.tensor([known.get(character, known["?"]) for character in text], dtype=torch.int64)


def decode(ids: torch.Tensor) -> str:
    """Turn ids, shape (characters,), back into text."""
    return "".join(ALPHABET[number] for number in ids.tolist())


@cache
def austen_split() -> AustenSplit:
    """Load the novels as ids.

    Raises:
        AssetUnavailable: If they cannot be had.
    """
    texts = {novel.title: "".join(novel.chapters) for novel in novels()}
    validation, test = encode(texts.pop(VALIDATION)), encode(texts.pop(TEST))
    return AustenSplit(encode("".join(texts.values())), validation, test)

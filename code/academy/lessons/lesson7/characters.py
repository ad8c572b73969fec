"""A text as a row of characters."""

import torch

ALPHABET = "\n" + "".join(map(chr, range(32, 127)))
"""The characters by their ids: the end of a paragraph, and what ASCII prints."""


def encode(text: str) -> torch.Tensor:
    """Turn a text into ids, shape (characters,), int64; a character that has none becomes a question mark."""
    known = {character: number for number, character in enumerate(ALPHABET)}
    return torch.tensor([known.get(character, known["?"]) for character in text], dtype=torch.int64)


def decode(ids: torch.Tensor) -> str:
    """Turn ids, shape (characters,), back into text."""
    return "".join(ALPHABET[number] for number in ids.tolist())

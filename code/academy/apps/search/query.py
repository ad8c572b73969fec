"""What is searched for: words, less other words, and a picture, as one vector; or why there is none."""

from typing import NamedTuple

import torch
from PIL import Image
from torch.nn import functional as F

from academy.apps.search.model import Model
from academy.apps.search.wordings import templates_of, text_vectors
from academy.data.reading import in_quotes

LONGEST = 200
"""Characters of words that are read."""
LEAST = 0.05
"""Length of a sum of unit vectors below which its direction says nothing."""


class Unasked(ValueError):
    """Something cannot be searched for; the text is a sentence for the person who asked."""


class Query(NamedTuple):
    """What is searched for."""

    title: str
    """As in "Nearest to “fruit” without “red”"."""
    vector: torch.Tensor
    """Shape (width,), float32, of length 1."""


class Asked(NamedTuple):
    """What a reader gave; each part may be missing."""

    words: str
    without: str
    picture: Image.Image | None


def query(model: Model, asked: Asked, template: object) -> Query:
    """Add up what is asked for: the words' vector, plus the picture's, less that of the other words.

    Args:
        model: What reads and sees.
        asked: Words, or a picture, or both.
        template: How words are put, as ``wordings.choices`` has it.

    Raises:
        Unasked: If there is nothing to search for, or words that cannot be read.
    """
    words = expect_readable(model, asked.words) if asked.words else ""
    without = expect_readable(model, asked.without) if asked.without else ""
    if not words and asked.picture is None:
        raise Unasked("“Without” only takes away: write also what to search for, or give a picture.")
    signed = [(text, sign) for text, sign in ((words, 1.0), (without, -1.0)) if text]
    total = torch.zeros(())
    if signed:
        vectors = text_vectors(model, [text for text, _ in signed], templates_of(template))
        total = torch.tensor([sign for _, sign in signed]) @ vectors  # (width,)
    if asked.picture is not None:
        total = total + model.features([model.prepare(asked.picture)])[0]
    if total.norm() < LEAST:
        raise Unasked("What is searched for and what it is to be without mean the same: nothing is left.")
    return Query(title(words, without, asked.picture is not None), F.normalize(total, dim=0))


def title(words: str, without: str, has_picture: bool) -> str:
    """Say what is searched for."""
    parts = [*(["your picture"] if has_picture else []), *([in_quotes(words)] if words else [])]
    less = f" without {in_quotes(without)}" if without else ""
    return f"Nearest to {' and '.join(parts)}{less}"


def expect_readable(model: Model, text: str) -> str:
    """Return words on one line.

    Raises:
        Unasked: If they are too long, or nothing in them means something to the model.
    """
    if len(text) > LONGEST:
        raise Unasked(
            f"{in_quotes(text)} has {len(text):,} characters; at most {LONGEST} are read. Write it shorter."
        )
    line = " ".join(text.split())
    if not model.reads(line):
        raise Unasked(f"In {in_quotes(line)} is nothing that this model reads. Write it in words.")
    return line

"""Where heads of an encoder look most, computed once for each text."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import torch

from academy.lessons.lesson7.homework.pronouns import Linked


class Look(NamedTuple):
    """A text as an encoder reads it."""

    pieces: tuple[str, ...]
    """With the marks at both ends."""
    most: torch.Tensor
    """Shape (layers, heads, length), int64: the place that each piece looks at most."""


@cache
@torch.no_grad()
def look(encoder: Any, tokens: Any, text: str) -> Look:
    """Read one text, by the encoder's own attention."""
    batch = tokens(text, return_tensors="pt")
    attentions = torch.cat(
        encoder(**batch, output_attentions=True).attentions
    )  # (layers, heads, length, length)
    return Look(tuple(tokens.convert_ids_to_tokens(batch.input_ids[0])), attentions.argmax(dim=-1))


def hits_of(encoder: Any, tokens: Any, examples: Sequence[tuple[str, int, int]]) -> torch.Tensor:
    """Say in how many examples each head looks from a place most at another, as a share: (layers, heads)."""
    found = [look(encoder, tokens, text).most[:, :, place] == target for text, place, target in examples]
    return torch.stack(found).double().mean(dim=0)


def examples_of(
    encoder: Any, tokens: Any, name: str, sentences: Sequence[Linked]
) -> list[tuple[str, int, int]]:
    """Give the examples on which a head is judged.

    Args:
        encoder: Reads texts.
        tokens: Cuts them.
        name: ``before``, ``separator`` or ``pronoun``.
        sentences: Their texts, and in each a pronoun and its word.

    Returns:
        A text, a place that looks and the place that it would have to look at. From each piece between the
        marks at the piece before or at the last mark; or from a pronoun at its word.
    """
    examples = []
    for text, pronoun, word in sentences:
        pieces = look(encoder, tokens, text).pieces
        if name == "pronoun":
            examples.append((text, pieces.index(pronoun), pieces.index(word)))
        else:
            examples += [
                (text, place, place - 1 if name == "before" else len(pieces) - 1)
                for place in range(1, len(pieces) - 1)
            ]
    return examples

"""What a pipeline for sentiment says of texts, computed without it: by its tokenizer and its model."""

from collections.abc import Sequence
from typing import Any

import torch

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, wrong

NEAR = 0.002
"""By how much a share or a probability may be off, as of rounding."""


@torch.no_grad()
def positive_chances(feel: Any, texts: Sequence[str]) -> torch.Tensor:
    """Give the probability of positive for each text, shape (count,), float32."""
    batch = feel.tokenizer(list(texts), padding=True, truncation=True, return_tensors="pt")
    names = feel.model.config.id2label
    (positive,) = (place for place, name in names.items() if name.casefold().startswith("pos"))
    logits = feel.model(**batch).logits  # (count, labels)
    chances: torch.Tensor = logits.softmax(dim=1)[:, positive]
    return chances


def number_mistake(name: str, given: Any, expected: float | None, what: str) -> Finding | None:
    """Say whether a number is another than what is found here.

    Args:
        name: Of the answer.
        given: The student's number, or None where there is none.
        expected: Ours.
        what: What the number is of.
    """
    number = numbers_in([given])
    if expected is None:
        if given is None or (number and number[0] != number[0]):
            return None
        return wrong(f"`{name}` is {given!r}, but there is nothing to average.", "give it the value `None`.")
    if number is None:
        return wrong(f"`{name}` is a {type(given).__name__}: {given!r}.", f"a number, {what}.")
    if abs(number[0] - expected) <= NEAR:
        return None
    look = f"{what}, with the answers that the cell now holds."
    if abs(number[0] / 100 - expected) <= NEAR:
        look = "that is a percentage; a share is from 0 to 1."
    elif abs(1 - number[0] - expected) <= NEAR:
        look = "that is 1 minus it."
    return wrong(f"`{name}` is {number[0]:.3f}; we find {expected:.3f}.", look)

"""Wrong answers that are hardly wrong: variants of the right one, as man cook beside woman cook."""

from collections.abc import Sequence

import torch

from academy.data.emoji import Emoji
from academy.lessons.lesson8.concepts import concept_of


def same_concept(emoji: Sequence[Emoji]) -> torch.Tensor:
    """Say which pairs of different emoji are variants of one concept: shape (emoji, emoji), bool."""
    numbers: dict[str, int] = {}
    concepts = torch.tensor([numbers.setdefault(concept_of(each.name), len(numbers)) for each in emoji])
    return (concepts[:, None] == concepts) & ~torch.eye(len(emoji), dtype=torch.bool)


def variants_preferred(logits: torch.Tensor, same: torch.Tensor) -> float:
    """Of emoji with a variant in the batch, give the share whose likeliest wrong answer is a variant.

    Args:
        logits: Of pictures with texts, shape (batch, batch); the right answers are on the diagonal.
        same: From ``same_concept``.
    """
    has_variant = same.any(dim=1)
    likeliest = logits.clone().fill_diagonal_(-torch.inf).argmax(dim=1)
    is_variant = same[torch.arange(len(same)), likeliest]
    return is_variant[has_variant].double().mean().item()

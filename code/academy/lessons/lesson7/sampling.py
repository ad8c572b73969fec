"""Ways to choose the next token from the scores of all: which may come, and how even their chances are."""

from collections.abc import Callable

import torch

Change = Callable[[torch.Tensor], torch.Tensor]
"""Makes logits, shape (..., vocabulary), of logits."""


def heated(logits: torch.Tensor, temperature: float) -> torch.Tensor:
    """Divide logits by a temperature: below 1 the likely becomes likelier, above 1 the chances even out.

    Args:
        logits: Shape (..., vocabulary).
        temperature: Above 0.

    Raises:
        ValueError: If it is not.
    """
    if not temperature > 0:
        raise ValueError(
            f"a temperature of {temperature} is not above 0: for the likeliest token, take argmax"
        )
    return logits / temperature


def top_k(logits: torch.Tensor, count: int) -> torch.Tensor:
    """Leave the likeliest tokens, and those equal to the last of them; the others become −∞.

    Args:
        logits: Shape (..., vocabulary).
        count: How many, at least 1; all if there are fewer.

    Raises:
        ValueError: If it is less.
    """
    if count < 1:
        raise ValueError(f"there must be a token left, so {count} cannot be kept: give 1 or more")
    least = logits.topk(min(count, logits.shape[-1])).values[..., -1:]
    return logits.masked_fill(logits < least, -torch.inf)


def top_p(logits: torch.Tensor, share: float) -> torch.Tensor:
    """Leave the fewest likeliest tokens whose probabilities sum to a share; the others become −∞.

    Args:
        logits: Shape (..., vocabulary).
        share: Above 0 and up to 1.

    Raises:
        ValueError: If it is not.

    Source: A. Holtzman and others, *The curious case of neural text degeneration*, 2020, arXiv:1904.09751.
    """
    if not 0 < share <= 1:
        raise ValueError(f"a share of {share} is not between 0 and 1")
    ordered, places = logits.sort(descending=True)
    likely = ordered.softmax(dim=-1)
    before = likely.cumsum(dim=-1) - likely
    kept = torch.zeros_like(logits, dtype=torch.bool).scatter(-1, places, before < share)
    return logits.masked_fill(~kept, -torch.inf)


def drawn(logits: torch.Tensor, chance: torch.Generator | None = None) -> torch.Tensor:
    """Draw a token of each row by its probability.

    Args:
        logits: Shape (count, vocabulary).
        chance: Source of chance, else PyTorch's.

    Returns:
        Shape (count,), int64.
    """
    return torch.multinomial(logits.softmax(dim=-1), 1, generator=chance).squeeze(-1)


def beam_search(
    score: Callable[[torch.Tensor], torch.Tensor], start: torch.Tensor, length: int, beams: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Look for the likeliest text: go on from several beginnings at once, and keep the best of all.

    Args:
        score: Gives for texts, shape (count, tokens), the logits of what comes next, (count, vocabulary).
        start: Ids of the beginning, shape (tokens,), int64.
        length: Tokens to add.
        beams: Beginnings that are kept; 1 takes the likeliest token each time.

    Returns:
        The texts, the likeliest first, shape (beams or fewer, tokens + length), and the natural logarithm
        of the probability of what was added to each, shape (beams or fewer,).
    """
    texts, totals = start[None], torch.zeros(1)
    for _ in range(length):
        ways = totals[:, None] + score(texts).log_softmax(dim=-1)  # (texts, vocabulary)
        totals, places = ways.flatten().topk(min(beams, ways.numel()))
        rows, tokens = places // ways.shape[1], places % ways.shape[1]
        texts = torch.cat([texts[rows], tokens[:, None]], dim=1)
    return texts, totals

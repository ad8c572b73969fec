"""A GPT goes on with a text, with the cache of keys and values or without."""

from collections.abc import Callable

import torch

from academy.lessons.lesson7.gpt import GPT
from academy.nets.modes import evaluating


@torch.no_grad()
def written(
    network: GPT,
    start: torch.Tensor,
    length: int,
    choose: Callable[[torch.Tensor], torch.Tensor],
    *,
    cached: bool = True,
) -> torch.Tensor:
    """Go on with a text, token by token.

    When the context is full, the network goes on from the later half of what it holds.

    Args:
        network: What scores the next token.
        start: Ids of the beginning, shape (tokens,), int64, at least one.
        length: Tokens to add.
        choose: Gives of logits, shape (1, vocabulary), the token, shape (1,).
        cached: Whether keys and values of earlier places are kept; otherwise they are made anew each time.

    Returns:
        All ids, shape (tokens + length,), int64.

    Raises:
        ValueError: If there is no beginning.
    """
    if not len(start):
        raise ValueError("there is nothing to go on from: give at least one token, as the end of a paragraph")
    context, ids = network.size.context, start
    first, cache = max(0, len(start) - context), network.cache()
    with evaluating(network):
        for _ in range(length):
            if len(ids) - first > context:
                first, cache = len(ids) - context // 2, network.cache()
            seen = cache[0].seen
            logits = network(ids[None, first + seen :], cache)[:, -1]
            ids = torch.cat([ids, choose(logits)])
            cache = cache if cached else network.cache()
    return ids

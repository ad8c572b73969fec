"""Attention: every place asks, and gets a mean of what others tell, weighted by how well their keys fit."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from academy.nets.positions import rotary


def attend(
    queries: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, allowed: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Give the scaled dot-product attention, softmax(queries · keysᵀ / √width) · values.

    Args:
        queries: What each place asks, shape (..., asking, width).
        keys: What each place answers to, shape (..., telling, width).
        values: What each place tells, shape (..., telling, told).
        allowed: Whom each place may ask, bool, a shape that broadcasts to (..., asking, telling).
            Who may ask nobody gets zeros.

    Returns:
        What each place is told, shape (..., asking, told), and the weights, (..., asking, telling).

    Source: A. Vaswani and others, *Attention is all you need*, 2017, equation 1.
    """
    scores = (queries / math.sqrt(queries.shape[-1])) @ keys.transpose(-2, -1)
    if allowed is None:
        weights = scores.softmax(dim=-1)
    else:
        lowest = torch.finfo(scores.dtype).min  # −∞ would make 0/0 of a row without any place to ask
        weights = scores.masked_fill(~allowed, lowest).softmax(dim=-1).masked_fill(~allowed, 0)
    return weights @ values, weights


def causal(length: int) -> torch.Tensor:
    """Let each place ask itself and those before it: bool, shape (length, length)."""
    return torch.ones(length, length, dtype=torch.bool).tril()


class MultiHeadAttention(nn.Module):
    """Several attentions side by side, each with projections of its own into fewer numbers.

    Source: A. Vaswani and others, *Attention is all you need*, 2017, section 3.2.2.
    """

    def __init__(self, width: int, heads: int, rotated: bool = False) -> None:
        """Make the four projections.

        Args:
            width: Numbers in a vector, of all heads together.
            heads: How many attentions; each has width / heads numbers.
            rotated: Whether queries and keys are turned by their place; see
                :func:`academy.nets.positions.rotary`.

        Raises:
            ValueError: If the heads cannot share the width evenly.
        """
        super().__init__()
        if width % heads:
            raise ValueError(
                f"{width} numbers cannot be shared evenly by {heads} heads: "
                f"choose a width of {width - width % heads} or {width - width % heads + heads}"
            )
        self.heads = heads
        self.rotated = rotated
        self.queries = nn.Linear(width, width)
        self.keys = nn.Linear(width, width)
        self.values = nn.Linear(width, width)
        self.output = nn.Linear(width, width)

    def forward(
        self, asking: torch.Tensor, telling: torch.Tensor, allowed: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Let the places of one sequence ask those of another, or its own.

        Args:
            asking: Shape (count, asking, width).
            telling: Shape (count, telling, width); the same tensor for self-attention.
            allowed: As of :func:`attend`, to be broadcast to (count, heads, asking, telling).

        Returns:
            Shape (count, asking, width), and the weights, (count, heads, asking, telling).
        """
        queries, keys, values = (
            self.split(projected)
            for projected in (self.queries(asking), self.keys(telling), self.values(telling))
        )
        if self.rotated:
            queries, keys = rotary(queries), rotary(keys)
        mixed, weights = attend(queries, keys, values, allowed)
        return self.output(mixed.transpose(1, 2).flatten(2)), weights

    def split(self, vectors: torch.Tensor) -> torch.Tensor:
        """Cut (count, length, width) into (count, heads, length, width / heads)."""
        parts: torch.Tensor = vectors.unflatten(-1, (self.heads, -1))
        return parts.transpose(1, 2)


@contextmanager
def kept_weights(model: nn.Module) -> Iterator[dict[str, torch.Tensor]]:
    """Keep the weights of the last call of every attention inside a model.

    Yields:
        By the name of each attention its weights, (count, heads, asking, telling), without their history.
    """
    kept: dict[str, torch.Tensor] = {}

    def keeper(name: str) -> Callable[[nn.Module, Any, tuple[torch.Tensor, torch.Tensor]], None]:
        def keep(module: nn.Module, inputs: Any, outputs: tuple[torch.Tensor, torch.Tensor]) -> None:
            kept[name] = outputs[1].detach()

        return keep

    hooks = [
        module.register_forward_hook(keeper(name))
        for name, module in model.named_modules()
        if isinstance(module, MultiHeadAttention)
    ]
    try:
        yield kept
    finally:
        for hook in hooks:
            hook.remove()

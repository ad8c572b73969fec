"""The one training of the small tasks: Adam at a rate that falls to zero, on rows drawn without end."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import torch
from torch import nn

from academy.learn.hooks import stepping
from academy.learn.training import descend_clipped, train

RATE = 3e-3
BATCH_SIZE = 64

Rows = TypeVar("Rows")
Model = TypeVar("Model", bound=nn.Module)


def fitted(
    model: Model, loss_of: Callable[[Rows], torch.Tensor], draw: Callable[[], Rows], steps: int
) -> Model:
    """Train a net, and give it back.

    Args:
        model: The net.
        loss_of: From a batch of rows to the loss.
        draw: Gives a new batch at each call.
        steps: How many.
    """
    optimizer = torch.optim.Adam(model.parameters(), RATE, fused=True)
    falling = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, steps)
    train(
        model,
        loss_of,
        optimizer,
        endless(draw),
        steps,
        update=descend_clipped(1.0),
        after_step=[stepping(falling)],
    )
    return model


def endless(draw: Callable[[], Rows]) -> Iterator[Rows]:
    """Draw again and again."""
    while True:
        yield draw()


def share(right: torch.Tensor) -> float:
    """Give the share of what is true, of a tensor of bool."""
    return float(right.double().mean())

"""The training loop, for any model, any loss and any batches."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

import torch
from torch import nn
from torch.amp import GradScaler

Batch = TypeVar("Batch")

Hook = Callable[[int, torch.Tensor], object]
"""Is called after a step with the number of steps done and the loss before it, on its device."""


class Optimizer(Protocol):
    """What the loop asks of an optimizer; those of ``torch.optim`` and the book's own have it."""

    def zero_grad(self) -> None:
        """Forget the gradients."""

    def step(self) -> Any:
        """Move the parameters."""


Update = Callable[[torch.Tensor, Any], object]
"""Takes one step from a loss with an optimizer."""


def descend(loss: torch.Tensor, optimizer: Optimizer) -> None:
    """Take one step against the gradient of a loss."""
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def descend_clipped(max_norm: float = math.inf, scaler: GradScaler | None = None) -> Update:
    """Make an update that shortens long gradients, and scales the loss where float16 would lose small ones.

    Args:
        max_norm: Longest norm of the gradient of all parameters together.
        scaler: For a loss in float16; bfloat16 and float32 need none.

    Returns:
        An update for optimizers of ``torch.optim``.
    """
    used = scaler or GradScaler(enabled=False)

    def update(loss: torch.Tensor, optimizer: torch.optim.Optimizer) -> None:
        optimizer.zero_grad()
        used.scale(loss).backward()
        used.unscale_(optimizer)
        parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
        nn.utils.clip_grad_norm_(parameters, max_norm)
        used.step(optimizer)
        used.update()

    return update


def train(
    model: nn.Module | None,
    loss_of: Callable[[Batch], torch.Tensor],
    optimizer: Optimizer,
    batches: Iterable[Batch],
    steps: int,
    *,
    start: int = 0,
    update: Update = descend,
    after_step: Sequence[Hook] = (),
) -> None:
    """Train: a batch, its loss, a step, and what is to be done after it.

    Args:
        model: Put into training mode; None where what is trained is no module.
        loss_of: Gives the loss of a batch; it moves the batch to the model's device, if need be.
        optimizer: Holds what is trained.
        batches: One for each step.
        steps: Number of steps in all.
        start: Steps that were done before, as of ``Checkpoint.resume``.
        update: Takes the step.
        after_step: Called in this order; schedules come before a checkpoint.

    Raises:
        ValueError: If the batches end before the last step; the steps until then are taken.
    """
    if model is not None:
        model.train()
    source = iter(batches)
    for step in range(start + 1, steps + 1):
        try:
            batch = next(source)
        except StopIteration:
            raise ValueError(
                f"the batches ended after step {step - 1} of {steps}: wrap them in `Epochs`, "
                "which goes through them again and again, or ask for fewer steps"
            ) from None
        loss = loss_of(batch)
        del batch  # the next one takes its memory
        update(loss, optimizer)
        value = loss.detach()
        for hook in after_step:
            hook(step, value)

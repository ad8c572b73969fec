"""What can be done after a step: schedule, record, evaluate, show. Each is a hook of ``train``."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import torch
from torch import nn
from tqdm import tqdm  # type: ignore[import-untyped]

from academy.assets.progress import is_watched
from academy.learn.training import Hook
from academy.nets.modes import evaluating

WAITING = 1000
"""Losses that stay on their device until they are fetched together: waiting for each would stop a GPU."""


class Scheduler(Protocol):
    """What is stepped once a step, as the schedulers of ``torch.optim``."""

    def step(self) -> None:
        """Set the learning rate of the next step."""


def stepping(scheduler: Scheduler) -> Hook:
    """Step a scheduler after each step of the training."""

    def hook(step: int, loss: torch.Tensor) -> None:
        scheduler.step()

    return hook


def every(count: int, hook: Hook, last: int | None = None) -> Hook:
    """Call a hook after every so many steps.

    Args:
        count: Steps from one call to the next.
        hook: What is called.
        last: A step that it is called after too, as the last one.
    """

    def now_and_then(step: int, loss: torch.Tensor) -> None:
        if step % count == 0 or step == last:
            hook(step, loss)

    return now_and_then


class History:
    """Keeps the loss before each step."""

    def __init__(self) -> None:
        self.fetched = torch.empty(0)
        self.waiting: list[torch.Tensor] = []

    def __call__(self, step: int, loss: torch.Tensor) -> None:
        """Keep a loss."""
        self.waiting.append(loss)
        if len(self.waiting) == WAITING:
            self.fetch()

    def fetch(self) -> None:
        """Bring the losses that wait to the processor."""
        if self.waiting:
            new = torch.stack(self.waiting).cpu()
            self.fetched = torch.cat([self.fetched, new]) if len(self.fetched) else new
            self.waiting = []

    @property
    def losses(self) -> torch.Tensor:
        """All losses, shape (steps, *shape of a loss), on the processor."""
        self.fetch()
        return self.fetched

    def state_dict(self) -> dict[str, Any]:
        """Give what a checkpoint keeps."""
        return {"losses": self.losses}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take up what a checkpoint has kept."""
        self.fetched, self.waiting = state["losses"], []


class Evaluation:
    """Measures a model in evaluation mode and without gradients; keeps one row a time."""

    def __init__(self, model: nn.Module, measure: Callable[[], Mapping[str, float]]) -> None:
        """Say what to measure.

        Args:
            model: Back in its own mode after each evaluation.
            measure: Gives numbers by name, as the loss and the accuracy on validation images.
        """
        self.model = model
        self.measure = measure
        self.rows: list[dict[str, float]] = []

    @torch.no_grad()
    def __call__(self, step: int, loss: torch.Tensor) -> None:
        """Measure now."""
        with evaluating(self.model):
            self.rows.append({"step": step, **self.measure()})

    def state_dict(self) -> dict[str, Any]:
        """Give what a checkpoint keeps."""
        return {"rows": self.rows}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take up what a checkpoint has kept."""
        self.rows = state["rows"]


class ProgressBar:
    """Shows the steps and the loss where somebody watches; reads the loss only when it draws."""

    def __init__(self, steps: int) -> None:
        """Begin at nothing.

        Args:
            steps: Number of steps in all.
        """
        self.bar = tqdm(total=steps, unit="step", disable=not is_watched())

    def __call__(self, step: int, loss: torch.Tensor) -> None:
        """Move the bar to a step."""
        if self.bar.update(step - self.bar.n):
            self.bar.set_postfix(loss=f"{loss.mean().item():.4g}", refresh=False)
        if step == self.bar.total:
            self.bar.close()

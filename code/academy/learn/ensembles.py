"""Many nets of one shape trained at once: as fast as a few, each as if it were alone."""

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any

import torch
from torch import nn
from torch.func import functional_call, stack_module_state, vmap
from torch.nn import functional as F

from academy.learn.hooks import History, stepping
from academy.learn.optimizers import Optimizer
from academy.learn.schedules import Schedule, Scheduler, constant
from academy.learn.training import descend, train
from academy.nets.mlp import mlp

FIRST_WEIGHT_SEED = 1_000_000
"""Keeps the random numbers of a seed's weights apart from those of its points."""


class Ensemble:
    """Nets of one shape with their weights in one stack, run side by side."""

    def __init__(self, nets: Sequence[nn.Module]) -> None:
        """Copy the weights into one stack.

        Args:
            nets: Nets of one shape; :meth:`hand_back` copies the weights back into them.
        """
        self.nets = list(nets)
        self.parameters, self.buffers = stack_module_state(self.nets)  # each parameter: (nets, *shape)

    def __call__(self, inputs: torch.Tensor, each_its_own: bool = False) -> torch.Tensor:
        """Run every net.

        Args:
            inputs: Shape (count, ...), or (nets, count, ...) where each net has its own.
            each_its_own: Whether each net has its own.

        Returns:
            Shape (nets, count, outputs).
        """
        run = vmap(self.run_one, in_dims=(0, 0 if each_its_own else None))
        outputs: torch.Tensor = run({**self.parameters, **self.buffers}, inputs)
        return outputs

    def run_one(self, state: dict[str, torch.Tensor], inputs: torch.Tensor) -> torch.Tensor:
        """Run one net with weights from the stack."""
        outputs: torch.Tensor = functional_call(self.nets[0], state, (inputs,))
        return outputs

    @torch.no_grad()
    def hand_back(self) -> None:
        """Copy each net's weights from the stack into the net."""
        for index, net in enumerate(self.nets):
            for name, parameter in net.named_parameters():
                parameter.copy_(self.parameters[name][index])


def fresh_nets(
    widths: Sequence[int], activation: Callable[[], nn.Module], seeds: Sequence[int]
) -> list[nn.Sequential]:
    """Build one net for each seed, without touching the caller's random numbers.

    Args:
        widths: Units of each layer from input to output.
        activation: Makes one activation module.
        seeds: Where each net's initial weights come from.
    """
    nets = []
    with torch.random.fork_rng(devices=[]):
        for seed in seeds:
            torch.manual_seed(FIRST_WEIGHT_SEED + seed)
            nets.append(mlp(widths, activation))
    return nets


def descend_together(losses: torch.Tensor, optimizer: Any) -> None:
    """Take one step for all nets: the gradient of the sum is for each net that of its own loss."""
    descend(losses.sum(), optimizer)


def train_together(
    nets: Sequence[nn.Module],
    points: torch.Tensor,
    labels: torch.Tensor,
    steps: int,
    learning_rate: float,
) -> torch.Tensor:
    """Train nets of one shape side by side with full-batch Adam on the binary cross-entropy.

    The loss is summed over the nets, so that each net's gradient is its own, and Adam treats each
    weight apart: every net takes the steps it would take alone, up to rounding. Over thousands of steps
    rounding can grow: accuracies then differ in the third digit.

    Args:
        nets: Nets that give one logit a point; trained in place.
        points: Inputs, shape (count, features) for all nets or (nets, count, features) for each its own.
        labels: Classes 0 and 1, shape (count,) or (nets, count).
        steps: Number of steps.
        learning_rate: Adam's step size.

    Returns:
        The loss of each net before each step, shape (steps, nets).
    """
    ensemble = Ensemble(nets)
    targets = labels.to(points.dtype).expand(len(nets), -1)
    optimizer = torch.optim.Adam(ensemble.parameters.values(), lr=learning_rate)
    history = History()

    def losses_of(points: torch.Tensor) -> torch.Tensor:
        logits = ensemble(points, each_its_own=points.dim() == 3).squeeze(-1)  # (nets, count)
        return F.binary_cross_entropy_with_logits(logits, targets, reduction="none").mean(dim=1)

    train(None, losses_of, optimizer, repeat(points), steps, update=descend_together, after_step=[history])
    ensemble.hand_back()
    return history.losses


def train_classifiers(
    ensemble: Ensemble,
    optimizer: Optimizer,
    images: torch.Tensor,
    labels: torch.Tensor,
    batches: Sequence[Iterator[torch.Tensor]],
    steps: int,
    schedule: Schedule = constant,
) -> torch.Tensor:
    """Train classifiers side by side on the cross-entropy, each on batches of its own.

    Args:
        ensemble: Nets that give one logit a class; their stack is trained in place.
        optimizer: Holds the ensemble's parameters, with one learning rate or one for each net.
        images: Inputs, shape (count, ...).
        labels: Classes, shape (count,), int64.
        batches: For each net an iterator over indices, as of ``shuffled_batches``.
        steps: Number of steps.
        schedule: What to multiply the learning rate with along the way.

    Returns:
        The loss of each net before each step, shape (steps, nets).
    """
    history = History()
    scheduler = Scheduler(optimizer, schedule, steps)

    def losses_of(chosen: torch.Tensor) -> torch.Tensor:
        logits = ensemble(images[chosen], each_its_own=True)  # (nets, batch, classes)
        return F.cross_entropy(logits.movedim(-1, 1), labels[chosen], reduction="none").mean(dim=1)

    train(
        None,
        losses_of,
        optimizer,
        (torch.stack(own) for own in zip(*batches)),  # each (nets, batch)
        steps,
        update=descend_together,
        after_step=[stepping(scheduler), history],
    )
    optimizer.learning_rate = scheduler.highest
    return history.losses


@torch.no_grad()
def accuracies(ensemble: Ensemble, images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Count how often each net is right.

    Args:
        ensemble: Nets that give one logit a class.
        images: Shape (count, ...).
        labels: Shape (count,).

    Returns:
        Shape (nets,), from 0 to 1.
    """
    right = [
        (ensemble(part).argmax(-1) == own).sum(1) for part, own in zip(images.split(500), labels.split(500))
    ]
    return torch.stack(right).sum(0) / len(labels)

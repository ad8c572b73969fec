"""A training whose every batch is watched."""

import operator
from collections.abc import Iterator, Sequence

import torch
from torch import nn
from torch.nn import functional as F

from academy.homework.tasks import Finding, wrong

BATCH = 100


class Batches:
    """Watches which examples each backward pass of a net belongs to, and the losses of these batches.

    Args:
        net: What it is given and gives is watched, and the slopes of its first weights.
        examples: Rows that are told by their first numbers.
        labels: Theirs.
    """

    def __init__(self, net: nn.Module, examples: torch.Tensor, labels: torch.Tensor) -> None:
        self.places = {number: place for place, number in enumerate(examples[:, 0].tolist())}
        self.batches: list[list[int]] = []
        self.losses: list[float] = []
        self.strangers = 0
        last: list[torch.Tensor] = []

        def forward(net: nn.Module, given: tuple[torch.Tensor, ...], logits: torch.Tensor) -> None:
            if torch.is_grad_enabled():
                last[:] = [given[0].detach()[:, 0], logits.detach()]

        def backward(slope: torch.Tensor) -> None:
            numbers = last[0].tolist()
            known = [self.places[number] for number in numbers if number in self.places]
            self.strangers += len(numbers) - len(known)
            self.batches.append(known)
            if len(known) == len(numbers):
                self.losses.append(F.cross_entropy(last[1], labels[known]).item())

        self.hooks = [net.register_forward_hook(forward), next(net.parameters()).register_hook(backward)]

    def mistakes(self, epochs: int) -> Iterator[Finding]:
        """Say where the batches are not those of so many epochs."""
        shown = [place for batch in self.batches for place in batch]
        count = len(self.places)
        sizes = [len(batch) for batch in self.batches]
        wanted = epochs * [BATCH] * (count // BATCH) + epochs * [count % BATCH]
        if self.strangers:
            yield wrong(
                f"It trains on {self.strangers} pictures that are not in `training`.",
                "inside `fit` use `training`, the argument; `checking` is for measuring alone.",
            )
        elif len(self.batches) <= epochs:
            yield wrong(
                f"It takes {len(self.batches)} steps in {epochs} epochs: all pictures in one batch.",
                "batches of 100, with a step for each: `torch.randperm(count).split(100)`.",
            )
        elif len(shown) != epochs * count:
            yield wrong(
                f"In {epochs} epochs of {count} pictures it shows {len(shown)}.",
                "`epochs` times around an inner loop over all batches, the last one too.",
            )
        elif sorted(sizes) != sorted(wanted):
            yield wrong(
                f"The batches have {sizes[0]} pictures, not {BATCH}.",
                f"`split({BATCH})` makes parts of {BATCH}, `chunk({BATCH})` makes {BATCH} parts.",
            )
        elif sorted(shown[:count]) != list(range(count)):
            yield wrong(
                "In one epoch some pictures come twice and some never.",
                "`torch.randperm` instead of `torch.randint`, once for each epoch.",
            )
        elif shown[:count] == list(range(count)):
            yield wrong(
                "The pictures come in the order they have.", "shuffle: an epoch in order forgets kinds."
            )
        elif shown[:count] == shown[count : 2 * count]:
            yield wrong("Every epoch has the same order.", "shuffle inside the loop over epochs.")

    def loss_mistakes(self, said: Sequence[float]) -> Iterator[Finding]:
        """Compare what was written down of each epoch with the mean over its batches, or its pictures."""
        each = len(self.losses) // len(said)
        for epoch, loss in enumerate(map(float, said)):
            part = slice(epoch * each, (epoch + 1) * each)
            sizes, losses = [len(batch) for batch in self.batches[part]], self.losses[part]
            mean = sum(losses) / each
            over_pictures = sum(map(operator.mul, sizes, losses)) / sum(sizes)
            if min(abs(loss - mean), abs(loss - over_pictures)) > 1e-3:
                yield wrong(
                    f"In epoch {epoch + 1} the batches had a mean loss of {mean:.3f}, `train_loss` says "
                    f"{loss:.3f}.",
                    "the sum of the losses of the epoch's batches, divided by their number: of all batches, "
                    "each before its step.",
                )
                return

    def unhook(self) -> None:
        """Stop watching."""
        for hook in self.hooks:
            hook.remove()

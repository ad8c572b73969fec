"""Batches: which examples each step sees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import torch

from academy.learn.seeds import random_states, set_random_states

Batch = TypeVar("Batch")


class Epochs(Generic[Batch]):
    """Goes through batches again and again, without end, and can go on from the middle of an epoch.

    Its state for a checkpoint is the random numbers at the beginning of the epoch, and how many batches
    were used since. Taking up that state goes through the used ones once more.
    """

    def __init__(self, batches: Iterable[Batch], generator: torch.Generator | None = None) -> None:
        """Begin nothing yet.

        Args:
            batches: Those of one epoch each time they are gone through, as a DataLoader.
            generator: Where the batches take their random numbers from, if not from the usual ones.
        """
        self.batches = batches
        self.generator = generator
        self.used = 0
        self.beginning: dict[str, Any] | None = None
        self.rest: Iterator[Batch] = iter(())

    def __iter__(self) -> "Epochs[Batch]":
        return self

    def __next__(self) -> Batch:
        for batch in self.rest:
            self.used += 1
            return batch
        self.begin_epoch()
        for batch in self.rest:
            self.used += 1
            return batch
        raise ValueError(
            "an epoch has no batch: an iterator can be gone through once, a list again and again"
        )

    def begin_epoch(self) -> None:
        """Go back to the first batch."""
        self.beginning = self.chance()
        self.used = 0
        self.rest = iter(self.batches)

    def chance(self) -> dict[str, Any]:
        """Read where all random numbers are."""
        own = None if self.generator is None else self.generator.get_state()
        return {"usual": random_states(), "own": own}

    def set_chance(self, states: dict[str, Any]) -> None:
        """Go on with the random numbers from there."""
        set_random_states(states["usual"])
        if self.generator is not None:
            self.generator.set_state(states["own"])

    def state_dict(self) -> dict[str, Any]:
        """Give what a checkpoint keeps."""
        return {"used": self.used, "beginning": self.beginning, "own": self.chance()["own"]}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take up what a checkpoint has kept; the usual random numbers stay where they are."""
        now = {**self.chance(), "own": state["own"]}
        self.used, self.beginning, self.rest = 0, None, iter(())
        if state["beginning"] is not None:
            self.set_chance(state["beginning"])
            for _ in range(state["used"]):
                next(self)
        self.set_chance(now)


@dataclass(frozen=True)
class ShuffledIndices:
    """One epoch of indices in a new order each time; what is too few for a batch is left out."""

    count: int
    batch_size: int
    generator: torch.Generator | None = None

    def __iter__(self) -> Iterator[torch.Tensor]:
        order = torch.randperm(self.count, generator=self.generator)
        return iter(order[: self.count - self.count % self.batch_size].split(self.batch_size))


def shuffled_batches(
    count: int, batch_size: int, generator: torch.Generator | None = None
) -> Epochs[torch.Tensor]:
    """Give the indices of batch after batch without end, in a new order in each epoch.

    The examples left over at the end of an epoch, too few for a batch, are skipped in that epoch.

    Args:
        count: Number of examples.
        batch_size: Examples in a batch.
        generator: Source of the orders; PyTorch's own when None.

    Returns:
        An iterator over tensors of shape (batch_size,), int64, whose place a checkpoint can keep.

    Raises:
        ValueError: If there are fewer examples than one batch needs.
    """
    if not 0 < batch_size <= count:
        raise ValueError(f"a batch of {batch_size} out of {count} examples: choose from 1 to {count}")
    return Epochs(ShuffledIndices(count, batch_size, generator), generator)

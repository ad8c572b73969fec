"""Batches of texts that are about equally long, so that little of a batch is padding."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch

POOL = 32
"""Batches whose texts are sorted together."""


@dataclass(frozen=True)
class BucketedIndices:
    """One epoch of indices in a new order each time; what is too few for a batch is left out."""

    lengths: torch.Tensor
    """Of all texts, shape (count,), int64."""
    batch_size: int
    generator: torch.Generator | None = None

    def __iter__(self) -> Iterator[torch.Tensor]:
        order = torch.randperm(len(self.lengths), generator=self.generator)
        batches = [
            batch
            for pool in order.split(POOL * self.batch_size)
            for batch in pool[self.lengths[pool].argsort(stable=True)].split(self.batch_size)
            if len(batch) == self.batch_size
        ]
        for place in torch.randperm(len(batches), generator=self.generator).tolist():
            yield batches[place]

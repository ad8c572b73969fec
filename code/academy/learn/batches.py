"""Batches: which examples each step sees."""

from collections.abc import Iterator

import torch


def shuffled_batches(
    count: int, batch_size: int, generator: torch.Generator | None = None
) -> Iterator[torch.Tensor]:
    """Yield the indices of batch after batch without end, in a new order in each epoch.

    The examples left over at the end of an epoch, too few for a batch, are skipped in that epoch.

    Args:
        count: Number of examples.
        batch_size: Examples in a batch.
        generator: Source of the orders; PyTorch's own when None.

    Yields:
        Shape (batch_size,), int64.

    Raises:
        ValueError: If there are fewer examples than one batch needs.
    """
    if not 0 < batch_size <= count:
        raise ValueError(f"a batch of {batch_size} out of {count} examples: choose from 1 to {count}")
    while True:
        order = torch.randperm(count, generator=generator)
        yield from order[: count - count % batch_size].split(batch_size)

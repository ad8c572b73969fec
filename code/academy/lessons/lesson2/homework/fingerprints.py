"""Pictures told apart, and found again, by a number each."""

from typing import Any

import torch


def fingerprints(inputs: torch.Tensor) -> list[float]:
    """Give each row of inputs a number that no other row is likely to have."""
    some = inputs[:, ::7].cpu().double()  # every seventh number tells rows apart
    weights = torch.rand(some.shape[1], generator=torch.Generator().manual_seed(0)).double()
    return [round(number, 9) for number in (some @ weights).tolist()]


def fingerprints_of(images: torch.Tensor, as_inputs: Any) -> list[float]:
    """Give each image a number that its inputs have and no other image's are likely to have."""
    return [number for part in images.split(5000) for number in fingerprints(as_inputs(part))]

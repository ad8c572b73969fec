"""The sine as an activation: the only one of the book's that bends again and again."""

import torch
from torch import nn


class Sine(nn.Module):
    """Applies the sine to each number, in radians."""

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """Give the sine of each value; the shape stays."""
        return values.sin()

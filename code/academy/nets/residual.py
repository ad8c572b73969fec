"""A small residual net: convolutions that add to what they were given."""

import torch
from torch import nn


def convolution(inputs: int, outputs: int) -> nn.Sequential:
    """Build a 3×3 convolution with batch normalization and ReLU; height and width stay."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel_size=3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class Residual(nn.Module):
    """Adds to its input what two convolutions make of it.

    After He, Zhang, Ren and Sun (2016), "Deep residual learning for image recognition".
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.change = nn.Sequential(convolution(channels, channels), convolution(channels, channels))

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Give images of the same shape, (count, channels, height, width)."""
        changed: torch.Tensor = images + self.change(images)
        return changed


def residual_net() -> nn.Sequential:
    """Build a net of residual blocks for images of shape (count, 1, 28, 28).

    Returns:
        A net with ten logits an image, small enough to train on a processor.
    """
    return nn.Sequential(
        convolution(1, 32),  # (count, 32, 28, 28)
        nn.MaxPool2d(2),
        convolution(32, 64),  # (count, 64, 14, 14)
        Residual(64),
        nn.MaxPool2d(2),
        convolution(64, 128),  # (count, 128, 7, 7)
        Residual(128),
        nn.AdaptiveMaxPool2d(1),
        nn.Flatten(),  # (count, 128)
        nn.Linear(128, 10),
    )

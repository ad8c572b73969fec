"""The book's classifiers of gray images of 28 × 28 pixels, by name."""

from collections.abc import Callable

from torch import nn

from academy.nets.lenet import lenet
from academy.nets.mlp import mlp
from academy.nets.residual import residual_net

CLASSIFIERS: dict[str, Callable[[], nn.Module]] = {
    "linear": lambda: nn.Sequential(nn.Flatten(), *mlp([784, 10])),
    "mlp": lambda: nn.Sequential(nn.Flatten(), *mlp([784, 500, 10])),
    "lenet": lenet,
    "residual": residual_net,
}
"""Each takes pixels from 0 to 1 of shape (count, 1, 28, 28) and gives ten logits an image."""

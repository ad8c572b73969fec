"""The nets that the lesson compares, by name, and how long each is trained."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from torch import nn

from academy.nets.lenet import lenet
from academy.nets.mlp import mlp
from academy.nets.small_cnn import small_cnn


@dataclass(frozen=True)
class Candidate:
    """A net and how many times it goes through the training images."""

    build: Callable[[], nn.Module]
    epochs: int


def flat_mlp(*widths: int) -> nn.Sequential:
    """Build linear layers on pixels laid out in a row."""
    return nn.Sequential(nn.Flatten(), *mlp(widths))


def flat_cnn() -> nn.Sequential:
    """Build three convolutions whose last maps go into the linear layer place by place: 29,290 parameters.

    Maxima come before normalization and ReLU, which so have a quarter of the numbers to work on.
    """
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise([1, 16, 32, 64]):
        layers += [nn.Conv2d(inputs, outputs, kernel_size=3, padding=1), nn.MaxPool2d(2)]
        layers += [nn.BatchNorm2d(outputs), nn.ReLU()]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 3 * 3, 10))


CANDIDATES = {
    "linear": Candidate(lambda: flat_mlp(784, 10), epochs=10),
    "mlp": Candidate(lambda: flat_mlp(784, 100, 10), epochs=10),
    "mlp-500": Candidate(lambda: flat_mlp(784, 500, 10), epochs=6),
    "lenet": Candidate(lenet, epochs=6),
    "small_cnn_plain": Candidate(lambda: small_cnn(norm=False), epochs=5),
    "small_cnn": Candidate(small_cnn, epochs=5),
    "flat_cnn": Candidate(flat_cnn, epochs=5),
}
"""Nets with cheap steps take more of them."""

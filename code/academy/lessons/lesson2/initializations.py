"""The initializations that the lesson compares, each on the activations that it was made for."""

from collections.abc import Callable, Sequence

import torch
from torch import nn

from academy.learn.ensembles import fresh_nets

WIDTH = 64


def he(weight: torch.Tensor) -> None:
    """Initialize for activations of the ReLU family (He et al., 2015)."""
    nn.init.kaiming_normal_(weight, nonlinearity="relu")


def xavier(weight: torch.Tensor) -> None:
    """Initialize for activations that are near the identity at zero (Glorot and Bengio, 2010)."""
    nn.init.xavier_normal_(weight)


def xavier_times_four(weight: torch.Tensor) -> None:
    """Initialize for the sigmoid, whose slope at zero is a quarter (Glorot and Bengio, 2010)."""
    nn.init.xavier_normal_(weight, gain=4)


def starts_of(activation: str) -> dict[str, Callable[[torch.Tensor], None] | None]:
    """Name the initializations to try; None is PyTorch's default."""
    if activation == "Sigmoid":
        return {"default": None, "matched": xavier, "times four": xavier_times_four}
    return {"default": None, "matched": xavier if activation == "Tanh" else he}


def initialize(net: nn.Sequential, start: Callable[[torch.Tensor], None], seed: int) -> None:
    """Draw every weight anew and set every bias to zero."""
    torch.manual_seed(seed)
    for layer in net:
        if isinstance(layer, nn.Linear):
            start(layer.weight)
            nn.init.zeros_(layer.bias)


def build(activation: str, depth: int, start: str, seeds: Sequence[int]) -> list[nn.Sequential]:
    """Build one net for each seed."""
    nets = fresh_nets([784] + [WIDTH] * depth + [10], getattr(nn, activation), seeds)
    chosen = starts_of(activation)[start]
    if chosen is not None:
        for net, seed in zip(nets, seeds):
            initialize(net, chosen, seed)
    return nets

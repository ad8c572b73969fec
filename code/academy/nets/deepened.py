"""Depth that changes no answer: ReLU layers that pass their input on.

Source: Chen, Goodfellow and Shlens, *Net2Net*, 2016, arXiv:1511.05641.
"""

import copy
from typing import cast

import torch
from torch import nn


def passing_layer(width: int) -> nn.Linear:
    """Make a linear layer that gives its input back: the identity as weights, no bias.

    Args:
        width: Number of inputs, and of outputs.
    """
    layer = nn.Linear(width, width)
    with torch.no_grad():
        layer.weight.copy_(torch.eye(width))
        layer.bias.zero_()
    return layer


def deepened(net: nn.Sequential, extra: int) -> nn.Sequential:
    """Insert hidden layers before the output of a ReLU net without changing any of its answers.

    A ReLU gives no negative number, so a passing layer followed by another ReLU passes it on.

    Args:
        net: Linear layers with a ReLU after each but the last; left as it is.
        extra: How many layers to insert.

    Returns:
        A deeper net with weights of its own.
    """
    width = cast(nn.Linear, net[-1]).in_features
    layers: list[nn.Module] = []
    for _ in range(extra):
        layers += [passing_layer(width), nn.ReLU()]
    return nn.Sequential(*copy.deepcopy(net[:-1]), *layers, copy.deepcopy(net[-1]))

"""The multilayer perceptron: linear layers with an activation between them."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from torch import nn


def mlp(widths: Sequence[int], activation: Callable[[], nn.Module] = nn.ReLU) -> nn.Sequential:
    """Build linear layers of the given widths with an activation after each but the last.

    Args:
        widths: Units of each layer from input to output, as in ``[2, 8, 8, 1]``.
        activation: Makes one activation module.

    Returns:
        A net from (count, widths[0]) to (count, widths[-1]); its output has no activation.

    Raises:
        ValueError: If there are fewer than two widths.
    """
    if len(widths) < 2:
        raise ValueError(f"widths are {list(widths)}, but a net needs an input and an output width: [2, 1]")
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(widths):
        layers += [nn.Linear(inputs, outputs), activation()]
    return nn.Sequential(*layers[:-1])

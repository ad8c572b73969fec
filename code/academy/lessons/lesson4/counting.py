"""What a net costs: parameters, and the multiplications with additions of one pass."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import nn


class LayerCost(NamedTuple):
    """One layer, what it gives, and what that costs."""

    name: str
    kind: str
    shape: tuple[int, ...]
    """Of its output."""
    parameters: int
    multiply_adds: int


@torch.no_grad()
def layer_costs(net: nn.Module, images: torch.Tensor) -> list[LayerCost]:
    """Run a net once and count in each of its layers.

    Each number that a convolution or a linear layer gives takes as many multiply-adds as one row of the
    weights has numbers. Everything else costs little beside them and counts as nothing.

    Args:
        net: Left in its own mode; on the device "meta" nothing is computed, and counting is fast.
        images: What the net takes, on its device; for the cost of one image, one.

    Returns:
        A row a layer, in the order in which they run.
    """
    costs: list[LayerCost] = []

    def hook_of(name: str) -> Callable[..., None]:
        def hook(layer: nn.Module, inputs: object, output: torch.Tensor) -> None:
            own = sum(parameter.numel() for parameter in layer.parameters())
            weights = layer.weight[0].numel() if isinstance(layer, nn.Conv2d | nn.Linear) else 0
            kind, shape = type(layer).__name__, tuple(output.shape)
            costs.append(LayerCost(name, kind, shape, own, output.numel() * weights))

        return hook

    layers = [(name, layer) for name, layer in net.named_modules() if not list(layer.children())]
    hooks = [layer.register_forward_hook(hook_of(name)) for name, layer in layers]
    try:
        net(images)
    finally:
        for hook in hooks:
            hook.remove()
    return costs


def parameters(net: nn.Module) -> int:
    """Count the numbers that a net learns."""
    return sum(parameter.numel() for parameter in net.parameters())


def multiply_adds(net: nn.Module, images: torch.Tensor) -> int:
    """Count the multiply-adds of one pass, as :func:`layer_costs` does."""
    return sum(cost.multiply_adds for cost in layer_costs(net, images))

"""What a student's loop does to a network: whether it moves, and which gradients its steps use."""

from collections.abc import Iterator
from typing import Any, cast

import torch
from torch import nn


def same_weights(one: nn.Module, other: nn.Module) -> bool:
    """Tell whether two networks of one shape have the same weights."""
    return all(torch.equal(a, b) for a, b in zip(one.parameters(), other.parameters()))


class Gradients:
    """Watches whether each backward pass leaves its own gradient, or adds it to older ones.

    Args:
        net: Whose parameters are watched.
    """

    def __init__(self, net: nn.Module) -> None:
        self.passes = 0
        self.piled_up = False
        self.hooks = [hook for parameter in net.parameters() for hook in self.watch(parameter)]

    def watch(self, parameter: nn.Parameter) -> Iterator[Any]:
        """Compare, at each pass, the gradient that arrives with the one that a step will use."""
        arrived: list[torch.Tensor] = []

        def keep(gradient: torch.Tensor) -> None:
            self.passes += 1
            arrived.append(gradient.clone())

        def compare(each: torch.Tensor) -> None:
            self.piled_up |= not torch.allclose(cast(torch.Tensor, each.grad), arrived[-1])

        yield parameter.register_hook(keep)
        yield parameter.register_post_accumulate_grad_hook(compare)

    def unhook(self) -> None:
        """Stop watching."""
        for hook in self.hooks:
            hook.remove()

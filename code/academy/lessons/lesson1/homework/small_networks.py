"""What both searches for a small network are held to: hidden layers, units, bends, accuracy."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson1.homework.spiral_networks import counted, layer_sizes, reaches, unusable

PASS = 0.83


def small(name: str, net: Any, layers: int, most_units: int) -> Iterator[Finding]:
    """Check the number of hidden layers and units, the bends between them, and the accuracy."""
    if found := list(unusable(name, net)):
        yield from found
        return
    sizes = layer_sizes(net)
    if sizes is None:
        yield wrong(
            f"The layers of `{name}` cannot be read.", "build it from `nn.Linear`, first layer first."
        )
        return
    hidden = sizes[1:-1]
    if len(hidden) != layers:
        yield wrong(
            f"`{name}` has {counted(len(hidden), 'hidden layer')}, {hidden}, not {layers}.",
            "a hidden layer stands between the inputs and the output neuron; these two are not counted.",
        )
    if straight := unbent_layers(net):
        yield wrong(
            f"No activation follows {', '.join(f'layer {number}' for number in straight)} of `{name}`.",
            "what the chapter says of networks without the bend: two such layers are one.",
        )
    parameters = sum(each.numel() for each in net.parameters())
    units = f"`{name}` has {counted(sum(hidden), 'hidden unit')} and {counted(parameters, 'parameter')}"
    if sum(hidden) > most_units:
        yield wrong(f"{units}; at most {most_units} units are wanted.", "which layer can be narrower?")
    else:
        yield right(units)
    yield from reaches(name, net, PASS)


def unbent_layers(net: nn.Module) -> list[int]:
    """Find the linear layers, counted from 1, whose sums the next layer receives as they are.

    The sums are replaced by random ones on the way: a ReLU that passes its positive input on, as between
    the passing layers of `deepened`, is told from no activation by what it does to these.
    """
    sums: list[torch.Tensor] = []
    straight: list[int] = []

    def before(layer: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        if sums and torch.equal(inputs[0], sums[-1]):
            straight.append(len(sums))

    def after(layer: nn.Module, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> torch.Tensor:
        sums.append(torch.randn_like(output))
        return sums[-1]

    linear = [layer for layer in net.modules() if isinstance(layer, nn.Linear)]
    hooks = [layer.register_forward_pre_hook(before) for layer in linear]
    hooks += [layer.register_forward_hook(after) for layer in linear]
    with torch.no_grad():
        net(torch.randn(64, 2))
    for hook in hooks:
        hook.remove()
    return straight

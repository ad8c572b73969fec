"""Task 2: a net built from its hidden layers and its activation."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook

from academy.homework.tasks import Finding, calling, right, wrong
from academy.homework.watching import same_weights
from academy.lessons.lesson2.homework.net_answers import KINDS

Activation = type[nn.ReLU] | type[nn.Tanh]

LAYERS = 10
LEAST_SIGNAL, MOST_SIGNAL = 0.1, 10.0
"""What ten layers may make of the difference between two inputs; the start of He loses a factor of 3."""

NARROWING = [2000, 5]
"""Layers that tell inputs from outputs: with the variance 2 / outputs the signal grows by a factor of 20."""


def builds(build: Any, pictures: Any) -> Iterator[Finding]:
    """Look at shapes, at where the bends are, and at what ten layers leave of a signal."""
    features = pictures.train_images[0].numel()
    inputs = torch.randn(200, features, generator=torch.Generator().manual_seed(0))
    with calling("build([30, 20], nn.ReLU)"):
        net = build([30, 20], nn.ReLU)
    if not isinstance(net, nn.Module):
        what = "nothing" if net is None or net is ... else f"a {type(net).__name__}"
        yield wrong(f"`build` returns {what}.", "end it with `return` and the network.")
        return
    device = next(net.parameters()).device
    inputs = inputs.to(device)
    cases: list[tuple[list[int], Activation]] = [
        ([30, 20], nn.Tanh),
        ([25], nn.ReLU),
        ([], nn.Tanh),
        ([12, 12, 12], nn.ReLU),
    ]
    for hidden, activation in cases:
        found = list(shape_mistakes(build, hidden, activation, inputs))
        if found:
            yield from found
            return
    yield right(f"{features} numbers in, {KINDS} logits out, and a bend after each hidden layer")
    one, other = build([30], nn.Tanh), build([30], nn.Tanh)
    if same_weights(one, other):
        yield wrong(
            "Two nets start with the same weights.", "draw new layers at each call, with no seed inside."
        )
        return
    yield from start_mistakes(build, inputs)


def shape_mistakes(
    build: Any, hidden: list[int], activation: Activation, inputs: torch.Tensor
) -> Iterator[Finding]:
    """Build a net, and look at its logits and at the widths that its activation sees."""
    said = f"`build({hidden}, nn.{activation.__name__})`"
    with calling(said.strip("`")):
        net = build(list(hidden), activation)
    widths, logits = widths_bent(net, activation, inputs)
    if tuple(logits.shape) != (len(inputs), KINDS):
        yield wrong(
            f"{said} gives an output of shape {tuple(logits.shape)} for {len(inputs)} pictures.",
            f"the last layer has {KINDS} units, one for each kind.",
        )
    elif torch.allclose(logits.sum(1), torch.ones(len(inputs)).to(logits), atol=1e-3) and logits.min() >= 0:
        yield wrong(
            f"{said} ends in a softmax.",
            "leave it out: `F.cross_entropy` takes logits and contains the softmax.",
        )
    elif widths[-1:] == [KINDS]:
        yield wrong(f"{said} bends its logits.", "the last layer has no activation.")
    elif hidden and not widths:
        yield wrong(f"{said} does not use the activation that it is given.", "call it: `activation()`.")
    elif widths != hidden:
        yield wrong(
            f"{said} has bends after layers of {widths} units.",
            "a linear layer for each pair of neighbors in `[features, *hidden, 10]`, "
            "and a bend after all but the last.",
        )
    elif logits.min() >= 0:
        yield wrong(f"{said} has no negative logit.", "the last layer has no activation.")
    elif len(hidden) > 1 and shared(net, hidden):
        yield wrong(
            f"{said} uses the same layer twice.", "make a new `nn.Linear` for each: `[layer] * 2` makes none."
        )


@torch.no_grad()
def widths_bent(
    net: nn.Module, activation: Activation, inputs: torch.Tensor
) -> tuple[list[int], torch.Tensor]:
    """Return the widths of what each activation is given, in order, and the logits."""
    widths: list[int] = []

    def note(layer: nn.Module, given: tuple[torch.Tensor, ...], output: torch.Tensor) -> None:
        if isinstance(layer, activation):
            widths.append(output.shape[-1])

    hook = register_module_forward_hook(note)  # also sees what a net makes anew in each pass
    try:
        return widths, net(inputs)
    finally:
        hook.remove()


def shared(net: nn.Module, hidden: list[int]) -> bool:
    """Tell whether a net has fewer parameters than its layers need."""
    features = cast(torch.Tensor, next(net.parameters())).shape
    widths = [max(features), *hidden, KINDS]
    wanted = sum(a * b for a, b in pairwise(widths))
    return sum(each.numel() for each in net.parameters()) < wanted


def start_mistakes(build: Any, inputs: torch.Tensor) -> Iterator[Finding]:
    """Measure what is left of the difference between inputs after ten layers, before the first step."""
    sizes = {}
    for activation in (nn.ReLU, nn.Tanh):
        with calling(f"build([64] * {LAYERS}, nn.{activation.__name__})"):
            sizes[activation] = signal_of(build([64] * LAYERS, activation), inputs)
        name, (first, last) = activation.__name__, sizes[activation]
        if first < 1e-8:
            yield wrong(
                f"With {name} the first layer says the same for all inputs.",
                "weights of zero have the same slopes for ever; only biases start at zero.",
            )
            return
        ratio = last / first
        said = f"With {name} and ten layers of 64, noise keeps {ratio:.2g} of its first spread in the tenth"
        if not LEAST_SIGNAL < ratio < MOST_SIGNAL or first > MOST_SIGNAL:
            yield wrong(
                f"{said}; wanted is {LEAST_SIGNAL:g} or more, and no more than {MOST_SIGNAL:g}.",
                advice_on_start(ratio, first),
            )
            return
        yield right(said)
    with calling(f"build({NARROWING}, nn.ReLU)"):
        first, last = signal_of(build(NARROWING, nn.ReLU), inputs)
    if last > MOST_SIGNAL * first:
        yield wrong(
            f"With ReLU, noise has in a layer of {NARROWING[1]} units {last / first:.2g} times the "
            f"spread that it has in the layer of {NARROWING[0]:,} before; wanted is no more than "
            f"{MOST_SIGNAL:g} times.",
            "the variance 2 / inputs counts the numbers that come in, not the units that they go to.",
        )


def advice_on_start(ratio: float, first: float) -> str:
    """Say where to look when a signal dies or explodes."""
    if first > MOST_SIGNAL or ratio > MOST_SIGNAL:
        return "the weights are too large: `normal_(0, s)` takes the spread, the root of 2 / inputs."
    return (
        "the start of He for each layer: `nn.init.kaiming_normal_`, or `he_start` of the chapter. PyTorch's "
        "own start is too small. So is a spread of 2 / inputs, for that is the variance: take its root."
    )


@torch.no_grad()
def signal_of(net: nn.Module, inputs: torch.Tensor) -> tuple[float, float]:
    """Return how much a unit's output differs from input to input, after the first and the last bend."""
    spreads: list[float] = []

    def note(layer: nn.Module, given: Any, output: torch.Tensor) -> None:
        spreads.append(output.std(dim=0).mean().item())

    bends = [each for each in net.modules() if isinstance(each, nn.ReLU | nn.Tanh)]
    hooks = [each.register_forward_hook(note) for each in dict.fromkeys(bends)]
    net(inputs)
    for hook in hooks:
        hook.remove()
    if not spreads:  # bends written as functions: the logits have to do
        return 1.0, net(inputs).std(dim=0).mean().item()
    return spreads[0], spreads[-1]

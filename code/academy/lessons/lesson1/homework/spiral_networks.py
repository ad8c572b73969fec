"""What can be read off a network for the spiral, however it was built, and measured of it."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from academy.data.plane import spirals
from academy.data.spiral_density import spiral_accuracy
from academy.homework.tasks import Finding, right, wrong


def unusable(name: str, net: Any) -> Iterator[Finding]:
    """Say what keeps an answer from being a network for points of the plane."""
    if not isinstance(net, nn.Module):
        found = f"`{name}` is of type {type(net).__name__}, not a network."
        yield wrong(found, "keep what `train` or `mlp` gives back.")
    elif unlike := {str(each.dtype) for each in net.parameters()} - {"torch.float32"}:
        found = f"The weights of `{name}` are {' and '.join(sorted(unlike))}, and the points torch.float32."
        yield wrong(found, f"`{name} = {name}.float()` changes them back.")
    elif not gives_logits(net):
        found = f"`{name}` does not turn points of shape (count, 2) into one number each."
        yield wrong(found, "its first width, 2, and its last, 1.")
    elif count := numbers_outside(net):
        found = (
            f"`{name}` computes with {counted(count, 'number')} beyond its parameters: `parameters()` does "
        )
        found += "not know them, so no optimizer trains them and nobody counts them."
        yield wrong(found, "a plain list hides its layers: put them into `nn.Sequential` or `nn.ModuleList`.")


def numbers_outside(net: nn.Module) -> int:
    """Count the trainable numbers that a network computes with and that are not among its parameters."""
    with torch.enable_grad():
        answers = net(torch.randn(7, 2))
    own = {id(each) for each in net.parameters()}
    seen, waiting, outside = set(), [answers.grad_fn], {}
    while waiting:
        step = waiting.pop()
        if step is None or step in seen:
            continue
        seen.add(step)
        waiting += [earlier for earlier, _ in step.next_functions]
        if (leaf := getattr(step, "variable", None)) is not None and id(leaf) not in own:
            outside[id(leaf)] = leaf.numel()
    return sum(outside.values())


def counted(count: int, thing: str) -> str:
    """Say how many there are of a thing, as in "1 unit" and "2 units"."""
    return f"{count} {thing}{'s' * (count != 1)}"


def reaches(name: str, net: nn.Module, wanted: float) -> Iterator[Finding]:
    """Measure a network on all the points there could be; where it fails, say what that looks like."""
    accuracy = accuracy_of(net)
    said = f"`{name}` is right on {accuracy:.2%} of fresh points"
    if accuracy > wanted:
        yield right(said)
        return
    with torch.no_grad():
        answers = net(spirals(1000, generator=torch.Generator().manual_seed(2))[0])
    if answers.max() - answers.min() < 0.01:
        look = "it gives all points nearly the same answer: was it silent from its start?"
    elif answers.min() >= 0 and answers.max() <= 1:
        look = "all its answers lie between 0 and 1: leave out the sigmoid at the end, if it has one, for "
        look += "logits are wanted; if it has none, was it trained?"
    elif len(bends := activations(net)) > 1 and "ReLU" in bends:
        look = "a ReLU cuts off what is negative: `deepened` keeps the answers of a net whose layers all end "
        look += "in a ReLU, of no other."
    elif accuracy < 0.25:
        look = "it is nearly always wrong, so it knows the arms and swaps their names: look at the labels."
    elif accuracy < 0.55:
        look = "that is a coin: was it trained, and did its loss fall?"
    else:
        look = "another start may do better; so may more steps, another rate, another activation."
    yield wrong(f"{said}; more than {wanted:.0%} is wanted.", look)


def accuracy_of(net: nn.Module) -> float:
    """Return the exact accuracy on fresh points, in the mode that a network answers in."""
    was_training = net.training
    try:
        return spiral_accuracy(net.eval())
    finally:
        net.train(was_training)


def gives_logits(net: nn.Module) -> bool:
    """Tell whether a network gives one finite number for each point of the plane."""
    try:
        with torch.no_grad():
            answers = net(torch.randn(7, 2))
    except RuntimeError:
        return False
    return (
        isinstance(answers, torch.Tensor)
        and answers.shape in ((7,), (7, 1))
        and bool(answers.isfinite().all())
    )


def layer_sizes(net: nn.Module) -> list[int] | None:
    """Read the widths from input to output off the weight matrices; None if these make no chain."""
    sizes = [2]
    for rows, columns in (parameter.shape for parameter in net.parameters() if parameter.dim() == 2):
        if sizes[-1] not in (rows, columns):
            return None
        sizes.append(rows if columns == sizes[-1] else columns)
    return sizes


def activations(net: nn.Module) -> set[str]:
    """Name PyTorch's activations in a network; none are seen where a forward pass writes them out."""
    return {
        type(each).__name__
        for each in net.modules()
        if type(each).__module__ == "torch.nn.modules.activation"
    }

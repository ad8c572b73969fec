"""Task 2: a training loop, watched at work on a small network."""

from collections.abc import Iterator
from typing import Any, cast

import torch
from torch import nn

from academy.data.plane import spirals
from academy.homework.tasks import Finding, right, wrong
from academy.homework.watching import Gradients, same_weights
from academy.nets.mlp import mlp

ENOUGH = 0.1
"""By how much the loss of Task 2 must fall; Adam makes it fall by more, plain gradient descent by less."""
PART = 32
"""Points whose labels are swapped together, to see whether they matter."""
STEPS_TO_SEE_ALL = 20
"""After as many, random batches have seen points of every part."""
SLOPE_WHEN_WRONG = torch.tensor(3.0).sigmoid().item()


def trains(train: Any) -> Iterator[Finding]:
    """Train a small network with the student's loop, and watch its weights and gradients."""
    points, labels = spirals(640, generator=torch.Generator().manual_seed(1))
    labels = labels.float()
    net = fresh_net()
    gradients = Gradients(net)
    try:
        returned = train(net, points, labels, 3, 0.01)
    except ValueError as error:
        if "target size" not in str(error).lower():
            raise
        yield wrong(
            f"The network gives logits of shape {tuple(net(points).shape)}, and `labels` has the shape "
            f"{tuple(labels.shape)}.",
            "the loss wants both in one shape: `model(points).squeeze(1)` is (count,).",
        )
        return
    gradients.unhook()
    if same_weights(net, fresh_net()):
        step = "`optimizer.step()`, and whose parameters the optimizer was given; "
        step += "`zero_grad()` belongs before `backward()` or after `step()`."
        look = step if gradients.passes else "`loss.backward()` computes the slopes, once in each step."
        if isinstance(returned, nn.Module) and returned is not net:
            look = "train `model`, the network that is given; you return another one."
        yield wrong("After 3 steps no weight has moved.", look)
        return
    yield right("the weights of the network that it is given move")
    if gradients.piled_up:
        yield wrong(
            "Each step adds the slopes of all earlier steps to its own.",
            "`optimizer.zero_grad()`, once in each step: PyTorch adds to what it finds.",
        )
        return
    yield right("each step uses its own slopes alone")
    if returned is not net:
        yield wrong(
            f"`train` returns {type(returned).__name__}, not the network that it was given.",
            "end it with `return model`, so that `net = train(mlp(…), …)` works.",
        )
    yield from learns(train, points, labels)


def learns(train: Any, points: torch.Tensor, labels: torch.Tensor) -> Iterator[Finding]:
    """See whether all that is asked for matters: steps, learning rate, labels, and the loss."""
    start, end, slow, swapped, still, at_once, one_by_one = [fresh_net() for _ in range(7)]
    train(still, points, labels, 0, 0.01)
    if not same_weights(still, start):
        yield wrong("Asked for 0 steps, it trains all the same.", "the loop: `for step in range(steps)`.")
        return
    moved, slope = step_when_wrong(train, points)
    if not moved:
        yield wrong("Asked for 1 step, it takes none.", "the loop: `for step in range(steps)`.")
        return
    train(at_once, points, labels, 5, 0.01)
    for _ in range(5):
        train(one_by_one, points, labels, 1, 0.01)
    train(end, points, labels, 400, 0.01)
    train(slow, points, labels, 400, 0.001)
    train(swapped, points, 1 - labels, 400, 0.01)
    first, last, slower = [loss_of(net, points, labels) for net in (start, end, slow)]
    said = f"400 steps at rate 0.01 bring the loss from {first:.3f} to {last:.3f}"
    if not last < first - ENOUGH:
        yield wrong(
            f"{said}; with Adam it falls by {ENOUGH} or more.",
            "the optimizer, the loss (the cross-entropy of the logits, each beside its own label), "
            "and whether `return` stands after the loop.",
        )
    elif not loss_of(swapped, points, 1 - labels) < loss_of(start, points, 1 - labels) - ENOUGH:
        yield wrong(
            "Given other labels, it does not learn them.",
            "use `points` and `labels`, the arguments, not `train_points` and `train_labels`.",
        )
    elif unused := unused_points(train, points, labels):
        yield wrong(
            f"{unused} of {len(points)} points change nothing: their labels were swapped, and the same "
            f"network came out after {STEPS_TO_SEE_ALL} steps.",
            "each step uses all of `points` and `labels`, not a part of them.",
        )
    elif same_weights(at_once, one_by_one):
        yield wrong(
            "5 steps at once end in the same weights as 5 times 1 step: nothing is kept from step to step.",
            "Adam remembers the slopes of earlier steps: make the optimizer once, before the loop.",
        )
    elif abs(slower - last) < 1e-3:
        yield wrong("Rates 0.01 and 0.001 give the same loss.", "give `learning_rate` to the optimizer.")
    elif slope is not None and slope < SLOPE_WHEN_WRONG / 2:
        yield wrong(
            f"{said}. But where logits are 3 and labels 0, the slope of its loss is {slope:.2f}; "
            f"that of the cross-entropy is {SLOPE_WHEN_WRONG:.2f}.",
            "the loss: sure and wrong costs a lot. `F.binary_cross_entropy_with_logits` takes the logits.",
        )
    else:
        yield right(said)


def unused_points(train: Any, points: torch.Tensor, labels: torch.Tensor) -> int:
    """Count the points whose labels do not matter: swapped in one part at a time, with the same chance."""
    places = torch.arange(len(points))
    everywhere = trained_weights(train, points, labels)
    unused = torch.zeros(len(points), dtype=torch.bool)
    for part in (*places.split(PART), places[::2], places[1::2]):
        swapped = labels.clone()
        swapped[part] = 1 - swapped[part]
        unused[part] |= torch.equal(trained_weights(train, points, swapped), everywhere)
    return int(unused.sum())


def trained_weights(train: Any, points: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Return all weights of a small network after some steps that draw the same random numbers each time."""
    net = fresh_net()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        train(net, points, labels, STEPS_TO_SEE_ALL, 0.01)
    return nn.utils.parameters_to_vector(net.parameters()).detach()


def step_when_wrong(train: Any, points: torch.Tensor) -> tuple[bool, float | None]:
    """Ask for one step of a network that is sure and wrong: its logits are 3, all labels 0.

    Returns:
        Whether it moved, and the slope along the bias of its output; None where no slope is seen to arrive.
    """
    net, slopes = fresh_net(), []
    output = cast(nn.Linear, net[-1])
    with torch.no_grad():
        output.weight.zero_()
        output.bias.fill_(3.0)
    hook = output.bias.register_hook(lambda slope: slopes.append(slope.item()))
    train(net, points, torch.zeros(len(points)), 1, 0.01)
    hook.remove()
    return bool((output.bias != 3).any()), slopes[0] if slopes else None


def fresh_net() -> nn.Sequential:
    """Build the same network each time, without touching the student's random numbers."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return mlp([2, 8, 1])


def loss_of(net: nn.Module, points: torch.Tensor, labels: torch.Tensor) -> float:
    """Return the cross-entropy of a network's logits."""
    with torch.no_grad():
        return nn.functional.binary_cross_entropy_with_logits(net(points).squeeze(-1), labels).item()

"""Task 3: a loop over epochs and batches that writes down how it fares."""

import math
from collections.abc import Iterator
from typing import Any, cast

import torch
from torch import nn

from academy.homework.tasks import Finding, right, wrong
from academy.homework.watching import Gradients, same_weights
from academy.lessons.lesson2.homework.curves import curve_mistakes
from academy.lessons.lesson2.homework.made_up_pictures import HELD, MadeUp
from academy.lessons.lesson2.homework.net_answers import KINDS, measured
from academy.lessons.lesson2.homework.watched_batches import Batches


def fits(fit: Any, pictures: Any, device: Any) -> Iterator[Finding]:
    """Train on made-up pictures whose order, labels and losses are known."""
    lesson = MadeUp(pictures.train_images[0].numel(), device)
    net = lesson.net()
    seen, gradients = Batches(net, *lesson.training), Gradients(net)
    history = fit(net, torch.optim.SGD(net.parameters(), lr=0.03), 2, lesson.training, lesson.checking)
    gradients.unhook()
    seen.unhook()
    if history is None or history is ...:
        yield wrong("`fit` returns nothing.", "end it with `return` and the dict of three lists.")
        return
    if same_weights(net, lesson.net()):
        yield wrong(
            "After 2 epochs no weight has moved.",
            "`optimizer.step()`, after `loss.backward()`, with `zero_grad()` before both."
            if gradients.passes
            else "`loss.backward()` computes the slopes, once for each batch.",
        )
        return
    yield right("the weights move")
    if gradients.piled_up:
        yield wrong(
            "Each step adds the slopes of all earlier steps to its own.",
            "`optimizer.zero_grad()`, once for each batch: `backward` adds to what it finds.",
        )
        return
    found = list(seen.mistakes(2)) or list(step_mistakes(fit, lesson))
    yield from found or [right("each picture comes once an epoch, in batches, in a new order")]
    if found:
        return
    found = list(history_mistakes(history, 2, net, lesson)) or list(seen.loss_mistakes(history["train_loss"]))
    yield from found or [right("the three lists say what the net does after each epoch")]


def step_mistakes(fit: Any, lesson: MadeUp) -> Iterator[Finding]:
    """See whether the optimizer that is given takes the steps, and what the slope of the loss is."""
    still = lesson.net()
    fit(still, torch.optim.SGD(still.parameters(), lr=0.0), 1, lesson.training, lesson.checking)
    if not same_weights(still, lesson.net()):
        yield wrong(
            "Given an optimizer of rate 0, it moves the weights all the same.",
            "use `optimizer`, the argument; make no other inside.",
        )
        return
    net, slopes = lesson.net(), []
    output = cast(nn.Linear, net[-1])
    with torch.no_grad():
        output.weight.zero_()
        output.bias.copy_(torch.tensor([5.0] + [0.0] * (KINDS - 1)))
    hook = output.bias.register_hook(lambda slope: slopes.append(slope[0].item()))
    inputs, labels = lesson.training
    fit(net, torch.optim.SGD(net.parameters(), lr=0.0), 1, (inputs, labels * 0 + 1), lesson.checking)
    hook.remove()
    wanted = math.exp(5) / (math.exp(5) + KINDS - 1)
    if slopes and slopes[0] < wanted / 2:
        yield wrong(
            f"Where a net is sure of a wrong kind, its logit's slope is {slopes[0]:.2f}, not {wanted:.2f}.",
            "`F.cross_entropy` takes the logits as they are: with a softmax before it, softmax comes twice.",
        )
    elif slopes and slopes[0] > 2 * wanted:
        yield wrong(
            f"Where a net is sure of a wrong kind, its logit's slope is {slopes[0]:.2f}, not {wanted:.2f}.",
            "the mean over the batch, not the sum: a sum makes steps a hundred times as long.",
        )


def history_mistakes(history: Any, epochs: int, net: nn.Module, lesson: MadeUp) -> Iterator[Finding]:
    """Measure the net anew, and compare with what was written down of its last epoch."""
    found = list(curve_mistakes("what `fit` returns", history))
    if found:
        yield from found
        return
    if len(history["check_loss"]) != epochs:
        yield wrong(
            f"After {epochs} epochs `check_loss` has {len(history['check_loss'])} numbers.",
            "append once an epoch, after its last batch.",
        )
        return
    _, train_right = measured(net, *lesson.training)
    check_loss, check_right = measured(net, *lesson.checking)
    said, said_loss = (float(history[name][-1]) for name in ("check_accuracy", "check_loss"))
    if abs(said - check_right) > 1e-4:
        yield wrong(
            f"The last `check_accuracy` is {said:.4f}; the net is right on {check_right:.4f} of `checking`.",
            look_for_accuracy(said, check_right, train_right),
        )
        return
    if abs(said_loss - check_loss) > 1e-3:
        yield wrong(
            f"The last `check_loss` is {said_loss:.4f}; the net's loss on `checking` is {check_loss:.4f}.",
            "divide the sum of the losses by the number of pictures."
            if abs(said_loss / HELD - check_loss) < 1e-3
            else "the mean over all pictures, with the net as it is after the epoch. The last part of "
            "`split(100)` is smaller than the others: a mean of means gives it too much weight.",
        )
        return


def look_for_accuracy(said: float, share: float, on_training: float) -> str:
    """Say which number was written down in place of the accuracy on the pictures kept back."""
    if abs(said - 100 * share) < 0.1:
        return "as a share from 0 to 1, not in percent."
    if abs(said - HELD * share) < 0.1:
        return "divide the number of right answers by the number of pictures."
    if abs(said - on_training) < 1e-3:
        return (
            "that is the accuracy on `training`: measure on `checking`, pictures that the net has not seen."
        )
    return (
        "count right answers over all of `checking`, with the net as it is after the epoch. A mean over "
        "batches of unequal size gives the smaller ones too much weight."
    )

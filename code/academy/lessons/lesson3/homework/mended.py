"""Task 4: a loop that trains in training mode and measures in evaluation mode, watched while it runs."""

import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import torch
from torch import nn
from torch.optim.optimizer import register_optimizer_step_post_hook

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong

MEASURED = 230
"""Pictures to measure on: no whole number of hundreds."""
NAMED_RIGHTLY = 200
"""The first of them, so a mean of means over batches is another number."""
TRAINED = 201
"""Pictures to train with: in batches of 50 the last one is alone."""
BATCH_SIZE = 50
EPOCHS = 3
FROZEN = 2
"""The place of a layer, among those of the network, that may be in a mode of its own."""
NEAR = 1e-4
LEFT = 0.05
"""What share of its highest value the rate may have at the end."""


@dataclass
class Seen:
    """What passes through a network while it trains."""

    modes: list[bool] = field(default_factory=list)
    """Whether it was in training mode, a batch each."""
    pictures: list[list[int]] = field(default_factory=list)
    """Their numbers, a list a batch."""
    rates: list[float] = field(default_factory=list)
    """The rate of each step, and the one that is left after the last."""
    recorded: int = 0
    """Batches that PyTorch recorded for a backward pass."""

    def note(self, mode: bool, numbers: list[int]) -> None:
        """Note one batch."""
        self.modes.append(mode)
        self.pictures.append(numbers)

    @contextmanager
    def of_steps(self) -> Iterator[None]:
        """Note the rate at each step of any optimizer, and what the last one has in the end."""
        used: list[torch.optim.Optimizer] = []

        def note_rate(optimizer: torch.optim.Optimizer, *_: Any) -> None:
            used.append(optimizer)
            self.rates.append(float(optimizer.param_groups[0]["lr"]))

        hook = register_optimizer_step_post_hook(note_rate)
        try:
            yield
        finally:
            hook.remove()
        self.rates += [float(last.param_groups[0]["lr"]) for last in used[-1:]]


class Watch(nn.Module):
    """Notes mode and pictures of each batch that a backward pass comes back to, and changes nothing."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Note a batch of shape (n, 1, 6, 6), whose first pixels are the pictures' numbers."""
        if torch.is_grad_enabled():
            self.seen.recorded += 1
            numbers, mode = images[:, 0, 0, 0].mul(TRAINED).round().int().tolist(), self.training
            images = images.detach().clone().requires_grad_()
            images.register_hook(lambda slopes: self.seen.note(mode, numbers))
        return images


def mends(accuracy: Any, fit: Any) -> Iterator[Finding]:
    """Measure and train a small network, and look at its modes, averages and batches."""
    found = list(accuracy_mistakes(accuracy))
    if found:
        yield from found[:1]
        return
    yield right("`accuracy` measures in evaluation mode, and leaves each part of the network as it was")
    found = list(fit_mistakes(fit))
    if found:
        yield from found[:1]
        return
    yield right(
        "`fit` trains in training mode in each epoch, in batches of one size, in a new order, and down to a "
        "rate of nearly 0"
    )
    yield right("weights and averages know nothing of what is kept back")


def network(seen: Seen) -> nn.Sequential:
    """Build a network with dropout and both kinds of batch normalization, the same each time."""
    torch.manual_seed(4)
    return nn.Sequential(
        Watch(seen),
        nn.Conv2d(1, 8, 3),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(8 * 16, 16),
        nn.BatchNorm1d(16),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(16, 10),
    )


def pictures(count: int, seed: int) -> torch.Tensor:
    """Draw pictures of shape (count, 1, 6, 6), each with its number in its first pixel."""
    images = torch.rand(count, 1, 6, 6, generator=torch.Generator().manual_seed(seed))
    images[:, 0, 0, 0] = torch.arange(count) / TRAINED
    return images


@torch.no_grad()
def answers(net: nn.Module, images: torch.Tensor) -> torch.Tensor:
    """Give what a copy of a network answers in evaluation mode."""
    return torch.as_tensor(copy.deepcopy(net).eval()(images).argmax(dim=1))


def accuracy_mistakes(accuracy: Any) -> Iterator[Finding]:
    """Say what is wrong with a measurement, or what it leaves behind."""
    seen = Seen()
    net, images = network(seen), pictures(MEASURED, 5)
    with torch.no_grad():
        net(images)  # the averages are no longer those of the start
    labels = answers(net, images)
    labels[NAMED_RIGHTLY:] = (labels[NAMED_RIGHTLY:] + 1) % 10
    wanted = NAMED_RIGHTLY / MEASURED
    for training, frozen in ((True, False), (False, False), (True, True)):
        net.train(training)
        net[FROZEN].train(training and not frozen)
        before, modes = copy.deepcopy(net.state_dict()), modes_of(net)
        with calling("accuracy(net, inputs, labels)"):
            given = accuracy(net, images, labels)
        if given is None or given is ...:
            yield wrong("`accuracy` returns nothing.", "end it with `return` and the share.")
            return
        number = numbers_in([given])
        if number is None:
            yield wrong(f"`accuracy` gives a {type(given).__name__}.", "a number from 0 to 1.")
            return
        moved = changed(before, net.state_dict())
        if moved:
            yield wrong(
                f"Measuring has changed `{moved}` of the network.",
                "in training mode each forward pass moves the running averages: what is kept back, or the "
                "test set, leaks into the network. Measure in evaluation mode.",
            )
        elif not abs(number[0] - wanted) <= NEAR:  # nan is not near
            yield wrong(
                f"Of {MEASURED} pictures {NAMED_RIGHTLY} are named rightly, {wanted:.4f}; `accuracy` gives "
                f"{number[0]:.4f}.",
                look_for_accuracy(number[0]),
            )
        elif net.training != training:
            was, now = ("training", "evaluation") if training else ("evaluation", "training")
            yield wrong(
                f"A network in {was} mode is in {now} mode after `accuracy`.",
                "put it back: note the mode of each of `net.modules()` first, and restore it at the end.",
            )
        elif modes_of(net) != modes:
            yield wrong(
                "A network in training mode has a frozen layer, in evaluation mode; after `accuracy` that "
                "one is in training mode, too.",
                "`net.train(mode)` changes all parts. Note each part's own mode first, as in "
                "`[(layer, layer.training) for layer in net.modules()]`, and put each back.",
            )
        elif seen.recorded:
            yield wrong(
                "`accuracy` records each batch for a backward pass that never comes, which takes memory.",
                "measure under `torch.no_grad()`; `@torch.no_grad()` above the function does it.",
            )
        else:
            continue
        return


def modes_of(net: nn.Module) -> list[bool]:
    """Say of each part of a network whether it is in training mode."""
    return [part.training for part in net.modules()]


def look_for_accuracy(found: float) -> str:
    """Say which mistake gives this share."""
    batches = [100, 100, 0]
    if abs(found - sum(batches) / len(batches) / 100) < NEAR:
        return "a mean over batches counts a small last batch as much as a whole one: count pictures."
    if abs(found - 100 * NAMED_RIGHTLY / MEASURED) < 0.01:
        return "that is a percentage; a share is from 0 to 1."
    return "the share of pictures whose largest logit is that of their label, in evaluation mode."


def changed(before: Mapping[str, torch.Tensor], after: Mapping[str, torch.Tensor]) -> str:
    """Name the first tensor that is no longer the same; empty when all are."""
    return next((name for name, value in before.items() if not torch.equal(value, after[name])), "")


def fit_mistakes(fit: Any) -> Iterator[Finding]:
    """Say what a training does in a wrong mode, with wrong batches, or with pictures kept back."""
    images, kept = pictures(TRAINED, 6), pictures(MEASURED, 7)
    labels, kinds = (torch.arange(len(each)) % 10 for each in (images, kept))
    runs = []
    for kept_back in ((kept, kinds), (1 - kept, kinds)):
        seen = Seen()
        net = network(seen)
        start = copy.deepcopy(dict(net.named_parameters()))
        torch.manual_seed(8)
        call = f"fit(net, training, kept_back, {EPOCHS}, batch_size={BATCH_SIZE})"
        try:
            with calling(call), seen.of_steps():
                given = fit(net, (images, labels), kept_back, EPOCHS, batch_size=BATCH_SIZE)
        except ValueError as error:
            if "more than 1 value per channel" not in str(error):
                raise
            yield alone()
            return
        if not changed(start, dict(net.named_parameters())):
            yield wrong(
                "After `fit` all weights are as before.", "a step for each batch: `optimizer.step()`."
            )
            return
        runs.append((given, net, seen, kept_back))
    given, net, seen, kept_back = runs[0]
    found = list(batch_mistakes(seen)) or list(leak_mistakes(net, runs[1][1]))
    found = found or list(rate_mistakes(seen.rates))
    yield from found or curve_mistakes(given, net, *kept_back)


def alone() -> Finding:
    """Say what a last batch of one does."""
    return wrong(
        f"Of {TRAINED} pictures in batches of {BATCH_SIZE} the last batch has one, which has no variance: "
        "PyTorch refuses to normalize it.",
        "leave a last, smaller batch out; the order is a new one in each epoch, so its pictures come again.",
    )


def batch_mistakes(seen: Seen) -> Iterator[Finding]:
    """Say what is wrong with modes, sizes and order of the batches of a training."""
    each = TRAINED // BATCH_SIZE
    sizes = sorted({len(batch) for batch in seen.pictures})
    epochs = [
        list(chain(*seen.pictures[first : first + each])) for first in range(0, len(seen.pictures), each)
    ]
    if not all(seen.modes):
        epoch = seen.modes.index(False) // each + 1
        yield wrong(
            f"In epoch {epoch} `fit` takes steps in evaluation mode: no dropout, averages that stand still.",
            "somebody has called `eval()`: call `net.train()` at the beginning of each epoch.",
        )
    elif sizes != [BATCH_SIZE]:
        yield wrong(
            f"With {TRAINED} pictures and `batch_size={BATCH_SIZE}` the batches have {sizes} pictures.",
            "whole batches only: leave a last, smaller one out.",
        )
    elif len(seen.pictures) != each * EPOCHS:
        yield wrong(
            f"In {EPOCHS} epochs `fit` goes backward {len(seen.pictures)} times, not {each * EPOCHS}.",
            f"once a batch, {TRAINED} // {BATCH_SIZE} = {each} times an epoch.",
        )
    elif any(len(set(epoch)) < len(epoch) for epoch in epochs):
        yield wrong("In one epoch a picture comes twice.", "each at most once: `torch.randperm`.")
    elif epochs[0] == epochs[1]:
        yield wrong("The second epoch has the order of the first.", "a new `torch.randperm` in each epoch.")


def rate_mistakes(rates: list[float]) -> Iterator[Finding]:
    """Say when the rate is still high in the end; schedules differ in whether the last step has it."""
    if rates and min(rates[-2:]) > LEFT * max(rates):
        yield wrong(
            f"After the last step the rate is {rates[-1]:.2g}, not nearly 0; its peak was {max(rates):.2g}.",
            "one-cycle over the steps that are really taken, `len(inputs) // batch_size` an epoch: was it "
            "promised more, and is `schedule.step()` called after each?",
        )


def leak_mistakes(one: nn.Module, other: nn.Module) -> Iterator[Finding]:
    """Say what of two networks differs whose pictures kept back alone differ."""
    if moved := changed(dict(one.state_dict()), dict(other.state_dict())):
        yield wrong(
            f"With other pictures kept back, and the same seed, `{moved}` comes out different.",
            "they are to measure on: neither weights nor running averages may depend on them.",
        )


def curve_mistakes(
    given: Any, net: nn.Module, images: torch.Tensor, labels: torch.Tensor
) -> Iterator[Finding]:
    """Say what is wrong with what ``fit`` returns."""
    numbers = numbers_in(given)
    if given is None or given is ...:
        yield wrong("`fit` returns nothing.", "end it with `return` and the list of accuracies.")
    elif numbers is None or len(numbers) != EPOCHS:
        yield wrong(f"`fit` gives {given!r}.", f"a list of {EPOCHS} numbers, an accuracy an epoch.")
    else:
        wanted = (answers(net, images) == labels).double().mean().item()
        if not abs(numbers[-1] - wanted) <= NEAR:
            yield wrong(
                f"The last accuracy is {numbers[-1]:.4f}; the network that is left has {wanted:.4f} of what "
                "is kept back.",
                "measure `kept_back` after each epoch, with your `accuracy`.",
            )

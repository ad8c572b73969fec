"""Homework 2: a small search on pictures, from the split to the test set and a photo."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, cast

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook

from academy.data.snapshots import snapshot
from academy.homework.comparing import compared, is_truth, judged, numbers_in
from academy.homework.photo_checks import (
    FEW_PHOTOS,
    look_for_loss,
    preparation_mistakes,
    probability_mistakes,
    squeezed,
)
from academy.homework.split_checks import (
    common_pictures,
    fingerprints,
    is_pair,
    scale_mistakes,
    set_mistakes,
    split_mistakes,
)
from academy.homework.tasks import Finding, Homework, calling, right, wrong
from academy.homework.training_watched import HELD, KINDS, Batches, MadeUp, measured, probabilities
from academy.homework.watching import Gradients, same_weights

homework = Homework("homework2")
check = homework.check

CURVES = ("train_loss", "check_loss", "check_accuracy")
RECIPE = ("hidden", "activation", "optimizer", "rate", "epochs", "seed")
RESULTS = ("best", "check_accuracy")
"""What a row of the table has beyond its recipe."""
FEWEST_RUNS = 8
FEWEST_EPOCHS = 8
"""Of the curves in Task 4."""
FEWEST_SEEDS = 4
PASS = {1: 0.82, 3: 0.38}
"""Accuracy on pictures kept back that opens the test set, by channels: of clothes, and of color photos."""
MOST_BELOW, MOST_ABOVE = 0.035, 0.018
"""By how much the accuracy on the test set may lie below and above that by which was chosen, by luck."""
LEAST_RISE = 1.02
"""Of a loss that has clearly turned: its last value by its least."""
PHOTOS = 150
SEED = 150_828
"""Of the photos; the order of a small seed is likely the one by which a student split."""
LARGEST_LOSS_BY_CAMERA = 0.12
Activation = type[nn.ReLU] | type[nn.Tanh]
LAYERS = 10
LEAST_SIGNAL, MOST_SIGNAL = 0.1, 10.0
"""What ten layers may make of the difference between two inputs; the start of He loses a factor of 3."""


@homework.task("split and scale")
def splits_and_scales(
    split: Any,
    as_inputs: Any,
    training: Any,
    checking: Any,
    train_count: Any,
    check_count: Any,
    pictures: Any,
) -> Iterator[Finding]:
    """Look at the split's parts, at the scale of the inputs, and for pictures that are in both sets."""
    found = list(split_mistakes(split))
    yield from found or [right("the parts do not overlap, are shuffled, and come again with their seed")]
    for name, value, count in (("training", training, train_count), ("checking", checking, check_count)):
        if not is_pair(value):
            yield wrong(f"`{name}` is no pair of inputs and labels.", f"`{name} = inputs, labels`.")
            return
        if len(value[1]) != count:
            yield wrong(
                f"`{name}` has {len(value[1]):,} pictures, not {count:,}.",
                "`train_count` to train with, `check_count` to check with.",
            )
            return
    found = list(common_pictures(training[0], checking[0])) or list(
        scale_mistakes(as_inputs, pictures, training[0], checking[0])
    )
    if found:
        yield from found
        return
    yield right("the training inputs have mean 0 and standard deviation 1, the others the same scale")
    yield from set_mistakes(training, checking, as_inputs, pictures)


@homework.task("a net from its description")
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


@homework.task("train, and write down")
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


def curve_mistakes(name: str, history: Any) -> Iterator[Finding]:
    """Say what keeps a history from being a dict of three lists of equally many finite numbers."""
    lacking = [key for key in CURVES if not isinstance(history, Mapping) or key not in history]
    if lacking:
        yield wrong(
            f"There is no {' and no '.join(map(repr, lacking))} in {name}.",
            f"a dict with the keys {[*CURVES]}.",
        )
        return
    if any(not isinstance(history[key], Sequence) and not torch.is_tensor(history[key]) for key in CURVES):
        yield wrong(f"In {name} a key holds no list.", "a list for each key, with one number an epoch.")
        return
    if len({len(history[key]) for key in CURVES}) > 1:
        lengths = [len(history[key]) for key in CURVES]
        yield wrong(f"The lists in {name} have {lengths} numbers.", "one number an epoch in each.")
        return
    if any(getattr(value, "requires_grad", False) for key in CURVES for value in history[key]):
        yield wrong(
            f"A number in {name} still carries its graph.",
            "`loss.item()`: else memory fills with old graphs.",
        )
    elif not all(math.isfinite(float(value)) for key in CURVES for value in history[key]):
        yield wrong(f"A number in {name} is not finite.", "a smaller learning rate.")


@homework.task("when to stop")
def stops(best_epoch: Any, curves: Any) -> Iterator[Finding]:
    """Ask for the best epoch of curves made by hand, then look at the student's own."""
    cases = [
        ([2.0, 1.0, 0.5, 0.2], [1.2, 0.9, 1.0, 1.3], [0.6, 0.7, 0.76, 0.75], 2),
        ([2.0, 1.5, 1.2, 1.1], [2.0, 1.6, 1.4, 1.3], [0.3, 0.4, 0.6, 0.5], 4),
        ([1.0, 0.5, 0.2, 0.1], [0.8, 0.9, 1.0, 1.2], [0.7, 0.8, 0.8, 0.7], 1),
        ([1.0, 0.8, 0.7, 0.6, 0.5], [0.9, 1.0, 0.7, 0.9, 1.1], [0.7, 0.7, 0.7, 0.8, 0.7], 3),
    ]
    for train_loss, check_loss, accuracy, best in cases:
        found = best_epoch(dict(zip(CURVES, (train_loss, check_loss, accuracy))))
        if found is None or found is ...:
            yield wrong("`best_epoch` returns nothing.", "end it with `return` and a number.")
            return
        if numbers_in([found]) is None:
            yield wrong(
                f"`best_epoch` returns {found}, of type {type(found).__name__}.", "one number, an epoch."
            )
            return
        if float(found) != best:
            mistakes: dict[float, str] = {
                min(check_loss): "that is the loss; asked is after which epoch.",
                1: "the loss may rise once and fall again: look at the whole list.",
                accuracy.index(max(accuracy)) + 1: "that goes by the accuracy; here the loss decides.",
                len(check_loss): "that is the last epoch. The best is the one with the least `check_loss`.",
                best - 1: "count from 1: after the first epoch you have trained one.",
            }
            yield wrong(
                f"For `check_loss` {check_loss} the best epoch is {best}, yours says {float(found):g}.",
                mistakes.get(float(found), "the epoch with the least `check_loss`."),
            )
            return
    yield right("the best epoch is the one with the least loss on pictures kept back")
    yield from overfitting(curves)


def overfitting(curves: Any) -> Iterator[Finding]:
    """See whether the curves turn."""
    found = list(curve_mistakes("`curves`", curves))
    if found:
        yield from found
        return
    train_loss, check_loss = ([float(value) for value in curves[key]] for key in CURVES[:2])
    if len(check_loss) < FEWEST_EPOCHS:
        yield wrong(f"`curves` has {len(check_loss)} epochs.", f"train for {FEWEST_EPOCHS} or more.")
        return
    best = check_loss.index(min(check_loss)) + 1
    said = f"the loss on pictures kept back is least after epoch {best} of {len(check_loss)}"
    if check_loss[-1] < LEAST_RISE * min(check_loss):
        yield wrong(
            f"In `curves` {said}, with {min(check_loss):.3f}, and ends at {check_loss[-1]:.3f}: it does not "
            "turn clearly.",
            "fewer pictures, a wider net, or more epochs.",
        )
    elif train_loss[-1] > 0.8 * check_loss[-1]:
        yield wrong(
            f"`curves` ends with losses {train_loss[-1]:.2f} and, kept back, {check_loss[-1]:.2f}: no gap.",
            "fewer pictures make learning by heart easy; 2,000 will do.",
        )
    else:
        yield right(said)


@homework.task("the search")
def searches(trial: Any, table: Any, choice: Any) -> Iterator[Finding]:
    """Look at what was varied, run recipes again, and see what the choice went by."""
    found = list(table_mistakes(table)) or list(choice_mistakes(table, choice))
    if found:
        yield from found
        return
    yield right(f"{len(table)} runs; the choice has {choice['check_accuracy']:.2%} on pictures kept back")
    returned = trial(plain(choice) | {"epochs": 1})
    if not isinstance(returned, Sequence) or len(returned) != 2 or not isinstance(returned[0], nn.Module):
        yield wrong("`trial` does not return a net and its history.", "`return net, history`.")
        return
    if found := list(curve_mistakes("the history of `trial`", returned[1])):
        yield from found
        return
    if (epochs := len(returned[1]["check_loss"])) != 1:
        yield wrong(f"The recipe asks for 1 epoch, the history has {epochs}.", "`recipe['epochs']`.")
        return
    yield from heeds_recipe(trial, table, choice, first_loss(returned))
    yield from repeats(trial, choice)


def table_mistakes(table: Any) -> Iterator[Finding]:
    """Say what a table of runs lacks."""
    rows = list(table) if isinstance(table, Sequence) else []
    if not rows or not all(isinstance(row, Mapping) for row in rows):
        yield wrong("`table` is no list of rows.", "`table = []`, and `table.append({...})` for each run.")
        return
    wanted = (*RECIPE, *RESULTS)
    lacking = [key for key in wanted if any(key not in row for row in rows)]
    if lacking:
        yield wrong(
            f"Rows of `table` have no {' and no '.join(map(repr, lacking))}.", f"the keys: {[*wanted]}."
        )
    elif any("test" in str(key) for row in rows for key in row):
        yield wrong(
            "A row of `table` knows the test set.",
            "choose by `check_accuracy`; the test set waits for Task 7.",
        )
    elif len(rows) < FEWEST_RUNS:
        yield wrong(f"`table` has {len(rows)} runs.", f"{FEWEST_RUNS} or more.")
    elif any(not 0 <= float(row["check_accuracy"]) <= 1 for row in rows):
        yield wrong("A `check_accuracy` is no share.", "from 0 to 1, as `fit` writes it down.")
    else:
        yield from variety_mistakes(rows)


def variety_mistakes(rows: list[Any]) -> Iterator[Finding]:
    """Say what a search did not vary."""
    for key, what in (("hidden", "hidden layers"), ("optimizer", "optimizer")):
        if len({str(row[key]) for row in rows}) < 2:
            yield wrong(f"All runs have the same {what}.", f"try at least two values of `{key}`.")
    for optimizer in sorted({str(row["optimizer"]) for row in rows}):
        rates = {float(row["rate"]) for row in rows if str(row["optimizer"]) == optimizer}
        if len(rates) < 2:
            yield wrong(
                f"{optimizer} was tried at one rate only, {rates.pop():g}.",
                "before you compare optimizers, give each its own learning rate: two or more for each.",
            )
    if len({str(sorted(plain(row).items(), key=str)) for row in rows}) < len(rows):
        yield wrong(
            "Two rows of `table` have the same recipe.", "each run differs from all others in something."
        )


def choice_mistakes(table: Any, choice: Any) -> Iterator[Finding]:
    """Say where the choice is not the row that is best on pictures kept back."""
    if not isinstance(choice, Mapping) or not any(dict(choice) == dict(row) for row in table):
        yield wrong("`choice` is no row of `table`.", "`max(table, key=…)` returns a row.")
        return
    best = max(float(row["check_accuracy"]) for row in table)
    if float(choice["check_accuracy"]) < best:
        yield wrong(
            f"`choice` has {float(choice['check_accuracy']):.2%} on pictures kept back, another {best:.2%}.",
            "the greatest `check_accuracy`, neither the training loss nor the last row nor the test set.",
        )


def plain(row: Any) -> dict[str, Any]:
    """Return the recipe of a row, with what a student varies beyond the book."""
    return {key: value for key, value in row.items() if key not in RESULTS}


def first_loss(returned: Any) -> float:
    """Return the training loss of the first epoch of what `trial` returns."""
    return float(returned[1]["train_loss"][0])


def heeds_recipe(trial: Any, table: Any, choice: Any, base: float) -> Iterator[Finding]:
    """See whether one epoch comes out the same again, and otherwise where the recipe is another."""
    recipe = plain(choice) | {"epochs": 1}
    again = first_loss(trial(dict(recipe)))
    if abs(again - base) > tolerance(0.01) * base:
        yield wrong(
            f"The same recipe, run twice, has losses {base:.4f} and {again:.4f} in its first epoch.",
            "`torch.manual_seed(recipe['seed'])` before the net is built, inside `trial`.",
        )
        return
    named = (row["optimizer"] for row in table if row["optimizer"] != recipe["optimizer"])
    others = {
        "optimizer": next(named),
        "seed": int(recipe["seed"]) + 1,
        "rate": float(recipe["rate"]) / 3,
        "hidden": [*recipe["hidden"], 20],
        "activation": nn.Tanh if recipe["activation"] is not nn.Tanh else nn.ReLU,
    }
    for key, value in others.items():
        if first_loss(trial(recipe | {key: value})) == base:
            yield wrong(
                f"Another `{key}` in the recipe changes nothing.", f"use `recipe['{key}']` in `trial`."
            )
            return
    yield right("the same recipe gives the same again; another seed, rate, optimizer or net gives another")


def repeats(trial: Any, choice: Any) -> Iterator[Finding]:
    """Run the chosen row again."""
    _, history = trial(plain(choice))
    if not 1 <= int(choice["best"]) <= len(history["check_accuracy"]):
        yield wrong(
            f"`best` is {choice['best']}, but there are {len(history['check_accuracy'])} epochs.",
            "the row's recipe has the number of epochs that it was trained for.",
        )
        return
    found = float(history["check_accuracy"][int(choice["best"]) - 1])
    wanted = float(choice["check_accuracy"])
    if abs(found - wanted) > tolerance(0.01):
        yield wrong(
            f"Run again, the chosen row has {found:.4f} after epoch {choice['best']}, not {wanted:.4f}.",
            "`check_accuracy` belongs to the epoch `best`, counted from 1, of this recipe with this seed.",
        )
        return
    losses = [float(loss) for loss in history["check_loss"]]
    if losses[int(choice["best"]) - 1] > min(losses) + tolerance(0.01):
        yield wrong(
            f"By the loss the best epoch is {losses.index(min(losses)) + 1}, the row says {choice['best']}.",
            "`best_epoch(history)`.",
        )
    else:
        yield right(f"run again, the chosen row has {found:.2%} once more")


def tolerance(on_gpu: float) -> float:
    """Return how far a repeated run may lie from the first: a GPU adds in an order of its own."""
    return on_gpu if torch.cuda.is_available() else 1e-4


@homework.task("is it luck?")
def doubts(
    trial: Any, table: Any, choice: Any, rivals: Any, seeds: Any, scores: Any, verdict: Any
) -> Iterator[Finding]:
    """See that the seeds are fresh, run a score of each rival again, and judge the difference."""
    if found := list(rival_mistakes(table, choice, rivals)) or list(score_mistakes(choice, seeds, scores)):
        yield from found
        return
    for number, rival in enumerate(rivals):
        if found := list(rerun_mistakes(trial, rival, number, seeds, scores)):
            yield from found
            return
    if not is_truth(verdict):
        yield wrong(f"`verdict` is {verdict!r}, of type {type(verdict).__name__}.", "`True` or `False`.")
        return
    one, other = (torch.tensor(numbers_in(row)).double() for row in scores)
    difference, error = compared(one, other)
    ahead = "first" if difference >= 0 else "second"
    gap = f"{100 * abs(difference):.2f} points, standard error {100 * error:.2f}"
    said = f"over {len(one)} fresh seeds the {ahead} is ahead by {gap}"
    if bool(verdict) in judged(difference, error, one, other):
        yield right(f"{said}: {'counts' if verdict else 'may be luck'}")
    else:
        yield wrong(
            f"{said}; your verdict is {bool(verdict)}.",
            "it counts when its size exceeds twice its error, the root of the sum of variance / runs.",
        )


def rerun_mistakes(trial: Any, rival: Any, number: int, seeds: Any, scores: Any) -> Iterator[Finding]:
    """Run a rival again with one seed, not the first, and compare with its score."""
    place = number + 1
    said, seed = float(scores[number][place]), int(seeds[place])
    _, history = trial(plain(rival) | {"seed": seed})
    losses, accuracies = (numbers_in(history[key]) or [] for key in ("check_loss", "check_accuracy"))
    best = [min(losses) + tolerance(0.01) >= loss for loss in losses]
    if any(good and abs(each - said) <= tolerance(0.01) for good, each in zip(best, accuracies)):
        return
    wanted = accuracies[losses.index(min(losses))]
    known = any(abs(each - said) <= tolerance(0.01) for each in accuracies)
    yield wrong(
        f"`scores[{number}][{place}]` is {said:.4f}; run again with seed {seed}, the accuracy after the best "
        f"epoch is {wanted:.4f}.",
        "that is the accuracy after another epoch: take the one with the least loss, `best_epoch(history)`."
        if known
        else f"`trial(rivals[{number}] | {{'seed': {seed}}})`, and the accuracy on pictures kept back.",
    )


def rival_mistakes(table: Any, choice: Any, rivals: Any) -> Iterator[Finding]:
    """Say where the rivals are not the choice and the strongest row of another kind."""
    if (
        not isinstance(rivals, Sequence)
        or len(rivals) != 2
        or any(key not in row for row in rivals for key in RECIPE)
    ):
        yield wrong("`rivals` is no list of two recipes.", "two rows of `table`.")
        return
    rows = [row for row in table if alike(row, rivals[1])]
    others = [float(row["check_accuracy"]) for row in table if kind_of(row) != kind_of(choice)]
    if not alike(rivals[0], choice):
        yield wrong("The first of `rivals` is not your choice.", "`rivals = [choice, …]`.")
    elif kind_of(rivals[1]) == kind_of(choice):
        yield wrong(
            f"Both rivals have hidden layers {choice['hidden']} and the optimizer {choice['optimizer']}.",
            "the choice, and the best row with other hidden layers or another optimizer.",
        )
    elif not rows:
        yield wrong("The second of `rivals` is no row of `table`.", "a row as the search found it.")
    elif (reached := max(float(row["check_accuracy"]) for row in rows)) < max(others):
        yield wrong(
            f"The second of `rivals` has {reached:.2%} in `table`, another row {max(others):.2%}.",
            "the greatest `check_accuracy` among the rows with other hidden layers or another optimizer.",
        )


def kind_of(row: Any) -> tuple[str, str]:
    """Return what rivals must differ in."""
    return str([*row["hidden"]]), str(row["optimizer"])


def alike(one: Any, other: Any) -> bool:
    """Tell whether two rows have the same recipe, their seeds and epochs left out."""
    keys = (plain(one).keys() & plain(other).keys()) - {"seed", "epochs"}
    return all(str(one[key]) == str(other[key]) for key in keys)


def score_mistakes(choice: Any, seeds: Any, scores: Any) -> Iterator[Finding]:
    """Say what keeps a race from being fair and complete."""
    seeds = numbers_in(seeds)
    rows = [numbers_in(row) for row in scores] if isinstance(scores, Sequence | torch.Tensor) else []
    if seeds is None:
        yield wrong("`seeds` is no list of numbers.", f"`seeds = [...]`, {FEWEST_SEEDS} or more.")
    elif len(rows) != 2 or None in rows:
        yield wrong("`scores` has no two rows of numbers.", "a row for each rival.")
    elif len(set(seeds)) < FEWEST_SEEDS:
        yield wrong(f"There are {len(set(seeds))} different seeds.", f"{FEWEST_SEEDS} or more.")
    elif int(choice["seed"]) in seeds:
        yield wrong(
            f"Seed {choice['seed']} is among `seeds`, the one by which the choice was made.",
            "fresh seeds: the number that made a row win has its luck in it.",
        )
    elif any(len(row or []) != len(seeds) for row in rows):
        yield wrong(
            f"The rows of `scores` have {[len(row or []) for row in rows]} numbers.",
            f"a row for each rival, in it a number for each of {len(seeds)} seeds.",
        )
    elif any(len(set(row or [])) == 1 for row in rows):
        yield wrong("A row of `scores` has the same number for all seeds.", "a run for each seed.")


@homework.task("the mistakes, and the test set once")
def tests_once(
    most_confused: Any,
    final_net: Any,
    test_accuracy: Any,
    test_interval: Any,
    as_inputs: Any,
    checking: Any,
    pictures: Any,
) -> Iterator[Finding]:
    """Ask for mistakes made by hand; then, if all else is right, measure the net on the test pictures."""
    found = list(confusion_mistakes(most_confused))
    yield from found
    if not all(finding.right for finding in found):
        return
    if not isinstance(final_net, nn.Module):
        yield wrong(f"`final_net` is of type {type(final_net).__name__}.", "`trial` returns the net first.")
        return
    device = next(final_net.parameters()).device
    _, kept = measured(final_net, checking[0].to(device), checking[1].to(device))
    said = f"`final_net` names {kept:.2%} of `checking`"
    if kept < PASS[pictures.train_images.shape[1]]:
        yield wrong(
            f"{said}; that is too little to open the test set.",
            "that is a guess: was it trained, on inputs of `as_inputs`?"
            if kept < 0.2
            else "improve it on `checking`: more epochs, or another recipe.",
        )
        return
    inputs, labels = as_inputs(pictures.test_images).to(device), pictures.test_labels.to(device)
    _, share = measured(final_net, inputs, labels)
    said = f"{said}, and {share:.2%} of the test pictures"
    if share > kept + MOST_ABOVE:
        yield wrong(
            f"{said}.", "did it train on test pictures? Then they test no more: train it on `training`."
        )
    elif kept > share + MOST_BELOW:
        yield wrong(f"{said}.", "did it train on `checking`? Then you cannot choose by it: use `training`.")
    else:
        yield right(said)
    yield from report_mistakes(test_accuracy, test_interval, share, kept, len(labels))


def confusion_mistakes(most_confused: Any) -> Iterator[Finding]:
    """Give labels and answers whose most frequent mistake is known."""
    # 2 for 0 three times and 0 for 2 twice, five together; 5 for 7 four times
    labels = torch.tensor([2] * 6 + [0] * 6 + [5] * 9 + [7] * 9)
    answers = torch.tensor([0] * 3 + [2] * 3 + [2] * 2 + [0] * 4 + [7] * 4 + [5] * 5 + [7] * 9)
    found = most_confused(labels, answers)
    if found is None or found is ...:
        yield wrong("`most_confused` returns nothing.", "`return true, said, count`.")
        return
    numbers = numbers_in(found)
    if numbers is None or len(numbers) != 3:
        yield wrong(
            f"`most_confused` returns {found}.", "three numbers: the true kind, the answer, and how often."
        )
        return
    given = tuple(int(value) for value in numbers)
    mistakes: dict[tuple[int, ...], str] = {
        (7, 5, 4): "the true kind comes first, then the answer.",
        (7, 7, 9): "right answers are no mistakes: set the diagonal to 0.",
        (2, 0, 5): "2 taken for 0 and 0 taken for 2 are two mistakes; count them apart.",
        (0, 2, 5): "2 taken for 0 and 0 taken for 2 are two mistakes; count them apart.",
    }
    if given == (5, 7, 4):
        yield right("the most frequent mistake, its true kind, its answer and its count")
    else:
        yield wrong(
            f"4 times a 5 is taken for a 7, which is most; yours says {given}, not (5, 7, 4).",
            mistakes.get(
                given,
                "a table of ten by ten counts, by rows the true kind; its largest entry off the diagonal.",
            ),
        )


def report_mistakes(accuracy: Any, interval: Any, share: float, kept: float, count: int) -> Iterator[Finding]:
    """Compare what is reported with what was measured."""
    said = float(accuracy)
    if abs(said - share) > tolerance(1e-3):
        look = "measure `final_net` on `as_inputs(pictures.test_images)` and `pictures.test_labels`."
        if abs(said - kept) < 1e-4:
            look = "that is its accuracy on `checking`; the test set has not been touched yet."
        elif abs(said - 100 * share) < 0.1:
            look = "as a share from 0 to 1."
        yield wrong(f"`test_accuracy` is {said:.4f}, measured is {share:.4f}.", look)
        return
    ends = numbers_in(interval)
    if ends is None or len(ends) != 2:
        yield wrong("`test_interval` is no pair of numbers.", "`test_interval = low, high`.")
        return
    low, high = ends
    error = math.sqrt(share * (1 - share) / count)
    half = (high - low) / 2
    if abs((low + high) / 2 - share) < 2e-3 and 1.9 * error < half < 2.1 * error:
        yield right(f"with 95% confidence between {low:.2%} and {high:.2%}")
        return
    look = "1.96 standard errors to each side, the root of p (1 − p) / n; n counts the test pictures."
    if 0.95 < half / error < 1.05:
        look = "one standard error to each side holds only 68 of 100 times: take 1.96."
    yield wrong(
        f"`test_interval` is {low:.4f} to {high:.4f}, not {share:.4f} ± {1.96 * error:.4f}.",
        look,
    )


@homework.task("a photo")
def reads_photos(
    prepare: Any, tell: Any, final_net: Any, as_inputs: Any, training: Any, pictures: Any
) -> Iterator[Finding]:
    """Photograph pictures, and see how many the net still names after the student's preparation."""
    chance = torch.Generator().manual_seed(SEED)
    chosen = unseen(pictures, training[0], as_inputs, chance)
    shown, labels = pictures.train_images[chosen], pictures.train_labels[chosen]
    photos = [snapshot(picture, chance) for picture in shown]
    if found := list(preparation_mistakes(prepare, photos, shown)) or list(
        probability_mistakes(tell, photos[0])
    ):
        yield from found
        return
    told = torch.stack([torch.as_tensor(tell(photo)).detach().cpu() for photo in photos])
    prepared = torch.stack([prepare(photo.clone()) for photo in photos[:FEW_PHOTOS]])
    if (told[:FEW_PHOTOS] - probabilities(final_net, as_inputs(prepared))).abs().max() > 0.02:
        yield wrong(
            "`tell` gives other probabilities than `final_net` on `as_inputs(prepare(camera)[None])`.",
            "scale as in training.",
        )
        return
    yield right("a photo becomes a picture as the data set has them, and the picture ten probabilities")
    after = (told.argmax(1) == labels).double().mean().item()
    device = next(final_net.parameters()).device
    before = measured(final_net, as_inputs(shown).to(device), labels.to(device))[1]
    bare = torch.cat([squeezed(photo, shown) for photo in photos])
    without = measured(final_net, as_inputs(bare).to(device), labels.to(device))[1]
    said = (
        f"of {PHOTOS} pictures `final_net` names {before:.0%}, of their photos as you prepare them "
        f"{after:.0%}, only made small {without:.0%}"
    )
    if after < before - LARGEST_LOSS_BY_CAMERA:
        yield wrong(
            f"{said}; at most {100 * LARGEST_LOSS_BY_CAMERA:.0f} points may be lost.",
            look_for_loss(prepared.cpu(), shown[:FEW_PHOTOS]),
        )
    else:
        yield right(said)


def unseen(pictures: Any, training: Any, as_inputs: Any, chance: torch.Generator) -> list[int]:
    """Draw training pictures that are not in `training`: the test set stays for its one measurement."""
    drawn = torch.randperm(len(pictures.train_labels), generator=chance)[: 10 * PHOTOS]
    used = set(fingerprints(training))
    known = [number in used for number in fingerprints(as_inputs(pictures.train_images[drawn]))]
    return [index for _, index in sorted(zip(known, drawn.tolist()), key=lambda pair: pair[0])][:PHOTOS]

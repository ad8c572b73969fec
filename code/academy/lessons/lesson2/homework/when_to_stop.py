"""Task 4: the best epoch of a training, and curves that turn."""

from collections.abc import Iterator
from typing import Any

from torch import nn

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson2.homework.curves import CURVES, curve_mistakes
from academy.lessons.lesson2.homework.net_answers import measured
from academy.lessons.lesson2.homework.recipes import tolerance

FEWEST_EPOCHS = 8
"""Of the curves in Task 4."""
LEAST_RISE = 1.02
"""Of a loss that has clearly turned: its last value by its least."""
LARGEST_SHARE = 0.8
"""Of the loss on pictures kept back, that the training loss may have at the end."""

OTHER_PICTURES = (
    "`curves = fit(overfitted, optimizer, …, few, checking)`: pictures to check with are others than those "
    "it learns from, all of `checking`, and the curves are of this net."
)


def stops(best_epoch: Any, curves: Any, overfitted: Any, checking: Any) -> Iterator[Finding]:
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
    yield from overfitting(curves, overfitted, checking)


def overfitting(curves: Any, overfitted: Any, checking: Any) -> Iterator[Finding]:
    """See whether the curves turn, and whether they are those of the net."""
    found = list(curve_mistakes("`curves`", curves))
    if found:
        yield from found
        return
    train_loss, check_loss = ([float(value) for value in curves[key]] for key in CURVES[:2])
    if len(check_loss) < FEWEST_EPOCHS:
        yield wrong(f"`curves` has {len(check_loss)} epochs.", f"train for {FEWEST_EPOCHS} or more.")
        return
    elsewhere = list(measured_elsewhere(curves, overfitted, checking))
    best = check_loss.index(min(check_loss)) + 1
    said = f"the loss on pictures kept back is least after epoch {best} of {len(check_loss)}"
    if check_loss[-1] < LEAST_RISE * min(check_loss):
        yield wrong(
            f"In `curves` {said}, with {min(check_loss):.3f}, and ends at {check_loss[-1]:.3f}, "
            f"{check_loss[-1] / min(check_loss) - 1:.1%} above: it does not turn clearly, by "
            f"{LEAST_RISE - 1:.0%} or more.",
            OTHER_PICTURES if elsewhere else "fewer pictures, a wider net, or more epochs.",
        )
    elif train_loss[-1] > LARGEST_SHARE * check_loss[-1]:
        yield wrong(
            f"`curves` ends with losses {train_loss[-1]:.2f} and, kept back, {check_loss[-1]:.2f}: no gap. "
            f"The training loss must be {LARGEST_SHARE:.0%} of the other or less.",
            "fewer pictures make learning by heart easy; 2,000 will do.",
        )
    else:
        yield from elsewhere or [right(said)]


def measured_elsewhere(curves: Any, overfitted: Any, checking: Any) -> Iterator[Finding]:
    """Measure the net on `checking`, and say where the curves end elsewhere."""
    if not isinstance(overfitted, nn.Module):
        yield wrong(
            f"`overfitted` is of type {type(overfitted).__name__}, not a network.",
            "the net that `fit` trained while it wrote down `curves`.",
        )
        return
    device = next(overfitted.parameters()).device
    found = measured(overfitted, *(each.to(device) for each in checking))
    for key, value in zip(CURVES[1:], found):
        if abs(float(curves[key][-1]) - value) > tolerance(0.01):
            yield wrong(
                f"`curves` ends with a `{key}` of {float(curves[key][-1]):.4f}; `overfitted` has "
                f"{value:.4f} on `checking`.",
                OTHER_PICTURES,
            )
            return

"""Task 4: the best epoch of a training, and curves that turn."""

from collections.abc import Iterator
from typing import Any

from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson2.homework.curves import CURVES, curve_mistakes
from academy.lessons.lesson2.homework.given_values import numbers_in

FEWEST_EPOCHS = 8
"""Of the curves in Task 4."""
LEAST_RISE = 1.02
"""Of a loss that has clearly turned: its last value by its least."""


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

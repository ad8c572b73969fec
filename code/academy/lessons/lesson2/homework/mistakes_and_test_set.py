"""Task 7: the most frequent mistake, and the test set opened once."""

import math
from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson2.homework.net_answers import measured
from academy.lessons.lesson2.homework.recipes import tolerance

PASS = {1: 0.82, 3: 0.38}
"""Accuracy on pictures kept back that opens the test set, by channels: of clothes, and of color photos."""
MOST_BELOW, MOST_ABOVE = 0.035, 0.018
"""By how much the accuracy on the test set may lie below and above that by which was chosen, by luck."""


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
    enough = PASS[pictures.train_images.shape[1]]
    if kept <= enough:
        yield wrong(
            f"{said}; that is too little to open the test set, which takes more than {enough:.0%}.",
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
            f"{said}, more than {100 * MOST_ABOVE:.1f} points above.",
            "did it train on test pictures? Then they test no more: train it on `training`.",
        )
    elif kept > share + MOST_BELOW:
        yield wrong(
            f"{said}, more than {100 * MOST_BELOW:.1f} points below.",
            "did it train on `checking`? Then you cannot choose by it: use `training`.",
        )
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

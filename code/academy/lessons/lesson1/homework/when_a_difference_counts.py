"""Task 4: the rule of this book, asked about accuracies worked out by hand."""

from collections.abc import Iterator
from typing import Any

import torch

from academy.homework.tasks import Finding, right, wrong

PAIRED = (
    "in another order of the same runs yours says something else. Nothing pairs a run of one with a run of "
    "the other: take mean and spread of each list by itself, not of the differences."
)


def believes(counts: Any) -> Iterator[Finding]:
    """Ask the student's rule about accuracies whose answer was worked out by hand."""
    better, worse = torch.tensor([0.84, 0.86] * 8), torch.tensor([0.82, 0.84] * 8)
    wide_better, wide_worse = torch.tensor([0.81, 0.89] * 8), torch.tensor([0.785, 0.865] * 8)
    less = torch.tensor([0.775, 0.855] * 8)
    many, few = torch.tensor([0.86, 0.88] * 50), torch.tensor([0.78, 0.90] * 2)
    cases = [  # the errors of the differences are 0.37, 0.37, 1.5, 1.5 and 3.5 percentage points
        (better, worse, True, "5.5 errors: an error of a mean is its spread through √n."),
        (worse, better, True, "5.5 errors, whichever comes first: take its size without the sign."),
        (
            wide_better,
            wide_worse,
            False,
            "1.7 errors, fewer than two. Both means scatter: the error is the root of the sum of their "
            "squared errors, not the larger one.",
        ),
        (wide_better, less, True, "2.4 errors: not the errors of the means add, but their squares."),
        (many, few, False, "0.9 errors: each mean has its own spread and its own number of runs."),
    ]
    for one, other, expected, because in cases:
        found = counts(one, other)
        if found is None or found is ...:
            yield wrong("`counts` returns nothing.", "end it with `return`, and True or False.")
            return
        said = f"{described(one)} against {described(other)}"
        if bool(found) != expected:
            look = PAIRED if pairs_runs(counts, one, other) else f"this difference is {because}"
            yield wrong(f"{said}: yours says {bool(found)}.", look)
            return
        yield right(f"{said}: {'counts' if expected else 'does not count'}")


def pairs_runs(counts: Any, one: torch.Tensor, other: torch.Tensor) -> bool:
    """Tell whether an answer hangs on which run of one architecture stands beside which of the other."""
    return len(one) == len(other) and bool(counts(one, other)) != bool(counts(one, other.flip(0)))


def described(scores: torch.Tensor) -> str:
    """Say mean, spread and number of accuracies."""
    return f"{scores.mean():.1%} ± {scores.std():.1%} over {len(scores)} runs"

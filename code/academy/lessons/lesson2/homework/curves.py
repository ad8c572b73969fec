"""The curves of a training: three lists with a number an epoch."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch

from academy.homework.tasks import Finding, wrong

CURVES = ("train_loss", "check_loss", "check_accuracy")


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

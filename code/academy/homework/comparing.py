"""The rule of the book: a difference of means counts when it exceeds twice its standard error."""

from typing import Any

import numpy as np
import torch


def numbers_in(value: Any) -> list[float] | None:
    """Return the numbers of a list, a tuple, an array or a tensor; None if it is none of numbers."""
    try:
        return [float(each) for each in value]
    except (TypeError, ValueError, RuntimeError):
        return None


def is_truth(value: Any) -> bool:
    """Tell whether a value is true or false itself, and not only taken for one, as a sentence is."""
    return isinstance(value, bool | np.bool_) or (
        torch.is_tensor(value) and value.dtype == torch.bool and value.dim() == 0
    )


def compared(one: torch.Tensor, other: torch.Tensor) -> tuple[float, float]:
    """Return the difference of two means and its standard error."""
    error = (one.var() / len(one) + other.var() / len(other)).sqrt()
    return (one.mean() - other.mean()).item(), error.item()


def judged(difference: float, error: float, one: torch.Tensor, other: torch.Tensor) -> set[bool]:
    """Say which verdicts hold: both, where it hangs on dividing a variance by n − 1 or by n."""
    by_n = (one.var(correction=0) / len(one) + other.var(correction=0) / len(other)).sqrt().item()
    return {abs(difference) > 2 * error, abs(difference) > 2 * by_n}

"""The rule of the book: a difference of means counts when it exceeds twice its standard error."""

import torch


def compared(one: torch.Tensor, other: torch.Tensor) -> tuple[float, float]:
    """Return the difference of two means and its standard error."""
    error = (one.var() / len(one) + other.var() / len(other)).sqrt()
    return (one.mean() - other.mean()).item(), error.item()


def judged(difference: float, error: float, one: torch.Tensor, other: torch.Tensor) -> set[bool]:
    """Say which verdicts hold: both, where it hangs on dividing a variance by n − 1 or by n."""
    by_n = (one.var(correction=0) / len(one) + other.var(correction=0) / len(other)).sqrt().item()
    return {abs(difference) > 2 * error, abs(difference) > 2 * by_n}

"""How sure a measured share is, and which ranks that leaves possible."""

from collections.abc import Sequence
from typing import NamedTuple

from scipy.stats import binomtest


class Interval(NamedTuple):
    """A range of shares."""

    low: float
    high: float


def wilson(right: int, count: int) -> Interval:
    """Give the 95% interval of a share.

    Args:
        right: How many of the draws were right.
        count: How many draws there were.

    Returns:
        The shares that are compatible with it.

    After Wilson (1927), "Probable inference, the law of succession, and statistical inference".
    """
    interval = binomtest(right, count).proportion_ci(confidence_level=0.95, method="wilson")
    return Interval(interval.low, interval.high)


def ranks(measured: Sequence[tuple[float, Interval]]) -> list[str]:
    """Say for each entry which ranks its interval leaves possible.

    Args:
        measured: Accuracy and interval of each entry.

    Returns:
        As in "2", or "1–3": one more than the entries above the interval, to one more than those above or
        in it.
    """
    texts = []
    for index, (_, interval) in enumerate(measured):
        others = [accuracy for place, (accuracy, _) in enumerate(measured) if place != index]
        first = 1 + sum(accuracy > interval.high for accuracy in others)
        last = 1 + sum(accuracy >= interval.low for accuracy in others)
        texts.append(str(first) if first == last else f"{first}–{last}")
    return texts

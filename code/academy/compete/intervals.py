"""How sure a measured share is, and which ranks that leaves possible."""

import math
from collections.abc import Sequence
from typing import NamedTuple

STANDARD_ERRORS = 1.959963984540054
"""Half of the width that holds 95% of a normal distribution."""


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
    share = right / count
    spread = STANDARD_ERRORS**2 / count
    center = (share + spread / 2) / (1 + spread)
    half = math.sqrt(spread * (share * (1 - share) + spread / 4)) / (1 + spread)
    return Interval(center - half, center + half)


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

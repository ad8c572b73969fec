"""Task 2: the interval of a difference between two ways that answered about the same pictures."""

import math
from collections.abc import Iterator
from statistics import NormalDist
from typing import Any, NamedTuple

import torch

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong

PICTURES = 1000
LEVELS = (0.95, 0.8, 0.99)
"""The second tells what is left out at each end from what is left out in all; the first hardly does."""
NOISE = {0.95: 0.12, 0.8: 0.12, 0.99: 0.18}
"""By how much a width may differ, as a share of it: draws differ by about a third of that."""


class Compared(NamedTuple):
    """Two ways on the same pictures: what differs, and by how much that may be luck."""

    difference: float
    error: float
    """Standard error of the difference, paired."""


def compared(one: torch.Tensor, other: torch.Tensor) -> Compared:
    """Compare two ways, each right or wrong about each picture, shape (count,), bool."""
    apart = one.double() - other.double()
    return Compared(apart.mean().item(), apart.std(correction=0).item() / math.sqrt(len(apart)))


def factor(level: float) -> float:
    """Give how many standard errors an interval of this level has on either side."""
    return NormalDist().inv_cdf((1 + level) / 2)


def two_ways() -> tuple[torch.Tensor, torch.Tensor]:
    """Draw what two ways that mostly agree were right about; the first is right more often."""
    chance = torch.Generator().manual_seed(1)
    one = torch.rand(PICTURES, generator=chance) < 0.65
    other = one & (torch.rand(PICTURES, generator=chance) > 0.12)
    return one, other | (torch.rand(PICTURES, generator=chance) < 0.02)


def bounds(interval: Any) -> Iterator[Finding]:
    """Ask for intervals of a difference that is known, at three levels, and of none at all."""
    one, other = two_ways()
    for level in LEVELS:
        with calling(f"interval(one, other, level={level})"):
            given = interval(one.clone(), other.clone(), level=level)
        if found := interval_mistake(given, one, other, level):
            yield found
            return
    yield right("the interval of a difference, pictures drawn in pairs, at three levels")
    with calling("interval(one, one)"):
        given = interval(one.clone(), one.clone())
    ends = numbers_in(given)
    if not ends or len(ends) != 2 or any(abs(end) > 1e-9 for end in ends):
        yield wrong(
            f"Of a way and itself, the interval is {shown(given)}, not from 0 to 0.",
            "whichever pictures are drawn, both are right about the same ones: draw for both at once.",
        )
        return
    with calling("interval(other[:80], one[:80])"):
        given = interval(other[:80].clone(), one[:80].clone())
    ends, fewer = numbers_in(given), compared(other[:80], one[:80])
    half = factor(0.95) * fewer.error
    if not ends or len(ends) != 2 or abs((ends[1] - ends[0]) / 2 / half - 1) > 0.3:
        yield wrong(
            f"Of 80 pictures, the interval is {shown(given)}; it should reach about {half:.3f} to either "
            f"side of {fewer.difference:.3f}.",
            "in each draw, as many pictures as were given, `len(one)`, not a fixed number, and a mean over "
            "these, not over the draws.",
        )
        return
    yield right("none between a way and itself, and a wider one where there are fewer pictures")


def shown(given: Any) -> str:
    """Write an interval for a sentence."""
    ends = numbers_in(given)
    return f"from {ends[0]:.3f} to {ends[1]:.3f}" if ends and len(ends) == 2 else repr(given)


def interval_mistake(given: Any, one: torch.Tensor, other: torch.Tensor, level: float) -> Finding | None:
    """Compare an interval with that of the paired difference, by its standard error."""
    if given is None or given is ...:
        return wrong("`interval` returns nothing.", "end it with `return low, high`.")
    ends = numbers_in(given)
    if ends is None or len(ends) != 2:
        return wrong(f"`interval` returns a {type(given).__name__}: {given!r}.", "`return low, high`.")
    middle, half = (ends[0] + ends[1]) / 2, (ends[1] - ends[0]) / 2
    wanted = compared(one, other)
    reach = factor(level) * wanted.error
    room = NOISE[level] * reach + 1 / len(one)
    if abs(middle - wanted.difference) <= room and abs(half - reach) <= room:
        return None
    return wrong(
        f"At level {level}, the interval is {shown(given)}; "
        f"it should be from {wanted.difference - reach:.3f} to {wanted.difference + reach:.3f}, about.",
        look_for_interval(middle, half, one, other, level),
    )


def look_for_interval(
    middle: float, half: float, one: torch.Tensor, other: torch.Tensor, level: float
) -> str:
    """Say which mistake gives this interval."""
    wanted, count = compared(one, other), len(one)
    reach = factor(level) * wanted.error
    shares = [each.double().mean().item() for each in (one, other)]
    unpaired = math.sqrt(sum(share * (1 - share) / count for share in shares))

    def near(value: float, expected: float) -> bool:
        return abs(value - expected) <= 0.15 * abs(expected) + 1 / count

    if half < 0:
        return "the lower end comes first."
    if {middle - half, middle + half} <= {-1.0, 0.0, 1.0} and half > 0:
        return "these are single pictures: take the mean of each draw, and the quantiles of many such means."
    if near(middle, -wanted.difference):
        return "this is the difference with its sign turned: the first minus the second."
    if any(near(middle, share) for share in shares):
        return "this is the accuracy of one way: take the difference of both in each draw."
    if near(middle, 100 * wanted.difference):
        return "these are percentage points: shares are from 0 to 1."
    if half < 2 / count:
        return "all draws are alike: draw *with* replacement, so that some pictures come twice and some not."
    if not near(middle, wanted.difference):
        return "mean of the first minus mean of the second, of the same drawn pictures."
    if level == LEVELS[1] and near(half, factor(LEVELS[0]) * wanted.error):
        return "use the argument: at level 0.8, 10% are left out on each side."
    if level == LEVELS[1] and near(half, factor(2 * level - 1) * wanted.error):
        return "that leaves out 20% at each end; at level 0.8 it is half of that: quantiles 0.1 and 0.9."
    if level == LEVELS[0] and near(half, factor(LEVELS[2]) * wanted.error):
        return "that is the interval of level 0.99: at 0.95, 2.5% are left out on each side."
    if near(half, factor(level) * unpaired):
        return "each way had pictures of its own: draw places once, and use them for both."
    if near(half, factor(level) * wanted.error * math.sqrt(count)):
        return "that is how single pictures differ: a mean of n differs by 1/√n of it."
    if half > reach:
        fewer = round(count * (reach / half) ** 2)
        return f"it is as wide as {fewer} pictures would give: draw as many as there are, {count}."
    return (
        "leave out half of what is beyond the level at each end (at 0.95, quantiles 0.025 and 0.975), "
        "and take each mean over the pictures of one draw, not over the draws."
    )

"""Task 2: intervals with a slip each, and right ones unlike ours."""

import math

import numpy as np
import pytest
import torch
from scipy import stats

pytestmark = pytest.mark.slow

DRAWS = 2000


def ends(values, level):
    rest = (1 - level) / 2
    return tuple(np.quantile(np.asarray(values), [rest, 1 - rest]).tolist())


def places(count, size=None):
    return torch.randint(count, (DRAWS, size or count), generator=torch.Generator().manual_seed(3))


def drawn(one, other, level=0.95, size=None):
    some = places(len(one), size)
    return ends((one.float()[some] - other.float()[some]).mean(dim=1), level)


def unpaired(one, other, level=0.95):
    first, second = places(len(one)), places(len(one)).flip(0)
    return ends(one.float()[first].mean(dim=1) - other.float()[second].mean(dim=1), level)


def without_replacement(one, other, level=0.95):
    chance = torch.Generator().manual_seed(0)
    orders = [torch.randperm(len(one), generator=chance) for _ in range(200)]
    return ends([one[order].float().mean() - other[order].float().mean() for order in orders], level)


def of_single_pictures(one, other, level=0.95):
    apart = one.float() - other.float()
    factor = stats.norm.ppf((1 + level) / 2)
    return (apart.mean() - factor * apart.std()).item(), (apart.mean() + factor * apart.std()).item()


def of_one_draw(one, other, level=0.95):
    """Quantiles of the pictures of one draw."""
    return ends((one.float() - other.float())[places(len(one))[0]], level)


def over_the_draws(one, other, level=0.95):
    """A mean for each place in the draws, in place of one for each draw."""
    some = places(len(one))
    return ends((one.float()[some] - other.float()[some]).mean(dim=0), level)


def of_one(one, other, level=0.95):
    return ends(one.float()[places(len(one))].mean(dim=1), level)


def in_points(one, other, level=0.95):
    low, high = drawn(one, other, level)
    return 100 * low, 100 * high


WRONG = [
    (lambda one, other, level=0.95: None, "`interval` returns nothing"),
    (lambda one, other, level=0.95: 0.03, "`return low, high`"),
    (unpaired, "each way had pictures of its own"),
    (lambda one, other, level=0.95: drawn(one, other, level, 250), "as wide as"),
    (lambda one, other, level=0.95: drawn(other, one, level), "with its sign turned"),
    (lambda one, other, level=0.95: drawn(one, other, level)[::-1], "the lower end comes first"),
    (of_one, "the accuracy of one way"),
    (without_replacement, "*with* replacement"),
    (of_single_pictures, "a mean of n differs by"),
    (of_one_draw, "these are single pictures"),
    (over_the_draws, "each mean over the pictures of one draw"),
    (in_points, "percentage points"),
    (lambda one, other, level=0.95: drawn(one, other, 0.95), "use the argument"),
    (lambda one, other, level=0.95: drawn(one, other, 0.99), "the interval of level 0.99"),
    (lambda one, other, level=0.95: drawn(one, other, level - 0.1), "quantiles 0.025 and 0.975"),
    (lambda one, other, level=0.95: drawn(one, other, 2 * level - 1), "that leaves out 20% at each end"),
    (lambda one, other, level=0.95: drawn(one, other, level, 1000), "not a fixed number"),
    (lambda one, other: drawn(one, other), "unexpected keyword argument 'level'"),
    (lambda one, other, level=0.95: (math.nan, math.nan), "it should be from"),
]


@pytest.mark.parametrize(("interval", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, interval, helps):
    found = checked(2, interval=interval)
    assert not found.solved
    assert helps in " ".join(str(found).split())


def by_student(one, other, level=0.95):
    apart = one.double().numpy() - other.double().numpy()
    error = apart.std(ddof=1) / len(apart) ** 0.5
    reach = stats.t.ppf((1 + level) / 2, len(apart) - 1) * error
    return np.array([apart.mean() - reach, apart.mean() + reach])


def in_a_loop(one, other, level=0.95):
    """A thousand draws, one after another, without a seed."""
    both = np.stack([one.numpy(), other.numpy()])
    found = []
    for _ in range(1000):
        some = np.random.randint(0, both.shape[1], both.shape[1])
        first, second = both[:, some].mean(axis=1)
        found.append(first - second)
    return list(ends(found, level))


def by_scipy(one, other, level=0.95):
    apart = one.double().numpy() - other.double().numpy()
    if not apart.any():
        return 0.0, 0.0
    found = stats.bootstrap((apart,), np.mean, confidence_level=level, n_resamples=3000, method="basic")
    return found.confidence_interval


def by_counts(one, other, level=0.95):
    """Which pictures only one is right about, drawn as a multinomial."""
    count = len(one)
    shares = [(one & ~other).float().mean(), (other & ~one).float().mean()]
    many = np.random.default_rng(0).multinomial(count, [*shares, 1 - sum(shares)], size=4000)
    return ends((many[:, 0] - many[:, 1]) / count, level)


RIGHT = {
    "drawn at once, in a tensor": lambda *given, **named: torch.tensor(drawn(*given, **named)),
    "Student's t": by_student,
    "a loop without a seed": in_a_loop,
    "scipy's bootstrap": by_scipy,
    "counts": by_counts,
}


@pytest.mark.parametrize("interval", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, interval):
    np.random.seed(0)
    found = checked(2, interval=interval)
    assert found.solved, str(found)

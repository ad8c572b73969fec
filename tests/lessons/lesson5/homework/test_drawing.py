"""Task 2: draws with a fault each, and right ones unlike ours."""

import pytest
import torch
from torch import nn
from torch.distributions import Normal

KEPT_NOISE = torch.randn(20_000, 4, generator=torch.Generator().manual_seed(1))


def with_std(std, noise=torch.randn_like):
    return lambda mean, log_variance: mean + std(log_variance) * noise(mean)


def half(log_variance):
    return (log_variance / 2).exp()


def seeded(mean, log_variance):
    torch.manual_seed(0)
    return with_std(half)(mean, log_variance)


def in_place(mean, log_variance):
    mean.add_(half(log_variance) * torch.randn_like(mean))
    return mean.clone()


def normal(mean, log_variance):
    return torch.normal(mean.detach(), half(log_variance).detach())


def slope_along_mean_alone(mean, log_variance):
    return mean + half(log_variance.detach()) * torch.randn_like(mean)


def slope_along_std_alone(mean, log_variance):
    return mean.detach() + half(log_variance) * torch.randn_like(mean)


def twice_the_slope(mean, log_variance):
    return 2 * mean - mean.detach() + half(log_variance) * torch.randn_like(mean)


def noise_that_knows(mean, log_variance):
    return mean + half(log_variance) * torch.randn_like(mean) * half(log_variance - log_variance.detach())


def root_three_even(mean):
    return (torch.rand_like(mean) - 0.5) * 12**0.5


WRONG = [
    (lambda mean, log_variance: None, "`draw` returns nothing"),
    (lambda mean, log_variance: seeded(mean, log_variance).tolist(), "returns a list, not a tensor"),
    (lambda mean, log_variance: seeded(mean, log_variance)[:, :1], "noise of the same shape"),
    (with_std(torch.sqrt), "not finite"),
    (with_std(torch.exp), "that is the variance; σ is its root"),
    (with_std(torch.ones_like), "`log_variance` is not used"),
    (with_std(torch.abs), "`log_variance` is no std"),
    (with_std(lambda given: (-given / 2).exp()), "the sign is turned around"),
    (with_std(lambda given: half(given).sqrt()), "that is a fourth root"),
    (with_std(lambda given: half(given) * 1.3), "the logarithm is that of σ²"),
    (with_std(half, torch.rand_like), "`rand` draws evenly from 0 to 1"),
    (with_std(half, lambda mean: torch.rand_like(mean) - 0.5), "`rand` draws evenly"),
    (with_std(half, root_three_even), "of a normal distribution 68% do"),
    (with_std(half, lambda mean: torch.randn(mean.shape[1])), "drawn with the same noise"),
    (with_std(half, lambda mean: torch.randn(len(mean), 1)), "rise and fall together"),
    (with_std(half, lambda mean: KEPT_NOISE[: len(mean)]), "Two calls draw the same codes"),
    (seeded, "Two calls draw the same codes"),
    (lambda mean, log_variance: mean, "Two calls draw the same codes"),
    (lambda mean, log_variance: half(log_variance) * torch.randn_like(mean), "the mean is to be added"),
    (in_place, "changes the tensors that it is given"),
    (lambda mean, log_variance: Normal(mean, half(log_variance)).sample(), "No slope passes"),
    (normal, "`torch.normal` has no slope"),
    (slope_along_mean_alone, "No slope passes along `log_variance`"),
    (slope_along_std_alone, "No slope passes along `mean`"),
    (twice_the_slope, "The slope along the mean is 2.00, not 1"),
    (noise_that_knows, "where noise depends on nothing"),
    (lambda mean: mean, "TypeError"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(2, draw=wrong)
    assert not found.solved
    assert helps in str(found)


class Draw(nn.Module):
    def forward(self, mean, log_variance):
        noise = torch.normal(0.0, 1.0, mean.shape)
        return torch.addcmul(mean, torch.exp(0.5 * log_variance), noise)


def column_by_column(mean, log_variance):
    columns = [m + v.exp().sqrt() * torch.randn(len(m)) for m, v in zip(mean.T, log_variance.T)]
    return torch.stack(columns, dim=1)


def in_double(mean, log_variance):
    return mean.double() + half(log_variance.double()) * torch.randn(mean.shape, dtype=torch.float64)


RIGHT = {
    "ours": with_std(half),
    "rsample": lambda mean, log_variance: Normal(mean, half(log_variance)).rsample(),
    "a module": Draw(),
    "column by column": column_by_column,
    "float64": in_double,
    "a minus sign": lambda mean, log_variance: mean - half(log_variance) * torch.randn_like(mean),
}


@pytest.mark.parametrize("draw", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, draw):
    found = checked(2, draw=draw)
    assert found.solved, str(found)

"""Task 6: new codes with a fault each, and right ones unlike ours."""

import numpy as np
import pytest
import torch
from academy.lessons.lesson5.latents import draw_like
from torch.distributions import MultivariateNormal


def by_axes(scale=lambda variances: variances.sqrt(), around=lambda codes: codes.mean(dim=0)):
    """Noise along the principal components, each with a scale, around a place."""

    def new_codes(codes, count):
        variances, directions = torch.linalg.eigh(torch.cov(codes.T))
        return around(codes) + torch.randn(count, codes.shape[1]) * scale(variances) @ directions.T

    return new_codes


def columns_for_rows(codes, count):
    variances, directions = torch.linalg.eigh(torch.cov(codes.T))
    return codes.mean(dim=0) + torch.randn(count, codes.shape[1]) * variances.sqrt() @ directions


def latent_by_latent(codes, count):
    return codes.mean(dim=0) + codes.std(dim=0) * torch.randn(count, codes.shape[1])


def variances_for_stds(codes, count):
    return codes.mean(dim=0) + codes.var(dim=0) * torch.randn(count, codes.shape[1])


def triangle_on_the_wrong_side(codes, count):
    return codes.mean(dim=0) + torch.randn(count, codes.shape[1]) @ torch.linalg.cholesky(torch.cov(codes.T))


def one_noise_for_all(codes, count):
    return (codes.mean(dim=0) + torch.randn(codes.shape[1])).expand(count, -1)


def again(codes, count):
    return codes[torch.randint(len(codes), (count,))]


def blurred_again(codes, count):
    return again(codes, count) + 0.1 * torch.randn(count, codes.shape[1])


def seeded(codes, count):
    return draw_like(codes, count, torch.Generator().manual_seed(0))


def no_numbers(codes, count):
    return torch.full((count, codes.shape[1]), torch.nan)


WRONG = [
    (lambda codes, count: None, "`new_codes` returns nothing"),
    (lambda codes, count: torch.randn(count, codes.shape[1]), "that is the prior"),
    (lambda codes, count: codes.mean(dim=0) + torch.randn(count, 4), "the spread is that of the prior"),
    (latent_by_latent, "latents that rise together"),
    (by_axes(around=lambda codes: 0), "add the mean of each latent, once"),
    (by_axes(around=lambda codes: 2 * codes.mean(dim=0)), "add the mean of each latent, once"),
    (by_axes(scale=lambda variances: variances), "noise times the *root* of the variance"),
    (by_axes(scale=lambda variances: variances.sqrt().sqrt()), "the root of the variance twice"),
    (variances_for_stds, "noise times the std, not the variance"),
    (triangle_on_the_wrong_side, "`noise @ triangle.T`"),
    (one_noise_for_all, "All new codes of a call are the same"),
    (columns_for_rows, "The covariance of latents"),
    (again, "drawn once more"),
    (blurred_again, "in the same heaps"),
    (seeded, "Two calls draw the same codes"),
    (no_numbers, "not finite"),
    (lambda codes, count: by_axes()(codes, count)[0], "gives shape (4,), not (1, 4)"),
    (lambda codes, count: by_axes()(codes, 8), "`new_codes(codes, 1)` gives shape (8, 4)"),
    (lambda codes, count: torch.zeros(count, 3, 64, 64), "codes, not yet images"),
    (lambda codes, count: "codes", "a str without numbers"),
    (lambda codes, count: MultivariateNormal(codes.mean(0), torch.cov(codes)).sample(), "raised"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(6, new_codes=wrong)
    assert not found.solved
    assert helps in str(found)


def by_cholesky(codes, count):
    triangle = torch.linalg.cholesky(torch.cov(codes.T))
    return [codes.mean(dim=0) + triangle @ torch.randn(len(triangle)) for _ in range(count)]


def by_numpy(codes, count):
    rows = np.asarray(codes)
    return np.random.default_rng().multivariate_normal(rows.mean(axis=0), np.cov(rows.T), size=count)


def by_singular_values(codes, count):
    centered = codes.double() - codes.double().mean(dim=0)
    _, values, rows = torch.linalg.svd(centered, full_matrices=False)
    noise = torch.randn(count, len(values)).double()
    return codes.mean(dim=0) + noise * values / (len(codes) - 1) ** 0.5 @ rows


def by_mixing_all(codes, count):
    """A weighted sum of all codes with normal weights has their covariance, too."""
    centered = codes - codes.mean(dim=0)
    return codes.mean(dim=0) + torch.randn(count, len(codes)) @ centered / len(codes) ** 0.5


RIGHT = {
    "along the components": by_axes(),
    "the lesson's": lambda codes, count: draw_like(codes, count, torch.default_generator),
    "PyTorch's": lambda codes, count: MultivariateNormal(codes.mean(0), torch.cov(codes.T)).sample((count,)),
    "a triangle": by_cholesky,
    "NumPy": by_numpy,
    "singular values": by_singular_values,
    "all codes mixed": by_mixing_all,
}


@pytest.mark.parametrize("new_codes", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, new_codes):
    found = checked(6, new_codes=new_codes)
    assert found.solved, str(found)

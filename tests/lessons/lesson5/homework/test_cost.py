"""Task 1: costs with a fault each, and right ones unlike ours."""

import math

import pytest
import torch
from torch.distributions import Independent, Normal, kl_divergence
from torch.nn import functional as F


def terms(mean, log_variance):
    return (mean**2 + log_variance.exp() - log_variance - 1) / 2


def kl(mean, log_variance):
    return terms(mean, log_variance).sum(dim=1)


def squares(made, images):
    return ((made - images) ** 2).flatten(1).sum(dim=1)


def vae_loss(made, images, mean, log_variance, beta=1.0):
    return (squares(made, images) / 0.02 + beta * kl(mean, log_variance)).mean()


def loss(pixels, codes):
    """A loss of two parts, functions of made and images, and of KL terms and β."""
    return lambda made, images, mean, log_variance, beta: (
        pixels(made, images) + codes(terms(mean, log_variance), beta)
    )


def rightly(made, images):
    return squares(made, images).mean() / 0.02


def right_codes(terms, beta):
    return beta * terms.sum(dim=1).mean()


def without_slope(*given, **settings):
    with torch.no_grad():
        return vae_loss(*given, **settings)


WRONG_KL = [
    (lambda m, v: None, "`kl` returns nothing"),
    (lambda m, v: kl(m, v).tolist(), "`kl` returns a list, not a tensor"),
    (lambda m, v: terms(m, v), "sum over the latents, `.sum(dim=1)`"),
    (lambda m, v: terms(m, v).sum(), "the faces stay apart"),
    (lambda m, v: kl(m, v).mean(), "the faces stay apart"),
    (lambda m, v: terms(m, v).sum(dim=0), "that adds up the faces"),
    (lambda m, v: terms(m, v).mean(dim=1), "that is the mean over the latents"),
    (lambda m, v: 2 * kl(m, v), "the half is missing"),
    (lambda m, v: -kl(m, v), "a KL is never below 0"),
    (lambda m, v: kl(m, 2 * v), "the logarithm of σ², not of σ"),
    (lambda m, v: kl(m, v.log()), "is a logarithm already"),
    (lambda m, v: (m**2 - 1).sum(dim=1) / 2, "it and its logarithm cancel"),
    (lambda m, v: kl(m, v) + 5, "the prior itself must cost 0"),
    (lambda m, v: kl(m, v) + v.sum(dim=1), "−log σ², not +"),
    (lambda m, v: kl(m, v) + (m - m**2).sum(dim=1) / 2, "the mean is to be squared"),
    (
        lambda m, v: kl_divergence(Normal(0.0, 1.0), Normal(m, (v / 2).exp())).sum(dim=1),
        "that is the KL of the prior from the cloud",
    ),
    (lambda m, v: kl(m, v) * 1.1, "half of μ² + σ² − log σ² − 1"),
    (lambda m, v: kl(m.detach(), v), "no slope along `mean`"),
    (lambda m, v: m.no_such_thing, "AttributeError"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG_KL, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG_KL)])
def test_a_wrong_kl_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(1, kl=wrong, vae_loss=vae_loss)
    assert not found.solved
    assert helps in str(found)


WRONG_LOSS = [
    (lambda *given, **settings: None, "`vae_loss` returns nothing"),
    (lambda *given, **settings: vae_loss(*given, **settings).item(), "returns float, not a tensor"),
    (lambda *given, **settings: vae_loss(*given, **settings).expand(7), "returns shape (7,)"),
    (loss(F.mse_loss, right_codes), "β is 614,400 times too large"),
    (
        loss(F.mse_loss, lambda terms, beta: beta * terms.mean()),
        "`.flatten(1).sum(dim=1)`. And the KL is averaged over the latents: sum it",
    ),
    (
        loss(lambda made, images: F.mse_loss(made, images) / 0.02, right_codes),
        "averaged over the 12,288 numbers",
    ),
    (
        loss(lambda made, images: squares(made, images).mean(), right_codes),
        "divided by 2s²: times 50",
    ),
    (loss(lambda made, images: 2 * rightly(made, images), right_codes), "2s², not s²"),
    (loss(lambda made, images: squares(made, images).mean() / 2, right_codes), "s = 0.1 is missing"),
    (lambda *given, beta: beta * vae_loss(*given), "β multiplies the KL alone"),
    (loss(lambda made, images: squares(made, images).mean() / 0.2, right_codes), "that is divided by 2s"),
    (
        loss(lambda made, images: squares(made, images).sum() / 0.02, right_codes),
        "the pixels' part is summed over the faces",
    ),
    (loss(rightly, lambda terms, beta: terms.sum(dim=1).mean()), "β is forgotten"),
    (loss(rightly, lambda terms, beta: beta * terms.mean()), "the KL is averaged over the latents"),
    (loss(rightly, lambda terms, beta: beta * terms.sum()), "the KL is summed over the faces"),
    (
        loss(lambda made, images: squares(made, images).sum() / 0.02, lambda terms, beta: beta * terms.sum()),
        "the KL is summed over the faces, too",
    ),
    (loss(rightly, lambda terms, beta: 2 * right_codes(terms, beta)), "the half of the KL is missing"),
    (loss(rightly, lambda terms, beta: -right_codes(terms, beta)), "it is a cost"),
    (loss(rightly, lambda terms, beta: right_codes(terms, beta) / beta**2), "β divides the KL"),
    (loss(rightly, lambda terms, beta: 0), "the KL is missing"),
    (loss(lambda made, images: torch.zeros(()), right_codes), "the pixels' part is missing"),
    (
        loss(
            lambda made, images: F.binary_cross_entropy(made, images, reduction="sum") / len(images),
            right_codes,
        ),
        "the cross-entropy of pixels",
    ),
    (
        loss(lambda made, images: (made - images).abs().sum() / len(images) / 0.02, right_codes),
        "asked are squared ones",
    ),
    (loss(lambda made, images: 3.3 * rightly(made, images), right_codes), "for each face the sum"),
    (without_slope, "no slope along `made`"),
    (
        lambda made, images, mean, log_variance: vae_loss(made, images, mean, log_variance),
        "unexpected keyword argument 'beta'",
    ),
]


@pytest.mark.parametrize(
    ("wrong", "helps"), WRONG_LOSS, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG_LOSS)]
)
def test_a_wrong_loss_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(1, kl=kl, vae_loss=wrong)
    assert not found.solved
    assert helps in str(found)


def by_distributions(mean, log_variance):
    cloud = Independent(Normal(mean, torch.exp(0.5 * log_variance)), 1)
    return kl_divergence(cloud, Independent(Normal(torch.zeros_like(mean), 1.0), 1))


def one_by_one(mean, log_variance):
    costs = [sum(-0.5 * (1 + v - m * m - v.exp()) for m, v in zip(*row)) for row in zip(mean, log_variance)]
    return torch.stack(costs)


def with_the_constant(made, images, mean, log_variance, beta=1.0):
    surprise = -Normal(made, 0.1).log_prob(images).flatten(1).sum(dim=1)
    return (surprise + beta * by_distributions(mean, log_variance)).mean()


def by_the_batch(made, images, mean, log_variance, beta=1.0):
    summed = 50 * F.mse_loss(made, images, reduction="sum") + beta * kl(mean, log_variance).sum()
    return summed / len(images)


def in_double(made, images, mean, log_variance, beta=1.0):
    count = math.prod(images.shape[1:])
    pixels = F.mse_loss(made.double(), images.double()) * count / (2 * 0.1**2)
    return (pixels + beta * kl(mean.double(), log_variance.double()).mean()).reshape(1)


RIGHT = [
    (kl, vae_loss),
    (by_distributions, with_the_constant),
    (one_by_one, by_the_batch),
    (kl, in_double),
    (lambda mean, log_variance: kl(mean, log_variance).double(), with_the_constant),
]


@pytest.mark.parametrize(("kl", "vae_loss"), RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, kl, vae_loss):
    found = checked(1, kl=kl, vae_loss=vae_loss)
    assert found.solved, str(found)

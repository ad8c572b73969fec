"""Task 2: codes drawn from clouds so that the slope passes: mean plus std times fresh noise."""

from collections.abc import Callable, Iterator
from typing import Any

import torch

from academy.homework.tasks import Finding, calling, right, wrong

DRAWS = 20_000
"""Rows that are drawn at once: their means are sure to within a hundredth of their std."""
NEAR = 0.06
"""Of a mean, in std, and of a std, as a share: eight times what chance moves them by."""
MEANS = torch.tensor([-2.0, 0.0, 1.0, 5.0])
LOG_VARIANCES = torch.tensor([-2.0, 0.7, 1.4, -0.8])
ROOT_TWELFTH = 12**-0.5
"""Standard deviation of a number drawn evenly from 0 to 1."""


def draws(draw: Any) -> Iterator[Finding]:
    """Draw often, compare means, widths and ties of the draws, then ask for slopes."""
    mean, log_variance = MEANS.expand(DRAWS, -1).clone(), LOG_VARIANCES.expand(DRAWS, -1).clone()
    with calling(f"draw(mean, log_variance) on two tensors of shape {tuple(mean.shape)}"):
        codes, again = draw(mean, log_variance), draw(mean, log_variance)
    found = list(form_mistakes(codes, mean)) or list(value_mistakes(codes.detach().double(), again))
    if not found and not (equal(mean, MEANS) and equal(log_variance, LOG_VARIANCES)):
        found = [wrong("`draw` changes the tensors that it is given.", "compute new ones: `mean + …`.")]
    if found:
        yield from found
        return
    yield right("the mean and the std of each cloud, and fresh noise for each number and each call")
    found = list(slope_mistakes(draw))
    if found:
        yield from found
        return
    yield right("the slope is 1 along the mean, and the noise comes through along the log variance")


def equal(changed: torch.Tensor, row: torch.Tensor) -> bool:
    """Tell whether all rows are still what they were."""
    return torch.equal(changed, row.expand_as(changed))


def form_mistakes(codes: Any, mean: torch.Tensor) -> Iterator[Finding]:
    """Say why what is returned are no codes."""
    if codes is None or codes is ...:
        yield wrong("`draw` returns nothing.", "end it with `return` and the codes.")
    elif not torch.is_tensor(codes):
        yield wrong(
            f"`draw` returns a {type(codes).__name__}, not a tensor.", "a tensor of the shape of `mean`."
        )
    elif codes.shape != mean.shape:
        yield wrong(
            f"Means of shape {tuple(mean.shape)} become codes of shape {tuple(codes.shape)}.",
            "a number for each mean: noise of the same shape, `torch.randn_like(mean)`.",
        )
    elif not torch.isfinite(codes).all():
        yield wrong(
            "Some drawn numbers are not finite.",
            "`log_variance` may be below 0, and has no root or logarithm there: σ is "
            "`(log_variance / 2).exp()`.",
        )


def value_mistakes(codes: torch.Tensor, again: torch.Tensor) -> Iterator[Finding]:
    """Say where means, widths or ties of the draws are others than asked.

    Args:
        codes: Float64, shape (draws, latents).
        again: Of a second call.
    """
    std = (LOG_VARIANCES.double() / 2).exp()
    apart, widths = codes.mean(dim=0) - MEANS, codes.std(dim=0)
    noise = (codes - MEANS) / std
    if torch.equal(codes, again.detach().double()):
        yield wrong(
            "Two calls draw the same codes.",
            "fresh noise in each call, and no seed set inside; without noise a VAE is an autoencoder.",
        )
    elif widths.max() < NEAR:
        yield wrong(
            "All rows of a call are drawn with the same noise.",
            "noise for each face: `torch.randn_like(mean)`, of shape (count, latents).",
        )
    elif (apart / std).abs().max() > NEAR:
        place = int((apart / std).abs().argmax())
        yield wrong(
            f"{DRAWS:,} draws with mean {MEANS[place]:.2f} and log variance {LOG_VARIANCES[place]:.2f} have "
            f"the mean {codes[:, place].mean():.2f}.",
            look_for_mean(codes.mean(dim=0), std),
        )
    elif (widths / std - 1).abs().max() > NEAR:
        place = int((widths / std - 1).abs().argmax())
        yield wrong(
            f"{DRAWS:,} draws with log variance {LOG_VARIANCES[place]:.2f} have a std of "
            f"{widths[place]:.2f}, not {std[place]:.2f}.",
            look_for_width(widths),
        )
    elif (torch.corrcoef(noise.T) - torch.eye(len(std))).abs().max() > NEAR:
        yield wrong(
            "The latents of a face rise and fall together.",
            "noise for each latent: `torch.randn_like(mean)`, of shape (count, latents).",
        )
    elif abs((noise.abs() < 1).double().mean() - 0.683) > 0.02:
        inside = (noise.abs() < 1).double().mean()
        yield wrong(
            f"Of the draws {inside:.0%} lie within one std of the mean; of a normal distribution 68% do.",
            "`torch.randn` draws from a normal distribution.",
        )


def look_for_mean(means: torch.Tensor, std: torch.Tensor) -> str:
    """Say where to look when draws lie elsewhere than they should."""
    if ((means - MEANS - std / 2) / std).abs().max() < NEAR:
        return "`rand` draws evenly from 0 to 1; `randn` from a normal distribution around 0."
    if means.abs().max() < NEAR * std.max():
        return "the mean is to be added: `mean + std * noise`."
    return "`mean + std * noise`, with noise around 0 and the same mean for all of a column."


def look_for_width(widths: torch.Tensor) -> str:
    """Say which mistake makes clouds of these widths."""
    slips: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
        "that is the variance; σ is its root: `(log_variance / 2).exp()`.": torch.exp,
        "`log_variance` is not used: times σ, `(log_variance / 2).exp()`.": torch.ones_like,
        "`log_variance` is no std: σ is `(log_variance / 2).exp()`.": torch.abs,
        "σ is `(log_variance / 2).exp()`; the sign is turned around.": lambda given: (-given / 2).exp(),
        "that is a fourth root: `(log_variance / 2).exp()` is the std already.": lambda given: (
            given / 4
        ).exp(),
        "`rand` draws evenly; `randn` from a normal distribution.": lambda given: (
            ROOT_TWELFTH * (given / 2).exp()
        ),
    }
    for look, slip in slips.items():
        if (widths / slip(LOG_VARIANCES.double()) - 1).abs().max() < NEAR:
            return look
    return "the logarithm is that of σ²: σ is `(log_variance / 2).exp()`."


def slope_mistakes(draw: Any) -> Iterator[Finding]:
    """Say which slopes do not pass, or are others than arithmetic gives."""
    mean = MEANS.expand(3, -1).clone().requires_grad_()
    log_variance = LOG_VARIANCES.expand(3, -1).clone().requires_grad_()
    with calling("draw(mean, log_variance) where both have slopes"):
        codes = draw(mean, log_variance)
    if not codes.requires_grad:
        yield wrong(
            "No slope passes: the encoder would never learn.",
            "plain arithmetic on `mean` and `log_variance`, with no `sample`, `detach` or `no_grad`; "
            "`torch.normal` has no slope along its mean.",
        )
        return
    along_mean, along_logarithm = torch.autograd.grad(codes.sum(), (mean, log_variance), allow_unused=True)
    if along_mean is None or along_logarithm is None:
        name = "mean" if along_mean is None else "log_variance"
        yield wrong(f"No slope passes along `{name}`.", f"use `{name}` itself, not a copy without slopes.")
        return
    wanted = (codes - mean).detach().float() / 2
    if not torch.allclose(along_mean, torch.ones_like(mean), atol=1e-3):
        yield wrong(f"The slope along the mean is {along_mean[0, 0]:.2f}, not 1.", "`mean + std * noise`.")
    elif not torch.allclose(along_logarithm, wanted, atol=1e-3):
        yield wrong(
            f"The slope along the log variance is {along_logarithm[0, 0]:.3f}, not {wanted[0, 0]:.3f}.",
            "`(log_variance / 2).exp() * noise`, where noise depends on nothing.",
        )

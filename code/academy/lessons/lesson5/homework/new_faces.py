"""Task 6: new codes from a normal distribution that has the mean and the covariances of others."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from academy.homework.tasks import Finding, calling, right, wrong

GIVEN, LATENTS = 2_000, 4
DRAWS = 20_000
NEAR = 0.06
"""Of means and covariances in units of the codes' std: eight times what chance moves them by."""


def given_codes() -> torch.Tensor:
    """Make codes in two heaps, with a mean, widths and ties of their own, shape (2000, 4)."""
    chance = torch.Generator().manual_seed(0)
    noise = torch.randn(GIVEN, LATENTS, generator=chance)
    noise[:, 0] = 0.2 * noise[:, 0] + torch.arange(GIVEN).remainder(2).mul(2).sub(1)
    mixing = torch.tensor([[3.0, 0, 0, 0], [2, 2, 0, 0], [0, -1, 0.5, 0], [0.4, 0, 0, 0.3]])
    return noise @ mixing.T + torch.tensor([4.0, -2.0, 0.0, 1.0])


def draws_new_codes(new_codes: Any) -> Iterator[Finding]:
    """Draw many codes, and compare their mean and covariances with those of the codes given."""
    codes = given_codes()
    for count in (1, 7):
        with calling(f"new_codes(codes, {count}) on codes of shape {tuple(codes.shape)}"):
            few = new_codes(codes.clone(), count)
        found = list(form_mistakes(few, count))
        if found:
            yield from found
            return
    with calling(f"new_codes(codes, {DRAWS}) on codes of shape {tuple(codes.shape)}"):
        drawn, again = (tensor_in(new_codes(codes.clone(), DRAWS)) for _ in range(2))
    if drawn is None or again is None or not torch.isfinite(drawn).all():
        yield wrong("Some new codes are not finite.", "a variance below 0 has no root: `clamp(min=0)`.")
        return
    found = list(value_mistakes(drawn, again, codes.double()))
    if found:
        yield from found
        return
    yield right("new codes in each call, with the mean, the variances and the covariances of those given")


def tensor_in(value: Any) -> torch.Tensor | None:
    """Return the numbers of a tensor, an array or a list of rows, float64; None if it is none of numbers."""
    try:
        if isinstance(value, list | tuple):
            value = np.stack([np.asarray(torch.as_tensor(row).detach().cpu()) for row in value])
        return torch.as_tensor(value).detach().cpu().double()
    except (TypeError, ValueError, RuntimeError):
        return None


def form_mistakes(few: Any, count: int) -> Iterator[Finding]:
    """Say why what is returned are not as many codes as asked for."""
    if few is None or few is ...:
        yield wrong("`new_codes` returns nothing.", "end it with `return` and the codes.")
        return
    found = tensor_in(few)
    if found is None or found.shape != (count, LATENTS):
        shape = f"a {type(few).__name__} without numbers" if found is None else f"shape {tuple(found.shape)}"
        yield wrong(
            f"`new_codes(codes, {count})` gives {shape}, not ({count}, {LATENTS}).",
            "a row a code, with as many latents as the codes given: codes, not yet images.",
        )


def value_mistakes(drawn: torch.Tensor, again: torch.Tensor, codes: torch.Tensor) -> Iterator[Finding]:
    """Say in what new codes differ from a normal distribution fitted to the codes given.

    Args:
        drawn: Of one call, shape (draws, latents).
        again: Of another.
        codes: Those given.
    """
    mean, std, covariance = codes.mean(dim=0), codes.std(dim=0), torch.cov(codes.T)
    found_mean, found_covariance = drawn.mean(dim=0), torch.cov(drawn.T)
    if torch.equal(drawn, again):
        yield wrong("Two calls draw the same codes.", "fresh noise in each call, and no seed set inside.")
    elif is_taken(drawn, codes):
        yield wrong(
            "These are codes that were given, drawn once more.",
            "faces that are there already; new ones come from the distribution fitted to them.",
        )
    elif (drawn.std(dim=0) < NEAR * std).all():
        yield wrong("All new codes of a call are the same.", "noise for each: `torch.randn(count, latents)`.")
    elif ((found_mean - mean) / std).abs().max() > NEAR:
        place = int(((found_mean - mean) / std).abs().argmax())
        yield wrong(
            f"The codes given have a mean of {mean[place]:.2f} in latent {place}; new ones have "
            f"{found_mean[place]:.2f}.",
            "that is the prior; draw from where the codes are: their mean and covariances."
            if (found_covariance - torch.eye(LATENTS)).abs().max() < NEAR
            else "add the mean of each latent, once: `codes.mean(dim=0)`.",
        )
    elif not is_near(found_covariance, covariance):
        yield from covariance_mistakes(found_covariance, covariance)
    elif is_in_two_heaps(drawn, codes):
        yield wrong(
            "The new codes lie in the same heaps as those given.",
            "asked is one normal distribution, with their mean and covariances: nothing of single codes "
            "is left in it.",
        )


def covariance_mistakes(found: torch.Tensor, covariance: torch.Tensor) -> Iterator[Finding]:
    """Say which covariance of new codes is another, and which mistake makes it so."""
    widths = covariance.diagonal().sqrt()
    apart = ((found - covariance) / (widths[:, None] * widths)).abs()
    row, column = divmod(int(apart.argmax()), LATENTS)
    name = f"variance of latent {row}" if row == column else f"covariance of latents {row} and {column}"
    values, vectors = torch.linalg.eigh(covariance)
    root = vectors * values.clamp(min=0).sqrt() @ vectors.T
    triangle = torch.linalg.cholesky(covariance)
    slips = {
        "the widths are right, but latents that rise together must do so here: draw along the components, or "
        "with the covariance matrix.": torch.diag(covariance.diagonal()),
        "the spread is that of the prior: times the codes' own std.": torch.eye(LATENTS).double(),
        "noise times the *root* of the variance.": covariance @ covariance.T,
        "noise times the std, not the variance; and latents that rise together must do so here.": torch.diag(
            covariance.diagonal() ** 2
        ),
        "the triangle of `cholesky` stands on the wrong side: `noise @ triangle.T`.": triangle.T @ triangle,
        "the root of the variance twice.": root,
    }
    look = next(
        (said for said, slip in slips.items() if is_near(found, slip)),
        "`mean + (noise * std) @ components` of a PCA, or a normal distribution with "
        "`torch.cov(codes.T)` (of latents, not of faces).",
    )
    yield wrong(f"The {name} is {covariance[row, column]:.2f}; in new codes {found[row, column]:.2f}.", look)


def is_near(found: torch.Tensor, covariance: torch.Tensor) -> bool:
    """Tell whether a covariance is another, in units of that one's own widths."""
    widths = covariance.diagonal().sqrt()
    return bool(((found - covariance) / (widths[:, None] * widths)).abs().max() < NEAR)


def is_taken(drawn: torch.Tensor, codes: torch.Tensor) -> bool:
    """Tell whether new codes are nearly all codes that were given."""
    return torch.cdist(drawn[:200], codes).min(dim=1).values.median().item() < 1e-3


def is_in_two_heaps(drawn: torch.Tensor, codes: torch.Tensor) -> bool:
    """Tell whether hardly any code lies near the middle of the first latent, where a normal one has 24 %."""
    standard = (drawn[:, 0] - codes[:, 0].mean()) / codes[:, 0].std()
    return (standard.abs() < 0.3).double().mean().item() < 0.18

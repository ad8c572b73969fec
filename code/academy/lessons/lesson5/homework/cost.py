"""Task 1: the KL of codes and the loss of a variational autoencoder, as sums."""

import math
from collections.abc import Iterator
from typing import Any

import torch

from academy.homework.tasks import Finding, calling, right, wrong
from academy.nets.autoencoders import STD, Gaussians, gaussian_kl

FACES, LATENTS = 7, 10
BETA = 3.0
"""Of the loss that the check asks for: what has another one shows."""
NEAR = 1e-3
"""Share by which a KL may be off."""
NEAR_LOSS = 1e-5
"""Share by which a loss may be off, which with its constant is large."""
CONSTANT = 3 * 64 * 64 * math.log(STD * math.sqrt(2 * math.pi))
"""Nats a face that a loss may have or leave out: no slope depends on them."""

Slips = dict[str, torch.Tensor]
"""What a mistake gives, by the sentence that mends it."""


def costs(kl: Any, vae_loss: Any) -> Iterator[Finding]:
    """Compare both with the library's on random numbers, and see whether slopes pass."""
    chance = torch.Generator().manual_seed(0)
    mean = torch.randn(FACES, LATENTS, generator=chance)
    log_variance = torch.randn(FACES, LATENTS, generator=chance)
    found = list(kl_mistakes(kl, Gaussians(mean, log_variance)))
    if found:
        yield from found
        return
    yield right("the KL of each face in nats, a sum over its latents; slopes pass")
    images = torch.rand(FACES, 3, 64, 64, generator=chance)
    errors = 0.03 * torch.randn(images.shape, generator=chance)  # so small that the KL weighs beside them
    made = (images + errors).clamp(0.01, 0.99)
    found = list(loss_mistakes(vae_loss, made, images, Gaussians(3 * mean, log_variance)))
    if found:
        yield from found
        return
    yield right(f"the loss with its units: {BETA:g} times the KL, and the pixels' surprise with s = {STD}")


def kl_mistakes(kl: Any, posterior: Gaussians) -> Iterator[Finding]:
    """Say where a KL is another than the library's."""
    mean, log_variance = (each.clone().requires_grad_() for each in posterior)
    with calling(f"kl(mean, log_variance) on two tensors of shape ({FACES}, {LATENTS})"):
        given = kl(mean, log_variance)
    if given is None or given is ...:
        yield wrong("`kl` returns nothing.", "end it with `return` and the nats of each face.")
        return
    if not torch.is_tensor(given):
        yield wrong(f"`kl` returns a {type(given).__name__}, not a tensor.", "slopes pass through tensors.")
        return
    wanted = gaussian_kl(posterior).sum(dim=1)
    if given.shape != wanted.shape:
        yield wrong(
            f"`kl` gives {FACES} faces of {LATENTS} latents shape {tuple(given.shape)}, not ({FACES},).",
            {
                (FACES, LATENTS): "sum over the latents, `.sum(dim=1)`.",
                (): "the sum is over the latents of a face; the faces stay apart: `.sum(dim=1)`.",
                (LATENTS,): "that adds up the faces: `dim=1` are the latents.",
            }.get(tuple(given.shape), "one number a face."),
        )
        return
    if not alike(given, wanted):
        yield wrong(
            f"The first face has a KL of {wanted[0]:.3f} nats; yours is {given[0]:.3f}.",
            look_for(given, kl_slips(posterior))
            or "half of μ² + σ² − log σ² − 1, summed over the latents, where σ² is `log_variance.exp()`.",
        )
        return
    yield from slope_mistakes("kl", given, {"mean": mean, "log_variance": log_variance})


def kl_slips(posterior: Gaussians) -> Slips:
    """Give what usual mistakes make of a KL, shape (count,) each."""
    mean, logarithm = posterior
    terms = mean**2 + logarithm.exp() - logarithm - 1
    squares = (mean**2).sum(dim=1)
    return {
        "that is the mean over the latents: a sum, or the KL is as small as the latents are many.": (
            terms.mean(dim=1) / 2
        ),
        "the half is missing.": terms.sum(dim=1),
        "the sign is turned around: a KL is never below 0.": -terms.sum(dim=1) / 2,
        "`log_variance` is the logarithm of σ², not of σ: σ² is `log_variance.exp()`.": (
            (mean**2 + (2 * logarithm).exp() - 2 * logarithm - 1).sum(dim=1) / 2
        ),
        "`log_variance` is a logarithm already: −log σ² is `-log_variance`, and σ² its `exp()`.": (
            (mean**2 + logarithm - logarithm.log() - 1).sum(dim=1) / 2
        ),
        "σ² is `log_variance.exp()`; as it stands, it and its logarithm cancel.": (squares - LATENTS) / 2,
        "the −1 of each latent is missing: the prior itself must cost 0.": (terms + 1).sum(dim=1) / 2,
        "the mean is to be squared.": (terms - mean**2 + mean).sum(dim=1) / 2,
        "−log σ², not +: a smaller cloud says more and costs more.": ((terms + 2 * logarithm).sum(dim=1) / 2),
        "that is the KL of the prior from the cloud; asked is that of the cloud from the prior.": (
            (logarithm + (1 + mean**2) / logarithm.exp() - 1).sum(dim=1) / 2
        ),
    }


def loss_mistakes(
    vae_loss: Any, made: torch.Tensor, images: torch.Tensor, posterior: Gaussians
) -> Iterator[Finding]:
    """Say where a loss is another than by its definition; the constant may be there or not."""
    given_made, mean, log_variance = (each.clone().requires_grad_() for each in (made, *posterior))
    with calling(f"vae_loss(made, images, mean, log_variance, beta={BETA:g}) on {FACES} faces"):
        given = vae_loss(given_made, images.clone(), mean, log_variance, beta=BETA)
    if given is None or given is ...:
        yield wrong("`vae_loss` returns nothing.", "end it with `return` and one number.")
        return
    if not torch.is_tensor(given) or given.numel() != 1:
        shape = f"shape {tuple(given.shape)}" if torch.is_tensor(given) else type(given).__name__
        yield wrong(
            f"`vae_loss` returns {shape}, not a tensor of one number.",
            "the mean over the faces, and only over them, comes last: `.mean()`. `backward` needs it as "
            "a tensor.",
        )
        return
    surprise = ((made - images) ** 2).flatten(1).sum(dim=1) / (2 * STD**2)
    wanted = (surprise + BETA * gaussian_kl(posterior).sum(dim=1)).mean()
    if not any(alike(given, wanted + constant, NEAR_LOSS) for constant in (0, CONSTANT)):
        yield wrong(
            f"The loss of {FACES} faces at β = {BETA:g} is {wanted:,.1f} nats a face, or "
            f"{wanted + CONSTANT:,.1f} with the constant; yours is {given.item():,.1f}.",
            look_for_loss(given, made, images, posterior),
        )
        return
    yield from slope_mistakes(
        "vae_loss", given, {"made": given_made, "mean": mean, "log_variance": log_variance}
    )


def look_for_loss(given: torch.Tensor, made: torch.Tensor, images: torch.Tensor, posterior: Gaussians) -> str:
    """Say which mistake in the pixels' part, in the codes' part or in both gives a loss."""
    sums = [
        (" And ".join(filter(None, [pixels_look, codes_look])), pixels_part + codes_part + constant)
        for pixels_look, pixels_part in pixel_slips(made, images).items()
        for codes_look, codes_part in code_slips(posterior).items()
        for constant in (0.0, CONSTANT)
    ]
    look, nearest = min(sums, key=lambda pair: abs(given.item() - pair[1].item()))
    if alike(given, nearest, NEAR_LOSS):
        return look
    return (
        "for each face the sum of all squared errors over 2s², plus β times its KL; "
        "then the mean over the faces."
    )


def pixel_slips(made: torch.Tensor, images: torch.Tensor) -> Slips:
    """Give what is made of the pixels' part: rightly, under no sentence, and by usual mistakes."""
    squares = (made - images) ** 2
    right_part = squares.sum() / (2 * STD**2) / FACES
    crossed = -(images * made.log() + (1 - images) * (1 - made).log()).sum() / FACES
    numbers = images[0].numel()
    return {
        "": right_part,
        f"1/2s² = {1 / (2 * STD**2):.0f} is missing, and the squared errors are averaged: as it stands, β is "
        f"{numbers / (2 * STD**2):,.0f} times too large. `.flatten(1).sum(dim=1)`.": squares.mean(),
        f"the squared errors are averaged over the {numbers:,} numbers of a face: sum them, "
        "`.flatten(1).sum(dim=1)`.": right_part / numbers,
        f"the sum of squared errors is to be divided by 2s²: times {1 / (2 * STD**2):.0f}.": (
            squares.sum() / FACES
        ),
        "the half of the squared errors is missing: 2s², not s².": 2 * right_part,
        f"s = {STD} is missing: the squared errors are to be divided by 2s², not by 2.": (
            squares.sum() / 2 / FACES
        ),
        "β multiplies the KL alone, not the squared errors.": BETA * right_part,
        "divide by 2s²: that is divided by 2s.": squares.sum() / (2 * STD) / FACES,
        "the pixels' part is summed over the faces, too: there the mean is taken.": FACES * right_part,
        "the pixels' part is missing.": torch.zeros(()),
        "that is the cross-entropy of pixels; asked is the squared error.": crossed,
        "absolute errors; asked are squared ones.": (made - images).abs().sum() / (2 * STD**2) / FACES,
    }


def code_slips(posterior: Gaussians) -> Slips:
    """Give what is made of the codes' part: rightly, under no sentence, and by usual mistakes."""
    divergence = gaussian_kl(posterior).sum(dim=1).mean()
    return {
        "": BETA * divergence,
        "β is forgotten: it multiplies the KL.": divergence,
        "the KL is averaged over the latents: sum it.": BETA * divergence / LATENTS,
        "the KL is averaged over the latents, and β is forgotten.": divergence / LATENTS,
        "the KL is summed over the faces, too: there the mean is taken.": BETA * FACES * divergence,
        "the KL is summed over the faces, too, and β is forgotten.": FACES * divergence,
        "the half of the KL is missing.": 2 * BETA * divergence,
        "the KL is to be added: it is a cost.": -BETA * divergence,
        "the KL is missing.": torch.zeros(()),
        "β divides the KL; it multiplies it.": divergence / BETA,
    }


def alike(one: torch.Tensor, other: torch.Tensor, near: float = NEAR) -> bool:
    """Tell whether numbers are the same but for a share; what is no number is like its kind."""
    return torch.allclose(one.detach().double(), other.double(), rtol=near, atol=1e-3, equal_nan=True)


def look_for(given: torch.Tensor, slips: Slips) -> str:
    """Return the sentence of the mistake that gives these numbers; nothing if none does."""
    return next((look for look, slip in slips.items() if alike(given, slip)), "")


def slope_mistakes(name: str, given: torch.Tensor, inputs: dict[str, torch.Tensor]) -> Iterator[Finding]:
    """Say along which input no slope passes."""
    slopes = (
        torch.autograd.grad(given.sum(), [*inputs.values()], allow_unused=True)
        if given.requires_grad
        else [None] * len(inputs)
    )
    for each, slope in zip(inputs, slopes):
        if slope is None:
            yield wrong(
                f"What `{name}` returns has no slope along `{each}`.",
                "compute with tensors throughout: no `.item()`, `.detach()` or `no_grad`.",
            )
            return

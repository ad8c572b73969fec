"""The two models that are handed in, asked by what any variational autoencoder has: encoder and decoder."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from academy.homework.tasks import Finding, calling, wrong
from academy.lessons.lesson5.faces import pixels
from academy.nets.autoencoders import Gaussians

AT_ONCE = 250
"""Faces in a batch."""
LEAST_LATENTS = 8
ORDINALS = ("first", "second")


def two_models(models: Any) -> list[nn.Module] | None:
    """Return both models of a row or a dict; None if there are no two networks with encoder and decoder."""
    if isinstance(models, dict):
        models = list(models.values())
    if not isinstance(models, list | tuple | nn.ModuleList) or len(models) != 2:
        return None
    has_both = (callable(getattr(each, "encoder", None)) and callable(each.decoder) for each in models)
    try:
        return list(models) if all(has_both) else None
    except AttributeError:  # an encoder, and no decoder
        return None


def device_of(model: Any) -> torch.device:
    """Say where a model is, by the first of its parameters."""
    parts = [model, model.encoder, model.decoder]
    found = [each for part in parts if isinstance(part, nn.Module) for each in part.parameters()]
    return found[0].device if found else torch.device("cpu")


@torch.no_grad()
def posterior_of(model: Any, images: torch.Tensor) -> Gaussians:
    """Give the clouds of faces as the model has them, on the CPU.

    Args:
        model: Its encoder gives means and log variances side by side, or as a pair.
        images: Shape (count, 3, 64, 64), uint8.
    """
    device, parts = device_of(model), []
    with calling("model.encoder(images)"):
        for batch in images.split(AT_ONCE):
            given = model.encoder(pixels(batch.to(device)))
            mean, log_variance = given.chunk(2, dim=1) if torch.is_tensor(given) else given
            parts.append((mean.float().cpu(), log_variance.float().cpu()))
    means, log_variances = zip(*parts)
    return Gaussians(torch.cat(means), torch.cat(log_variances))


@torch.no_grad()
def images_of(model: Any, codes: torch.Tensor) -> torch.Tensor:
    """Give the images of codes, float from 0 to 1, on the CPU."""
    device = device_of(model)
    with calling("model.decoder(codes)"):
        parts = [model.decoder(batch.to(device)).float().cpu() for batch in codes.split(AT_ONCE)]
    return torch.cat(parts)


def model_mistakes(models: Any, images: torch.Tensor) -> Iterator[Finding]:
    """Say why what is handed in are no two models at rest.

    Args:
        models: As the student gives them.
        images: Two or more faces, uint8.
    """
    pair = two_models(models)
    if pair is None:
        yield wrong(
            f"`models` is {type(models).__name__} without two models that have `encoder` and `decoder`.",
            "`models = [first, second]`, both of the class `VAE`.",
        )
        return
    if pair[0] is pair[1]:
        yield wrong("Both models are one and the same.", "train two, each from `VAE(…)` of its own.")
        return
    for ordinal, model in zip(ORDINALS, pair):
        parts = [part for part in (model, model.encoder, model.decoder) if isinstance(part, nn.Module)]
        if any(layer.training for part in parts for layer in part.modules()):
            yield wrong(
                f"The {ordinal} model is in training mode.",
                "`model.eval()` when it is trained: else a face's code depends on its neighbors in the "
                "batch.",
            )
            return
        mean, log_variance = posterior_of(model, images)
        made = images_of(model, mean)
        if mean.shape != log_variance.shape or made.shape != images.shape:
            yield wrong(
                f"The {ordinal} model turns {len(images)} faces into codes of shape {tuple(mean.shape)} and "
                f"images of shape {tuple(made.shape)}.",
                "the encoder gives 2 · latents numbers, the decoder takes latents.",
            )
            return
        if mean.shape[1] < LEAST_LATENTS:
            yield wrong(
                f"The {ordinal} model has {mean.shape[1]} latents.",
                f"{LEAST_LATENTS} or more: eight sliders are asked for.",
            )
            return
        if not torch.isfinite(made).all() or not torch.isfinite(log_variance).all():
            yield wrong(
                f"Some numbers of the {ordinal} model are not finite.",
                "its training went to pieces: a smaller learning rate, or one-cycle.",
            )
            return
    if same_answers(pair, images):
        yield wrong(
            "Both models give every face the same code: their weights are the same.",
            "does the training use what you change? Without it, the same seed gives the same weights. Two "
            "models that share an encoder are trained together, too.",
        )


def same_answers(pair: list[nn.Module], images: torch.Tensor) -> bool:
    """Tell whether two models give faces the same codes."""
    first, second = (posterior_of(model, images).mean for model in pair)
    return first.shape == second.shape and torch.equal(first, second)

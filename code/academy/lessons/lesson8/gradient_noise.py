"""How much the gradient of attention's parameters varies: of a soft choice, and of the score function."""

from collections.abc import Callable
from typing import Literal, NamedTuple

import torch

from academy.lessons.lesson8.caption_scenes import Scenes
from academy.lessons.lesson8.caption_training import (
    Captioned,
    Captioner,
    batches,
    cross_entropy,
    log_chances,
    surrogate,
    to_come,
)
from academy.lessons.lesson8.caption_words import counted
from academy.lessons.lesson8.captioners import ShowAttendTell

ESTIMATORS = ("soft", "hard", "hard with baseline")

Loss = Callable[[Captioner, Captioned], torch.Tensor]


class Noise(NamedTuple):
    """What a number of gradient estimates have in common, and how they differ."""

    variance: float
    """The sum over parameters of the variance of an estimate."""
    signal: float
    """The squared length of the mean gradient, less what the noise adds to it."""


def noise(
    model: ShowAttendTell, estimator: str, scenes: Scenes, count: int, batch_size: int, seed: int
) -> Noise:
    """Estimate the gradient of the attention's parameters again and again, at the same parameters.

    Args:
        model: Its parameters are used; whether its own attention is soft or hard does not matter.
        estimator: One of ``ESTIMATORS``. Each estimate has a batch of its own, and under hard attention
            places of its own.
        scenes: Where batches are drawn from.
        count: Number of estimates.
        batch_size: Pictures in an estimate.
        seed: Of the batches and of the places.
    """
    same = of_kind(model, "soft" if estimator == "soft" else "hard")
    torch.manual_seed(seed)
    source = batches(scenes, batch_size, seed)
    loss = cross_entropy if estimator == "soft" else hard_loss(baseline(same, scenes, estimator))
    found = torch.stack([gradient(loss, same, next(source)) for _ in range(count)])  # (count, parameters)
    variance = found.var(dim=0).sum().item()
    return Noise(variance, found.mean(dim=0).square().sum().item() - variance / count)


def of_kind(model: ShowAttendTell, kind: Literal["soft", "hard"]) -> ShowAttendTell:
    """Make a captioner with the same parameters, in training mode."""
    same = ShowAttendTell(kind)
    same.load_state_dict(model.state_dict())
    return same.train()


@torch.no_grad()
def baseline(model: ShowAttendTell, scenes: Scenes, estimator: str) -> torch.Tensor:
    """Give the mean reward to come at each step, shape (steps,), or 0 for the estimator without it."""
    if estimator == "hard":
        return torch.tensor(0.0)
    batch = next(batches(scenes, 256, seed=1000))
    return to_come(log_chances(model(batch.pictures, batch.so_far), batch.words)).mean(dim=0)


def hard_loss(baseline: torch.Tensor) -> Loss:
    """Make the loss whose gradient is the score-function estimate, a word."""

    def loss(model: Captioner, batch: Captioned) -> torch.Tensor:
        told = model(batch.pictures, batch.so_far)
        return -surrogate(told, batch.words, baseline).sum() / counted(batch.words).sum()

    return loss


def gradient(loss: Loss, model: ShowAttendTell, batch: Captioned) -> torch.Tensor:
    """Give the gradient of the attention's parameters in one row."""
    found = torch.autograd.grad(loss(model, batch), list(model.attention.parameters()))
    return torch.cat([part.flatten() for part in found])

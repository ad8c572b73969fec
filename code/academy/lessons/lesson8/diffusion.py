"""Diffusion: how data turn into noise step by step, and what a network learns in order to go back.

Sources: J. Sohl-Dickstein and others, *Deep unsupervised learning using nonequilibrium thermodynamics*, 2015,
arXiv:1503.03585; J. Ho and others, *Denoising diffusion probabilistic models*, 2020, arXiv:2006.11239.
"""

import math
from collections.abc import Callable

import torch

STEPS = 100
"""From data, at time 0, to noise."""
LAST_ANGLE = 0.99 * math.pi / 2
"""Of the last step: a little of the data is left, so that no step divides by zero."""
DROPPED = 0.15
"""Share of the examples that are trained without their condition."""

Denoiser = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]
"""Tells noise from noisy data (count, size), times (count,), int64, and conditions (count, width)."""


def alpha_bars(steps: int = STEPS) -> torch.Tensor:
    """Give the share of the data's variance that is left at each time: a squared cosine.

    Args:
        steps: From data to noise.

    Returns:
        Shape (steps + 1,), float64; the first is 1, for no noise.

    Source: A. Nichol and P. Dhariwal, *Improved denoising diffusion probabilistic models*, 2021,
    arXiv:2102.09672; theirs is cut off at the other end, too.
    """
    return torch.linspace(0, LAST_ANGLE, steps + 1, dtype=torch.float64).cos().square()


def scales(times: torch.Tensor, like: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Give the factors of data and of noise at some times.

    Args:
        times: Shape (count,), int64, from 0 to ``STEPS``.
        like: Has the type of number that is wanted.

    Returns:
        Two tensors of shape (count, 1); their squares sum to 1.
    """
    left = alpha_bars()[times, None]
    return left.sqrt().to(like.dtype), (1 - left).sqrt().to(like.dtype)


def noised(data: torch.Tensor, noise: torch.Tensor, times: torch.Tensor) -> torch.Tensor:
    """Take data forward to some times in one go.

    Args:
        data: Shape (count, size).
        noise: Drawn from a standard normal distribution, of the same shape.
        times: Shape (count,), int64, from 0 to ``STEPS``.

    Returns:
        Shape (count, size).
    """
    data_scale, noise_scale = scales(times, data)
    return data_scale * data + noise_scale * noise


def noise_loss(
    denoiser: Denoiser, data: torch.Tensor, conditions: torch.Tensor, generator: torch.Generator | None = None
) -> torch.Tensor:
    """Noise data to times drawn at random, and give the squared error of the noise told, divided by ᾱ.

    That is the error of the noise plus that of the data that follow from it. Of the conditions ``DROPPED``,
    drawn at random, become zeros, which stand for none.

    Args:
        denoiser: Tells the noise.
        data: Shape (count, size).
        conditions: Shape (count, width).
        generator: Source of chance; PyTorch's global one by default.
    """
    times = torch.randint(1, STEPS + 1, data.shape[:1], generator=generator)
    noise = torch.randn(data.shape, generator=generator, dtype=data.dtype)
    kept = torch.rand(len(data), 1, generator=generator) >= DROPPED
    data_scale, _ = scales(times, data)
    told = denoiser(noised(data, noise, times), times, conditions * kept)
    return ((told - noise) / data_scale).square().mean()

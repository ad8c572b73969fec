"""From noise to data: deterministic steps, and guidance that leans toward the condition.

Sources: J. Song and others, *Denoising diffusion implicit models*, 2021, arXiv:2010.02502; J. Ho and
T. Salimans, *Classifier-free diffusion guidance*, 2022, arXiv:2207.12598.
"""

from itertools import pairwise

import torch

from academy.lessons.lesson8.diffusion import STEPS, Denoiser, scales

SAMPLING_STEPS = 50
"""Of the ``STEPS`` of training, every second."""


def guided(
    denoiser: Denoiser, noisy: torch.Tensor, times: torch.Tensor, conditions: torch.Tensor, weight: float
) -> torch.Tensor:
    """Tell the noise without the condition, and go ``weight`` times the way to what is told with it.

    Args:
        denoiser: Tells the noise; zeros as a condition stand for none.
        noisy: Shape (count, size).
        times: Shape (count,), int64.
        conditions: Shape (count, width).
        weight: 0 leaves the condition out, 1 takes what was trained, more leans further.

    Returns:
        Shape (count, size).
    """
    both = torch.cat([torch.zeros_like(conditions), conditions])
    without, told = denoiser(noisy.repeat(2, 1), times.repeat(2), both).chunk(2)
    return without + weight * (told - without)


def step_back(noisy: torch.Tensor, noise: torch.Tensor, time: int, earlier: int) -> torch.Tensor:
    """Take the noise out, and put the same noise back as it is at an earlier time.

    Args:
        noisy: Shape (count, size).
        noise: What is taken for its noise, of the same shape.
        time: Of ``noisy``.
        earlier: From 0 to ``time`` − 1.

    Returns:
        Shape (count, size).
    """
    data_scale, noise_scale = scales(torch.tensor([time]), noisy)
    earlier_data_scale, earlier_noise_scale = scales(torch.tensor([earlier]), noisy)
    data = (noisy - noise_scale * noise) / data_scale
    return earlier_data_scale * data + earlier_noise_scale * noise


@torch.no_grad()
def generated(
    denoiser: Denoiser,
    noise: torch.Tensor,
    conditions: torch.Tensor,
    weight: float = 1.0,
    steps: int = SAMPLING_STEPS,
) -> torch.Tensor:
    """Turn noise into data; the same noise gives the same data.

    Args:
        denoiser: Tells the noise.
        noise: Drawn from a standard normal distribution, shape (count, size).
        conditions: Shape (count, width).
        weight: Of the guidance.
        steps: How many, at most ``STEPS``.

    Returns:
        What each step left, the noise first and the data last, shape (steps + 1, count, size).

    Raises:
        ValueError: If there are more steps than were trained.
    """
    if not 1 <= steps <= STEPS:
        raise ValueError(f"{steps} steps are asked for: choose from 1 to the {STEPS} of the training")
    times = torch.linspace(STEPS, 0, steps + 1).round().long().tolist()
    states = [noise]
    for time, earlier in pairwise(times):
        at = torch.full(noise.shape[:1], time)
        told = guided(denoiser, states[-1], at, conditions, weight)
        states.append(step_back(states[-1], told, time, earlier))
    return torch.stack(states)

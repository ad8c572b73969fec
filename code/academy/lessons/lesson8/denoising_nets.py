"""Networks that tell noise: multilayer perceptrons that are told the time and the condition."""

import torch
from torch import nn

from academy.lessons.lesson8.diffusion import STEPS, scales
from academy.nets.positions import sinusoidal

TIME_WIDTH = 64
"""Numbers that stand for a time: Lesson 7's sines and cosines of a place."""


class ResidualBlock(nn.Module):
    """Adds to a state what a small network makes of it and of the context."""

    def __init__(self, width: int) -> None:
        """Draw the first weights."""
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.enter = nn.Linear(width, width)
        self.leave = nn.Linear(width, width)

    def forward(self, state: torch.Tensor, context: torch.Tensor) -> torch.Tensor:
        """Take both of shape (count, width), and give the next state."""
        hidden = nn.functional.silu(self.enter(self.norm(state)) + context)
        change: torch.Tensor = self.leave(hidden)
        return state + change


class DenoisingNet(nn.Module):
    """Tells the noise in rows of numbers; all that it knows beside them comes in as one context.

    At late times what is seen is all but noise. So the noise is what is seen, scaled, plus a correction that
    fades; then the guess of the data stays finite.

    Source: T. Salimans and J. Ho, *Progressive distillation for fast sampling of diffusion models*, 2022,
    arXiv:2202.00512, where the correction is called v.
    """

    times: torch.Tensor

    def __init__(self, size: int, condition_width: int, width: int, blocks: int) -> None:
        """Draw the first weights.

        Args:
            size: Numbers in a row of data.
            condition_width: Numbers in a condition.
            width: Of the states.
            blocks: How many follow each other.
        """
        super().__init__()
        self.register_buffer("times", sinusoidal(STEPS + 1, TIME_WIDTH), persistent=False)
        self.from_data = nn.Linear(size, width)
        self.from_time = nn.Linear(TIME_WIDTH, width)
        self.from_condition = nn.Linear(condition_width, width, bias=False)
        self.blocks = nn.ModuleList(ResidualBlock(width) for _ in range(blocks))
        self.norm = nn.LayerNorm(width)
        self.to_correction = nn.Linear(width, size)

    def forward(self, noisy: torch.Tensor, times: torch.Tensor, conditions: torch.Tensor) -> torch.Tensor:
        """Tell the noise.

        Args:
            noisy: Shape (count, size).
            times: Shape (count,), int64, from 1 to ``STEPS``.
            conditions: Shape (count, condition_width); zeros stand for none.

        Returns:
            Shape (count, size).
        """
        context = self.from_time(self.times[times]) + self.from_condition(conditions)
        state = self.from_data(noisy)
        for block in self.blocks:
            state = block(state, context)
        correction: torch.Tensor = self.to_correction(self.norm(state))
        data_scale, noise_scale = scales(times, noisy)
        return noise_scale * noisy + data_scale * correction

"""Recurrent nets: one state that goes through a sequence, step by step."""

from typing import NamedTuple

import torch
from torch import nn


class RNN(nn.Module):
    """The simple recurrent net: the next state is tanh of a linear layer of the input and of the last state.

    Source: J. Elman, *Finding structure in time*, 1990.
    """

    def __init__(self, inputs: int, hidden: int) -> None:
        """Make the two linear layers.

        Args:
            inputs: Numbers in an input.
            hidden: Numbers in the state.
        """
        super().__init__()
        self.hidden = hidden
        self.from_input = nn.Linear(inputs, hidden)
        self.from_state = nn.Linear(hidden, hidden)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Give the state after each step, from inputs of shape (count, length, inputs).

        Returns:
            Shape (count, length, hidden); the state before the first step is zero.
        """
        state = inputs.new_zeros(len(inputs), self.hidden)
        states = []
        for step in inputs.unbind(dim=1):  # (count, inputs)
            state = (self.from_input(step) + self.from_state(state)).tanh()
            states.append(state)
        return torch.stack(states, dim=1)


class Gates(NamedTuple):
    """What an LSTM did at each step, each of shape (count, length, hidden)."""

    input: torch.Tensor
    """How much of the new is let in, from 0 to 1."""
    forget: torch.Tensor
    """How much of the cell stays, from 0 to 1."""
    candidate: torch.Tensor
    """The new, from −1 to 1."""
    output: torch.Tensor
    """How much of the cell is shown, from 0 to 1."""
    cell: torch.Tensor
    """What is remembered after the step."""


class LSTM(nn.Module):
    """Long short-term memory: a cell that is added to, and gates that say how much stays, enters and shows.

    Source: S. Hochreiter and J. Schmidhuber, *Long short-term memory*, 1997; the forget gate is from
    F. Gers and others, *Learning to forget*, 2000.
    """

    def __init__(self, inputs: int, hidden: int) -> None:
        """Make the two linear layers, each for three gates and the candidate.

        Args:
            inputs: Numbers in an input.
            hidden: Numbers in the state, and as many in the cell.
        """
        super().__init__()
        self.hidden = hidden
        self.from_input = nn.Linear(inputs, 4 * hidden)
        self.from_state = nn.Linear(hidden, 4 * hidden)

    def forward(self, inputs: torch.Tensor) -> tuple[torch.Tensor, Gates]:
        """Give the state after each step, from inputs of shape (count, length, inputs), and the gates.

        Returns:
            States, shape (count, length, hidden), and what led to them; both begin at zero.
        """
        state = cell = inputs.new_zeros(len(inputs), self.hidden)
        states, gates = [], []
        for step in inputs.unbind(dim=1):  # (count, inputs)
            parts = (self.from_input(step) + self.from_state(state)).chunk(4, dim=1)
            enter, stay, show = (parts[which].sigmoid() for which in (0, 1, 3))
            candidate = parts[2].tanh()
            cell = stay * cell + enter * candidate
            state = show * cell.tanh()
            states.append(state)
            gates.append(Gates(enter, stay, candidate, show, cell))
        return torch.stack(states, dim=1), Gates(*(torch.stack(each, dim=1) for each in zip(*gates)))

"""The solved notebook of Homework 1, and networks built unlike ours."""

import homework_notebooks
import pytest
import torch
from academy.data.plane import spirals
from academy.learn.ensembles import train_together
from torch import nn


@pytest.fixture(scope="session", params=[homework_notebooks.together("homework1")])
def names(request, solved):
    """The names that the solved notebook leaves."""
    return solved(request.param).names


@pytest.fixture(autouse=True)
def seed():
    """Each test draws the same random numbers, whichever ran before it."""
    torch.manual_seed(0)


class ByHand(nn.Module):
    """A network of plain tensors: inputs times matrix, softsign written out, one number a point."""

    def __init__(self, units):
        super().__init__()
        self.enter = nn.Parameter(torch.randn(2, units))
        self.offsets = nn.Parameter(torch.zeros(units))
        self.leave = nn.Parameter(torch.randn(units, 1) / units)
        self.offset = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        sums = x @ self.enter + self.offsets
        return (torch.tanh(sums) @ self.leave + self.offset).squeeze(1)


@pytest.fixture
def by_hand():
    """Makes a network of plain tensors with so many hidden units."""
    return ByHand


@pytest.fixture(scope="session")
def trained_by_hand(spiral):
    """A network of plain tensors that has learned the spiral."""
    torch.manual_seed(0)
    nets = [ByHand(6) for _ in range(8)]
    losses = train_together(nets, *spiral, 1000, 0.03)
    return nets[losses[-1].argmin()]


@pytest.fixture(scope="session")
def spiral():
    """Points of the spiral, and their labels as numbers."""
    points, labels = spirals(640, generator=torch.Generator().manual_seed(3))
    return points, labels.float()

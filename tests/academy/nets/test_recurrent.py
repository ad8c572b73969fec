"""Recurrent nets from scratch, against PyTorch's in values and gradients."""

import pytest
import torch
from academy.lessons.lesson7.library import take_recurrent
from academy.nets.recurrent import LSTM, RNN
from torch import nn

EXACT = {"rtol": 0.0, "atol": 1e-10}


@pytest.fixture
def inputs():
    torch.manual_seed(0)
    return torch.randn(3, 20, 4, dtype=torch.float64, requires_grad=True)


@pytest.mark.parametrize(("kind", "library"), [(RNN, nn.RNN), (LSTM, nn.LSTM)])
def test_states_and_gradients_are_those_of_pytorch(kind, library, inputs):
    ours, theirs = kind(4, 6).double(), library(4, 6, batch_first=True).double()
    take_recurrent(ours, theirs)
    own = ours(inputs) if kind is RNN else ours(inputs)[0]
    other, _ = theirs(inputs)
    torch.testing.assert_close(own, other, **EXACT)
    told = torch.randn_like(own)
    torch.testing.assert_close(
        *(torch.autograd.grad(states, inputs, told, retain_graph=True)[0] for states in (own, other)), **EXACT
    )
    for states in (own, other):
        states.backward(told, retain_graph=True)
    torch.testing.assert_close(ours.from_state.weight.grad, theirs.weight_hh_l0.grad, **EXACT)


def test_gates_are_those_that_lead_from_cell_to_cell(inputs):
    states, gates = LSTM(4, 6).double()(inputs)
    before = torch.cat([torch.zeros(3, 1, 6), gates.cell[:, :-1]], dim=1)
    torch.testing.assert_close(gates.cell, gates.forget * before + gates.input * gates.candidate)
    torch.testing.assert_close(states, gates.output * gates.cell.tanh())
    assert all(((gate > 0) & (gate < 1)).all() for gate in (gates.input, gates.forget, gates.output))


def test_the_last_cell_of_pytorch_is_ours(inputs):
    ours, theirs = LSTM(4, 6).double(), nn.LSTM(4, 6, batch_first=True).double()
    take_recurrent(ours, theirs)
    torch.testing.assert_close(ours(inputs)[1].cell[:, -1], theirs(inputs)[1][1][0], **EXACT)


def test_two_steps_by_hand():
    net = RNN(1, 1)
    for parameter, value in zip(net.parameters(), (0.5, 0.0, 2.0, 0.1)):
        nn.init.constant_(parameter, value)
    states = net(torch.tensor([[[1.0], [-1.0]]]))  # tanh(0.6), then tanh(−0.4 + 2 · 0.5370)
    torch.testing.assert_close(states, torch.tensor([[[0.5370], [0.5876]]]), rtol=0, atol=1e-4)

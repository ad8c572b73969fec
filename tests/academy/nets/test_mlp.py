import pytest
import torch
from academy.nets.mlp import mlp
from torch import nn


def test_a_net_computes_what_its_layers_compute():
    net = mlp([2, 3, 1], nn.Tanh)
    points = torch.randn(5, 2)
    by_hand = (points @ net[0].weight.T + net[0].bias).tanh() @ net[2].weight.T + net[2].bias
    torch.testing.assert_close(net(points), by_hand)


@pytest.mark.parametrize(("widths", "count"), [([2, 8, 8, 1], 105), ([2, 8, 1], 33), ([2, 1], 3)])
def test_the_number_of_parameters_is_that_of_the_formula(widths, count):
    assert sum(parameter.numel() for parameter in mlp(widths).parameters()) == count


def test_a_single_width_is_refused():
    with pytest.raises(ValueError, match=r"\[2\]"):
        mlp([2])

"""Task 7: deep networks with a fault each, and one built unlike ours."""

import pytest
import torch
from academy.learn.ensembles import train_together
from academy.lessons.lesson1.homework import homework
from academy.nets.deepened import deepened
from academy.nets.mlp import mlp
from torch import nn

pytestmark = pytest.mark.slow


def hidden_without_bends(names):
    """A chain of linear layers without activation before the output: more layers, no more bends."""
    net = names["shallow_net"]
    width = net[-1].in_features
    between = [nn.Linear(width, width) for _ in range(9)]
    with torch.no_grad():
        for layer in between:
            layer.weight.copy_(torch.eye(width))
            layer.bias.zero_()
    return {"deep_net": nn.Sequential(*net[:-1], *between, net[-1])}


def one_layer_short(names):
    deep = names["deep_net"]
    return {"deep_net": nn.Sequential(*deep[:-3], deep[-1])}


WRONG = [
    (one_layer_short, "has 9 hidden layers"),
    (hidden_without_bends, "No activation follows layer 2, layer 3"),
    (lambda names: {"deep_net": deepened(names["first_net"], extra=9)}, "a ReLU cuts off what is negative"),
    (lambda names: {"deep_net": mlp([2, *[4] * 10, 1])}, "nearly the same answer"),
    (lambda names: {"deep_net": mlp([2, *[8] * 10, 1])}, "80 hidden units"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_wrong_networks_are_caught_each_with_a_sentence_that_helps(names, answers, helps):
    found = homework.result(7, answers(names))
    assert not found.solved
    assert helps in str(found)


def test_a_right_network_built_differently_is_accepted(spiral):
    nets = [mlp([2, 8, 2, 1]) for _ in range(12)]
    losses = train_together(nets, *spiral, 800, 0.01)
    deep = deepened(nets[losses[-1].argmin()], extra=8)
    nested = nn.ModuleDict({"all": nn.Sequential(nn.Sequential(*deep[:7]), nn.Sequential(*deep[7:]))})["all"]
    found = homework.result(7, {"deep_net": nested})
    assert found.solved, str(found)

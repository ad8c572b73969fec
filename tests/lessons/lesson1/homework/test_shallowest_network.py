"""Task 6: shallow networks with a fault each, and one built unlike ours."""

import pytest
from academy.lessons.lesson1.homework import homework
from academy.nets.mlp import mlp
from torch import nn

pytestmark = pytest.mark.slow


class Negative(nn.Module):
    """A network that swaps the classes."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return -self.net(x)


class WithLayersInAList(nn.Module):
    """A network with one layer that PyTorch knows of, and two in a plain list."""

    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(2, 8), nn.Linear(8, 1)
        self.between = [nn.Linear(8, 30), nn.Linear(30, 8)]

    def forward(self, x):
        x = self.first(x).tanh()
        for layer in self.between:
            x = layer(x).tanh()
        return self.last(x)


def ending_in_a_sigmoid(names):
    return {"shallow_net": nn.Sequential(*names["shallow_net"], nn.Sigmoid())}


WRONG = [
    (lambda names: {"shallow_net": mlp([2, 6, 1])}, "was it trained"),
    (ending_in_a_sigmoid, "leave out the sigmoid"),
    (lambda names: {"shallow_net": Negative(names["shallow_net"])}, "swaps their names"),
    (lambda names: {"shallow_net": names["second_net"]}, "has 2 hidden layers, [4, 4], not 1"),
    (lambda names: {"shallow_net": mlp([2, 200, 1])}, "200 hidden units and 801 parameters; at most 8"),
    (lambda names: {"shallow_net": mlp([2, 4, 2])}, "into one number each"),
    (
        lambda names: {"shallow_net": WithLayersInAList()},
        "with 518 numbers beyond its parameters",  # (8 + 1) · 30 + (30 + 1) · 8
    ),
    (lambda names: {"shallow_net": mlp([2, 1, 1])}, "has 1 hidden unit and 5 parameters"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_wrong_networks_are_caught_each_with_a_sentence_that_helps(names, answers, helps):
    found = homework.result(6, answers(names))
    assert not found.solved
    assert helps in str(found)


def test_a_right_network_built_differently_is_accepted(trained_by_hand):
    found = homework.result(6, {"shallow_net": trained_by_hand})
    assert found.solved, str(found)

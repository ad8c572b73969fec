"""Task 2: nets built with a fault each, and right ones unlike ours."""

import itertools

import pytest
from academy.nets.mlp import mlp
from torch import nn


def build(hidden, activation, *, fault=None):
    """A net from its description, with a fault."""
    widths, layers = [784, *hidden, 10], []
    for inputs, outputs in itertools.pairwise(widths):
        linear = nn.Linear(inputs, outputs)
        if fault == "zeros":
            nn.init.zeros_(linear.weight)
        elif fault == "variance for spread":
            nn.init.normal_(linear.weight, 0, 2 / inputs)
        elif fault == "outputs for inputs":
            nn.init.normal_(linear.weight, 0, (2 / outputs) ** 0.5)
        elif fault == "ones":
            nn.init.normal_(linear.weight, 0, 1)
        elif fault != "default":
            nn.init.kaiming_normal_(linear.weight)
        layers += [linear, nn.ReLU() if fault == "always ReLU" else activation()]
    if fault == "always tanh":
        layers = [nn.Tanh() if isinstance(layer, nn.ReLU) else layer for layer in layers]
    if fault == "bent logits":
        return nn.Sequential(*layers)
    if fault == "softmax":
        return nn.Sequential(*layers[:-1], nn.Softmax(dim=1))
    if fault == "one bend":
        return nn.Sequential(*layers[0::2][:-1], activation(), layers[-2])
    if fault == "nine":
        return nn.Sequential(*layers[:-2], nn.Linear(widths[-2], 9))
    return nn.Sequential(*layers[:-1])


def one_layer_for_all(hidden, activation):
    """Hidden layers of one width made as `[layer] * count`: one layer, used again and again."""
    if len(hidden) < 2 or len(set(hidden)) > 1:
        return build(hidden, activation)
    again = [nn.Linear(hidden[0], hidden[0]), activation()] * (len(hidden) - 1)
    return nn.Sequential(nn.Linear(784, hidden[0]), activation(), *again, nn.Linear(hidden[0], 10))


def without_a_case_for_none(hidden, activation):
    """It starts with the first hidden layer, and there may be none."""
    assert hidden[0] > 0
    return build(hidden, activation)


def faulty_build(fault):
    return lambda names: {"build": lambda hidden, activation: build(hidden, activation, fault=fault)}


WRONG = [
    (faulty_build("default"), "the start of He"),
    (faulty_build("zeros"), "weights of zero"),
    (faulty_build("variance for spread"), "take its root"),
    (faulty_build("outputs for inputs"), "counts the numbers that come in"),
    (faulty_build("ones"), "the weights are too large"),
    (faulty_build("always ReLU"), "does not use the activation"),
    (faulty_build("always tanh"), "does not use the activation"),
    (lambda names: {"build": without_a_case_for_none}, "Running `build([], nn.Tanh)` raised IndexError"),
    (faulty_build("bent logits"), "bends its logits"),
    (faulty_build("softmax"), "ends in a softmax"),
    (faulty_build("one bend"), "a bend after all but the last"),
    (faulty_build("nine"), "the last layer has 10 units"),
    (lambda names: {"build": one_layer_for_all}, "uses the same layer twice"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(2, answers)
    assert not found.solved
    assert helps in str(found)


class ByHand(nn.Module):
    """A net of layers in a list and an orthogonal start, its forward pass written out."""

    def __init__(self, hidden, activation):
        super().__init__()
        widths = [784, *hidden, 10]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in itertools.pairwise(widths)])
        for layer in self.layers:
            nn.init.orthogonal_(layer.weight, gain=2**0.5)
        self.bend = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.bend(layer(x))
        return self.layers[-1](x)


def matched_start(hidden, activation):
    """The book's builder, then He for ReLU, and Xavier for the others."""
    net = mlp([784, *hidden, 10], activation)
    for layer in net[::2]:
        if activation is nn.ReLU:
            layer.weight.data.normal_(0, (2 / layer.in_features) ** 0.5)
        else:
            nn.init.xavier_uniform_(layer.weight)
    return net


def start_by_name(hidden, activation):
    """The start looked up by the activation, and its gain by the activation's name."""
    net, starts = mlp([784, *hidden, 10], activation), {nn.ReLU: "kaiming", nn.Tanh: "xavier"}
    for layer in net[::2]:
        if starts[activation] == "kaiming":
            nn.init.kaiming_normal_(layer.weight, nonlinearity=activation.__name__.lower())
        else:
            nn.init.xavier_normal_(layer.weight)
    return net


class MakingBends(nn.Module):
    """A net that makes each bend anew in each pass."""

    def __init__(self, hidden, activation):
        super().__init__()
        self.layers = build(hidden, activation)[::2]
        self.activation = activation

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation()(layer(x))
        return self.layers[-1](x)


@pytest.mark.parametrize("written", [ByHand, matched_start, start_by_name, MakingBends])
def test_a_right_answer_written_differently_is_accepted(result, written):
    found = result(2, lambda names: {"build": written})
    assert found.solved, str(found)

"""Homework 1: the book's solutions, a blank notebook, students' wrong answers, and right ones unlike ours."""

from itertools import pairwise

import homework_notebooks
import pytest
import torch
from academy.data.plane import spirals
from academy.homework.comparing import compared, judged
from academy.homework.homework1 import homework, unlike_the_base, varied
from academy.learn.ensembles import train_together
from academy.nets.deepened import deepened
from academy.nets.mlp import mlp
from torch import nn
from torch.nn import functional as F

points, labels = spirals(640, generator=torch.Generator().manual_seed(3))
labels = labels.float()


@pytest.fixture(scope="module")
def solved():
    """The names that the solved notebook leaves, and what it prints."""
    return homework_notebooks.run(homework_notebooks.solved("homework1"))


def test_the_books_solutions_have_the_full_score(solved):
    names, printed = solved
    assert all(homework.result(task, names).solved for task in range(1, 8))
    assert printed.count(": solved\n") == 7


def test_a_blank_notebook_runs_and_each_check_says_what_is_missing():
    _, printed = homework_notebooks.run(homework_notebooks.blank("homework1"))
    assert printed.count("not yet solved") == 7
    for said in [
        "`parameters_of` returns nothing.",
        "After 3 steps no weight has moved.",
        "`first_net` is missing.",
        "`second_net` is missing.",
        "`counts` returns nothing.",
        "`crowds` is missing.",
        "`verdicts` is missing.",
        "`shallow_net` is missing.",
        "`deep_net` is missing.",
    ]:
        assert said in " ".join(printed.split())


def loop(model, points, labels, steps, learning_rate, *, skip=()):
    """A training loop from which lines can be left out."""
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(model(points).squeeze(1), labels)
        if "zero_grad" not in skip:
            optimizer.zero_grad()
        if "backward" not in skip:
            loss.backward()
        if "step" not in skip:
            optimizer.step()
    return None if "return" in skip else model


def without(*lines):
    return lambda *arguments: loop(*arguments, skip=lines)


def rate_ignored(model, points, labels, steps, learning_rate):
    return loop(model, points, labels, steps, 0.01)


def steps_ignored(model, points, labels, steps, learning_rate):
    return loop(model, points, labels, 400, learning_rate)


def mean_error_loss(model, points, labels, steps, learning_rate):
    """The mean of the logits' errors instead of their squares or cross-entropy: it has no minimum."""
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        (model(points).squeeze(1) - labels).mean().backward()
        optimizer.step()
    return model


def global_points(model, given_points, given_labels, steps, learning_rate):
    """The lesson's loop copied as it stands: it trains on the notebook's points, whatever it is given."""
    return loop(model, points, labels, steps, learning_rate)


def one_step_short(model, points, labels, steps, learning_rate):
    return loop(model, points, labels, max(steps - 1, 0), learning_rate)


def squared_probabilities(model, points, labels, steps, learning_rate):
    """The squared error of the probabilities, which falls as the cross-entropy does."""
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(model(points).squeeze(1).sigmoid(), labels).backward()
        optimizer.step()
    return model


def another_network(model, *rest):
    return loop(mlp([2, 8, 1]), *rest)


def cleared_too_early(model, points, labels, steps, learning_rate):
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        F.binary_cross_entropy_with_logits(model(points).squeeze(1), labels).backward()
        optimizer.zero_grad()
        optimizer.step()
    return model


def shapes_beside_each_other(model, points, labels, steps, learning_rate):
    """Logits (count, 1) against labels (count,), the most common slip of all."""
    F.binary_cross_entropy_with_logits(model(points), labels).backward()


WRONG_FUNCTIONS = [
    (1, "parameters_of", lambda w: sum(a * b for a, b in pairwise(w)), "has a bias besides its weights"),
    (
        1,
        "parameters_of",
        lambda w: sum((a + 1) * b for a, b in pairwise(w[:-1])),
        "output neuron has param",
    ),
    (1, "parameters_of", lambda w: sum(a * (b + 1) for a, b in pairwise(w)), "layer that receives"),
    (1, "parameters_of", lambda w: torch.tensor(w).prod().item(), "[2, 1] has 3 parameters, yours says 2"),
    (
        1,
        "parameters_of",
        lambda w: print(sum((a + 1) * b for a, b in pairwise(w))),
        "`return` and the number",
    ),
    (1, "parameters_of", lambda w: (w[0] + 1) * w[1] + (w[1] + 1) * w[2], "for any number of layers"),
    (1, "parameters_of", lambda w: [(a + 1) * b for a, b in pairwise(w)], "one number, the sum"),
    (2, "train", global_points, "not `train_points`"),
    (2, "train", one_step_short, "Asked for 1 step"),
    (2, "train", squared_probabilities, "sure and wrong costs a lot"),
    (2, "train", another_network, "you return another one"),
    (2, "train", cleared_too_early, "belongs before `backward()`"),
    (2, "train", without("zero_grad"), "`optimizer.zero_grad()`, once in each step"),
    (2, "train", without("backward", "zero_grad"), "`loss.backward()` computes the slopes"),
    (2, "train", without("step"), "`optimizer.step()`, and whose parameters"),
    (2, "train", without("return"), "`return model`"),
    (2, "train", rate_ignored, "give `learning_rate` to the optimizer"),
    (2, "train", steps_ignored, "`for step in range(steps)`"),
    (2, "train", mean_error_loss, "the cross-entropy of the logits"),
    (2, "train", shapes_beside_each_other, "must be the same as input size"),
    (4, "counts", lambda a, b: a.mean() - b.mean() > 2 * error(a, b), "without the sign"),
    (4, "counts", lambda a, b: (a.mean() - b.mean()).abs() > error(a, b), "fewer than two"),
    (4, "counts", lambda a, b: (a.mean() - b.mean()).abs() > 2 * (a.var() + b.var()).sqrt(), "through √n"),
    (
        4,
        "counts",
        lambda a, b: (a.mean() - b.mean()).abs() > 2 * (a.std() / len(a) ** 0.5 + b.std() / len(b) ** 0.5),
        "but their squares",
    ),
    (
        4,
        "counts",
        lambda a, b: (a.mean() - b.mean()).abs() > 2 * ((a.var() + b.var()) / len(a)).sqrt(),
        "its own number of runs",
    ),
]


def error(one, other):
    return (one.var() / len(one) + other.var() / len(other)).sqrt()


@pytest.mark.parametrize(("task", "name", "answer", "helps"), WRONG_FUNCTIONS)
def test_a_wrong_function_is_caught_with_a_sentence_that_helps(task, name, answer, helps):
    result = homework.result(task, {name: answer})
    assert not result.solved
    assert helps in str(result)


class Negative(nn.Module):
    """A network that swaps the classes."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return -self.net(x)


def hidden_without_bends(net, layers):
    """A chain of linear layers without activation before the output: more layers, no more bends."""
    width = net[-1].in_features
    between = [nn.Linear(width, width) for _ in range(layers)]
    with torch.no_grad():
        for layer in between:
            layer.weight.copy_(torch.eye(width))
            layer.bias.zero_()
    return nn.Sequential(*net[:-1], *between, net[-1])


def wrong_nets(names):
    """Networks that students would hand in for tasks 3, 6 and 7, made from the solved notebook's."""
    shallow, deep = names["shallow_net"], names["deep_net"]
    return [
        (
            3,
            {"first_net": names["first_net"], "second_net": names["first_net"]},
            "Both have layers [2, 8, 1]",
        ),
        (3, {"first_net": "0.84", "second_net": deep}, "`first_net` is of type str, not a network"),
        (6, {"shallow_net": mlp([2, 6, 1])}, "was it trained"),
        (6, {"shallow_net": nn.Sequential(*shallow, nn.Sigmoid())}, "leave out the sigmoid"),
        (6, {"shallow_net": Negative(shallow)}, "swaps their names"),
        (6, {"shallow_net": names["second_net"]}, "has 2 hidden layers, [4, 4], not 1"),
        (6, {"shallow_net": mlp([2, 200, 1])}, "200 hidden units and 801 parameters; at most 8"),
        (6, {"shallow_net": mlp([2, 4, 2])}, "into one number each"),
        (7, {"deep_net": nn.Sequential(*deep[:-3], deep[-1])}, "has 9 hidden layers"),
        (7, {"deep_net": hidden_without_bends(shallow, 9)}, "No activation follows layer 2, layer 3"),
        (7, {"deep_net": deepened(names["first_net"], extra=9)}, "a ReLU cuts off what is negative"),
        (7, {"deep_net": mlp([2, *[4] * 10, 1])}, "nearly the same answer"),
        (7, {"deep_net": mlp([2, *[8] * 10, 1])}, "80 hidden units"),
        (3, {"first_net": names["first_net"], "second_net": mlp([2, 4, 1]).double()}, "float()` changes"),
    ]


def test_wrong_networks_are_caught_each_with_a_sentence_that_helps(solved):
    names, _ = solved
    torch.manual_seed(0)
    for task, answers, helps in wrong_nets(names):
        result = homework.result(task, answers)
        assert not result.solved, helps
        assert helps in str(result)


def test_wrong_crowds_are_caught_each_with_a_sentence_that_helps(solved):
    names, _ = solved
    crowds, verdicts = names["crowds"], names["verdicts"]
    relu_layers = [mlp([2, 4, 4, 1]) for _ in range(8)]
    wrong = [
        (crowds | {"rate": crowds["base"]}, verdicts, "`crowds['rate']` is the base itself"),
        (crowds | {"rate": crowds["activation"]}, verdicts, "another activation than the base"),
        (crowds | {"activation": crowds["rate"]}, verdicts, "bends like the base"),
        (crowds | {"activation": crowds["layers"]}, verdicts, "change the activation alone"),
        (crowds | {"layers": relu_layers}, verdicts, "has ReLU, the base Tanh"),
        (crowds | {"base": crowds["activation"]}, verdicts, "does not bend like tanh"),
        (crowds | {"base": crowds["layers"]}, verdicts, "has layers [2, 4, 4, 1], not [2, 8, 1]"),
        (crowds | {"layers": crowds["rate"]}, verdicts, "has the layers of the base, [2, 8, 1]"),
        (crowds | {"base": crowds["base"][:1] * 8}, verdicts, "one seed before the crowd"),
        (crowds | {"base": crowds["base"][:7]}, verdicts, "no list of 8 networks or more"),
        (crowds, verdicts | {"rate": False}, "your verdict is False"),
        ({"base": crowds["base"]}, verdicts, "no 'layers' and no 'activation' and no 'rate'"),
        ([*crowds.values()], verdicts, "it is a dict with the keys"),
    ]
    for answer, verdict, helps in wrong:
        result = homework.result(5, {"crowds": answer, "verdicts": verdict})
        assert not result.solved, helps
        assert helps in str(result)


def by_lists(widths):
    """Weights and biases counted one by one."""
    total = 0
    for layer in range(1, len(widths)):
        weights = widths[layer - 1] * widths[layer]
        total = total + weights + widths[layer]
    return total


def by_building(widths):
    return sum(parameter.numel() for parameter in mlp(widths).parameters())


def mini_batches(model, points, labels, steps, learning_rate):
    """Another optimizer, another loss, parts of the points, gradients cleared at the end."""
    optimizer = torch.optim.RMSprop(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        some = torch.randint(len(points), (200,))
        chance = torch.sigmoid(model(points[some])).reshape(-1)
        loss = -(labels[some] * chance.log() + (1 - labels[some]) * (1 - chance).log()).mean()
        loss.backward()
        optimizer.step()
        model.zero_grad()
    return model


def with_the_books_helper(model, points, labels, steps, learning_rate):
    train_together([model], points, labels, steps, learning_rate)
    return model


def adam_by_hand(model, points, labels, steps, learning_rate):
    """No optimizer object at all."""
    parameters = list(model.parameters())
    first, second = [torch.zeros_like(p) for p in parameters], [torch.zeros_like(p) for p in parameters]
    for step in range(1, steps + 1):
        loss = F.binary_cross_entropy_with_logits(model(points)[:, 0], labels)
        for index, slope in enumerate(torch.autograd.grad(loss, parameters)):
            first[index] = 0.9 * first[index] + 0.1 * slope
            second[index] = 0.999 * second[index] + 0.001 * slope**2
            mean, square = first[index] / (1 - 0.9**step), second[index] / (1 - 0.999**step)
            with torch.no_grad():
                parameters[index] -= learning_rate * mean / (square.sqrt() + 1e-8)
    return model


def in_numpy(one, other):
    one, other = one.numpy(), other.numpy()
    return (
        abs(one.mean() - other.mean()) / (one.std() ** 2 / one.size + other.std() ** 2 / other.size) ** 0.5
        > 2
    )


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


@pytest.mark.parametrize(
    ("task", "answers"),
    [
        (1, {"parameters_of": by_lists}),
        (1, {"parameters_of": by_building}),
        (2, {"train": mini_batches}),
        (2, {"train": with_the_books_helper}),
        (2, {"train": adam_by_hand}),
        (4, {"counts": in_numpy}),
    ],
)
def test_a_right_function_written_differently_is_accepted(task, answers):
    torch.manual_seed(0)
    result = homework.result(task, answers)
    assert result.solved, str(result)


def test_right_networks_built_differently_are_accepted(solved):
    names, _ = solved
    torch.manual_seed(0)
    by_hand = [ByHand(6) for _ in range(8)]
    losses = train_together(by_hand, points, labels, 1000, 0.03)
    one = by_hand[losses[-1].argmin()]
    two = [mlp([2, 8, 2, 1]) for _ in range(12)]
    losses = train_together(two, points, labels, 1500, 0.01)
    deep = deepened(two[losses[-1].argmin()], extra=8)
    nested = nn.ModuleDict({"all": nn.Sequential(nn.Sequential(*deep[:7]), nn.Sequential(*deep[7:]))})["all"]
    for task, answers in [
        (3, {"first_net": one, "second_net": names["deep_net"]}),
        (6, {"shallow_net": one}),
        (7, {"deep_net": nested}),
    ]:
        result = homework.result(task, answers)
        assert result.solved, str(result)


def test_a_verdict_that_hangs_on_the_formula_of_the_variance_is_accepted_both_ways():
    one, other = torch.tensor([0.82, 0.86] * 4), torch.tensor([0.82, 0.86] * 4)
    _, error = compared(one, other)
    assert judged(1.97 * error, error, one, other) == {True, False}
    assert judged(2.01 * error, error, one, other) == {True}
    assert judged(1.8 * error, error, one, other) == {False}


def test_a_base_of_plain_tensors_is_not_taken_for_another_activation(solved):
    names, _ = solved
    by_hand = [ByHand(8) for _ in range(8)]
    assert not list(unlike_the_base(by_hand))
    assert not list(varied("layers", by_hand, names["crowds"]["layers"]))

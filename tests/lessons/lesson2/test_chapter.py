"""What Lesson 2 writes from scratch, against PyTorch, the package, and numbers worked out by hand."""

import math

import numpy as np
import pytest
import torch
from academy.learn import optimizers
from academy.nets.mlp import mlp
from chapter_cells import definitions
from torch import nn
from torch.nn import functional as F


@pytest.fixture(scope="module")
def chapter():
    """What the chapter defines, with made-up pictures."""
    torch.manual_seed(0)
    return definitions(
        "lesson2",
        train_inputs=torch.randn(200, 784),
        train_labels=torch.randint(10, (200,)),
        check_inputs=torch.randn(50, 784),
        check_labels=torch.randint(10, (50,)),
        x=torch.tensor([1.0, 2.0, 3.0]),
        y=torch.tensor([2.0, 3.0, 5.0]),
    )


def classifier(hidden_units, seed=0):
    """A net in double precision, and a batch for it."""
    torch.manual_seed(seed)
    net = mlp([20, hidden_units, 10]).double()
    return net, torch.randn(30, 20, dtype=torch.float64), torch.randint(10, (30,))


@pytest.mark.parametrize("hidden_units", [1, 7, 40])
@pytest.mark.parametrize("scale", [1.0, 1000.0], ids=["usual", "huge logits"])
def test_two_layers_of_numpy_are_autograd_in_value_and_slopes(chapter, hidden_units, scale):
    net, inputs, labels = classifier(hidden_units)
    inputs = inputs * scale
    loss = F.cross_entropy(net(inputs), labels)
    loss.backward()
    weights = [parameter.detach().numpy() for parameter in net.parameters()]
    own_loss, own_slopes = chapter["loss_and_slopes"](*weights, inputs.numpy(), labels.numpy())
    np.testing.assert_allclose(own_loss, loss.item(), rtol=1e-9)
    for own, parameter in zip(own_slopes, net.parameters(), strict=True):
        np.testing.assert_allclose(own, parameter.grad, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("scale", [1.0, 1e4])
def test_the_cross_entropy_is_that_of_the_library_also_where_exponentials_overflow(chapter, scale):
    logits = (scale * torch.randn(64, 10, dtype=torch.float64)).requires_grad_()
    labels = torch.randint(10, (64,))
    own, theirs = chapter["cross_entropy"](logits, labels), F.cross_entropy(logits, labels)
    torch.testing.assert_close(own, theirs)
    own_slopes, their_slopes = (torch.autograd.grad(loss, logits)[0] for loss in (own, theirs))
    torch.testing.assert_close(own_slopes, their_slopes)


def test_the_softmax_is_that_of_the_library_and_fails_where_the_page_says_so(chapter):
    logits = torch.randn(5, 10)
    torch.testing.assert_close(chapter["softmax"](logits), logits.softmax(dim=1))
    assert chapter["softmax"](torch.tensor([89.0, 0.0])).isnan().any()
    assert not chapter["softmax"](torch.tensor([88.7, 0.0])).isnan().any()


STEPPERS = {
    "SGD": (
        lambda own, p: own["Momentum"](p, 0.05, momentum=0),
        lambda p: torch.optim.SGD(p, lr=0.05),
        lambda p: optimizers.SGD(p, 0.05),
    ),
    "momentum": (
        lambda own, p: own["Momentum"](p, 0.05),
        lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
        lambda p: optimizers.Momentum(p, 0.05),
    ),
    "Adam": (
        lambda own, p: own["Adam"](p, 0.003),
        lambda p: torch.optim.Adam(p, lr=0.003),
        lambda p: optimizers.Adam(p, 0.003),
    ),
}


@pytest.mark.parametrize("name", STEPPERS)
def test_an_optimizer_takes_the_steps_of_the_library_and_of_the_package(chapter, name):
    own, library, package = STEPPERS[name]
    ends = []
    for make in (lambda parameters: own(chapter, parameters), library, package):
        net, inputs, labels = classifier(12)
        optimizer = make(list(net.parameters()))
        for _ in range(200):
            optimizer.zero_grad()
            F.cross_entropy(net(inputs), labels).backward()
            optimizer.step()
        ends.append(nn.utils.parameters_to_vector(net.parameters()))
    torch.testing.assert_close(ends[0], ends[1], atol=1e-6, rtol=0)
    torch.testing.assert_close(ends[0], ends[2], atol=1e-6, rtol=0)


def test_an_epoch_of_the_loop_shows_each_picture_once(chapter):
    class Watcher(nn.Linear):
        def forward(self, inputs):
            seen.extend(inputs[:, 0].tolist())
            return super().forward(inputs)

    seen = []
    net = Watcher(1, 10)
    inputs = torch.arange(30.0)[:, None]
    labels = torch.zeros(30, dtype=torch.long)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.0)
    losses = chapter["train"](net, optimizer, 6, 10, inputs, labels)
    assert len(losses) == 6
    assert sorted(seen[:30]) == sorted(seen[30:]) == list(range(30))
    assert seen[:30] != seen[30:]


def test_the_valley_has_the_slopes_worked_out_by_hand(chapter):
    chapter |= {"x": torch.tensor([1.0, 2.0, 3.0]), "y": torch.tensor([2.0, 3.0, 5.0])}
    place = torch.zeros(2)
    slopes = chapter["slopes_of"](chapter["valley"], place)
    torch.testing.assert_close(slopes, torch.tensor([-46 / 3, -20 / 3]))
    path = chapter["descend"](chapter["valley"], place, 0.1, 3000)
    torch.testing.assert_close(path[-1], torch.tensor([1.5, 1 / 3]), atol=1e-3, rtol=0)


def test_the_chain_of_the_picture_has_the_slopes_in_the_picture():
    first, second = torch.tensor(0.5, requires_grad=True), torch.tensor(3.0, requires_grad=True)
    loss = (second * F.relu(first * 2) - 2) ** 2
    loss.backward()
    assert (loss.item(), first.grad.item(), second.grad.item()) == (1.0, 12.0, 2.0)
    nudged = (3 * 2 * 0.501 - 2) ** 2
    assert nudged == pytest.approx(1.012036)


def test_softmax_twice_has_the_bounds_of_the_page():
    right = F.cross_entropy(torch.eye(10), torch.arange(10)).item()
    wrong = F.cross_entropy(torch.eye(10), (torch.arange(10) + 1) % 10).item()
    assert right == pytest.approx(-math.log(math.e / (math.e + 9))) == pytest.approx(1.461, abs=5e-4)
    assert wrong == pytest.approx(math.log(math.e + 9)) == pytest.approx(2.461, abs=5e-4)


def test_the_start_of_he_is_that_of_the_library(chapter):
    own, library = mlp([400, 1000, 10]), nn.Linear(400, 1000)
    chapter["he_start"](own)
    nn.init.kaiming_normal_(library.weight, nonlinearity="relu")
    assert own[0].weight.std().item() == pytest.approx(library.weight.std().item(), rel=0.01)
    assert own[0].weight.mean().item() == pytest.approx(0, abs=1e-3)
    assert own[0].bias.abs().max() == 0

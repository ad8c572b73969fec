"""What Lesson 2 writes from scratch, against PyTorch, the package, and numbers worked out by hand."""

import copy
import math

import numpy as np
import pytest
import torch
from academy.learn import optimizers
from academy.nets.mlp import mlp
from chapter_cells import definitions
from sklearn.neighbors import NearestCentroid
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader


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
        mean=torch.tensor(0.25),
        spread=torch.tensor(0.5),
        device=torch.device("cpu"),
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


def test_nudging_finds_the_slopes_of_autograd_and_leaves_the_weights_as_they_are(chapter):
    net, inputs, labels = classifier(7)
    F.cross_entropy(net(inputs), labels).backward()
    weights = [parameter.detach().numpy().copy() for parameter in net.parameters()]
    before = [each.copy() for each in weights]
    for which, place in [(0, (2, 11)), (1, (4,)), (2, (9, 0)), (3, (9,))]:
        nudged = chapter["by_nudging"](weights, which, place, inputs.numpy(), labels.numpy())
        assert nudged == pytest.approx(list(net.parameters())[which].grad[place].item(), abs=1e-7)
    for own, expected in zip(weights, before, strict=True):
        np.testing.assert_array_equal(own, expected)


def test_the_nearest_mean_is_that_of_scikit_learn(chapter):
    torch.manual_seed(0)
    inputs, labels, fresh = torch.randn(300, 5), torch.arange(300) % 10, torch.randn(200, 5)
    expected = NearestCentroid().fit(inputs.numpy(), labels.numpy()).predict(fresh.numpy())
    np.testing.assert_array_equal(chapter["nearest_mean"](inputs, labels, fresh), expected)


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


class Interrupted(Exception):
    """Stands for a session that ends."""


@pytest.fixture
def project(chapter, monkeypatch):
    """The chapter's loop for a reader's own project, on made-up pictures and a net with dropout."""
    pictures = (torch.arange(60 * 784).reshape(60, 1, 28, 28) % 251).to(torch.uint8)
    clothes = chapter["Clothes"](pictures, torch.arange(60) % 10)
    monkeypatch.setitem(chapter, "train_loader", DataLoader(clothes, batch_size=10, shuffle=True))
    monkeypatch.setitem(chapter, "check_loader", DataLoader(clothes, batch_size=30))
    layers = nn.Linear(784, 8), nn.Dropout(0.5), nn.Linear(8, 10)
    monkeypatch.setitem(chapter, "mlp", lambda widths: nn.Sequential(*copy.deepcopy(layers)))
    return chapter


def vector(net):
    return nn.utils.parameters_to_vector(net.parameters()).detach().clone()


@pytest.fixture
def scripted(project, monkeypatch):
    """Let the loop measure given losses, a list for each call; gives the weights at each of them."""

    def script(losses):
        left, seen = iter(losses), []

        def evaluate(net, loader):
            loss = next(left)
            if loss is None:
                raise Interrupted
            seen.append(vector(net))
            return loss, 0.0

        monkeypatch.setitem(project, "evaluate", evaluate)
        return seen

    return script


def test_a_run_that_died_goes_on_and_ends_where_an_unbroken_one_does(project, monkeypatch, tmp_path):
    def dying_epoch(net, loader, optimizer):
        train_epoch(net, loader, optimizer)
        epochs.append(1)
        if len(epochs) == 3:
            raise Interrupted

    train_epoch, epochs = project["train_epoch"], []
    whole = project["run"](4, tmp_path / "whole.pt")
    monkeypatch.setitem(project, "train_epoch", dying_epoch)
    with pytest.raises(Interrupted):
        project["run"](4, tmp_path / "parts.pt")
    parts = project["run"](4, tmp_path / "parts.pt")
    assert len(epochs) == 5, "two that were kept, one that was lost, and two more"
    assert torch.equal(vector(whole), vector(parts))
    ends = [torch.load(tmp_path / name, weights_only=True) for name in ("whole.pt", "parts.pt")]
    for name, weights in ends[0]["net"].items():
        assert torch.equal(weights, ends[1]["net"][name]), "the last weights, beside the best"
    assert {path.name for path in tmp_path.iterdir()} == {"whole.pt", "parts.pt"}


def test_the_loop_stops_when_its_patience_is_over_and_gives_the_best_weights(project, scripted, tmp_path):
    seen = scripted([3.0, 1.0, 2.0, 1.5, 1.0, 4.0, 1.1, 0.5])
    net = project["run"](20, tmp_path / "run.pt")
    assert len(seen) == 7, "five without a lower loss after the second"
    assert torch.equal(vector(net), seen[1])
    assert not torch.equal(seen[1], seen[6])


def test_a_resumed_run_remembers_the_best_weights_and_its_patience(project, scripted, tmp_path):
    before = scripted([3.0, 1.0, 2.0, 2.0, None])
    with pytest.raises(Interrupted):
        project["run"](20, tmp_path / "run.pt", patience=4)
    after = scripted([2.0, 2.0, 0.5])
    net = project["run"](20, tmp_path / "run.pt", patience=4)
    assert (len(before), len(after)) == (4, 2)
    assert torch.equal(vector(net), before[1])
    again = scripted([])
    assert torch.equal(vector(project["run"](20, tmp_path / "run.pt", patience=4)), before[1])
    assert again == [], "a run that is over is not begun again"


def test_a_loss_that_is_not_a_number_is_never_the_best(project, scripted, tmp_path):
    seen = scripted([2.0, math.nan, math.nan, 3.0])
    net = project["run"](4, tmp_path / "run.pt")
    assert torch.equal(vector(net), seen[0])


def test_measuring_switches_dropout_off_and_agrees_with_a_count_by_hand(chapter):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Dropout(0.9), nn.Linear(6, 10))
    inputs, labels = torch.randn(40, 6), torch.randint(10, (40,))
    logits = net[1](inputs)
    right = sum(int(row.argmax()) == int(label) for row, label in zip(logits, labels)) / 40
    batches = [(inputs[:30], labels[:30]), (inputs[30:], labels[30:])]
    loss, found = chapter["evaluate"](net, batches)
    assert found == pytest.approx(right)
    assert loss == pytest.approx(F.cross_entropy(logits, labels).item())


def test_the_first_check_looks_past_a_softmax_that_does_not_belong_there(chapter):
    torch.manual_seed(0)
    sure = nn.Sequential(nn.Linear(4, 10), nn.ReLU(), nn.Linear(10, 10), nn.Softmax(dim=1))
    inputs, labels = 1000 * torch.randn(50, 4), torch.randint(10, (50,))
    said = chapter["first_answers"](sure, inputs, labels)
    loss, surest = (float(word.strip(",")) for word in (said.split()[2], said.split()[-1]))
    assert 1.46 <= loss <= 2.47, "behind a second softmax no loss looks wrong"
    assert surest > 0.9


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

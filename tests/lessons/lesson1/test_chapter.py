"""The chapter's own code against the package, PyTorch and numbers worked out by hand."""

import copy
import importlib.util
import math

import pytest
import torch
from academy.data.plane import spirals
from academy.data.spiral_density import spiral_ceiling, spiral_densities
from academy.learn.sweeps import read_sweep
from academy.nets.deepened import deepened, passing_layer
from academy.nets.mlp import mlp
from chapter_cells import definitions
from sites import ROOT
from sklearn.neighbors import NearestCentroid
from torch.nn import functional as F

LESSON = ROOT / "lessons" / "1-neural-networks"


@pytest.fixture(scope="module")
def chapter():
    """What the chapter defines."""
    return definitions("lesson1")


def script(name):
    specification = importlib.util.spec_from_file_location(name, LESSON / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_slope_on_one_weight_is_the_hand_computed_and_the_differentiated_one(chapter):
    chapter |= {"x": torch.tensor([1.0, 2.0, 3.0]).double(), "y": torch.tensor([2.0, 3.0, 5.0]).double()}
    assert chapter["loss_of"](0.0).item() == pytest.approx(38 / 3)
    assert chapter["slope_of"](0.0).item() == pytest.approx(-46 / 3)
    w = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    chapter["loss_of"](w).backward()
    torch.testing.assert_close(w.grad, chapter["slope_of"](w.detach()))


@pytest.mark.parametrize(("rate", "settles"), [(0.2, True), (0.21, True), (0.22, False)])
def test_the_largest_stable_learning_rate_is_the_one_on_the_page(chapter, rate, settles):
    chapter |= {"x": torch.tensor([1.0, 2.0, 3.0]).double(), "y": torch.tensor([2.0, 3.0, 5.0]).double()}
    w = 0.0
    for _ in range(400):
        w = w - rate * chapter["slope_of"](w)
    assert (abs(w - 23 / 14) < 0.01) == settles


def test_the_logistic_gradient_is_that_of_autograd(chapter):
    torch.manual_seed(0)
    x, y = torch.randn(50, 3, dtype=torch.float64), torch.randint(2, (50,)).double()
    w = torch.randn(3, dtype=torch.float64, requires_grad=True)
    b = torch.randn((), dtype=torch.float64, requires_grad=True)
    F.binary_cross_entropy_with_logits(x @ w + b, y).backward()
    slope_w, slope_b = chapter["gradients"](x, y, w.detach(), b.detach())
    torch.testing.assert_close(slope_w, w.grad, atol=1e-12, rtol=0)
    torch.testing.assert_close(slope_b, b.grad, atol=1e-12, rtol=0)


def test_the_chapters_arms_and_the_packages_spirals_have_the_same_moments(chapter):
    torch.manual_seed(0)
    points, labels = spirals(200_000)
    for label, sign in enumerate((+1, -1)):
        own, other = chapter["spiral_arm"](100_000, sign), points[labels == label]
        torch.testing.assert_close(own.mean(dim=0), other.mean(dim=0), atol=0.01, rtol=0)
        torch.testing.assert_close(own.T.cov(), other.T.cov(), atol=0.01, rtol=0)


def test_the_chapters_density_is_the_packages(chapter):
    points = torch.randn(500, 2) * 0.7
    own = torch.stack([chapter["density"](points, sign) for sign in (+1, -1)], dim=1)
    torch.testing.assert_close(own.double(), spiral_densities(points), atol=1e-3, rtol=1e-3)


@pytest.mark.slow
def test_the_ceiling_is_87_05_percent_by_integration_and_by_counting(chapter):
    assert spiral_ceiling() == pytest.approx(0.8705, abs=1e-4)
    torch.manual_seed(0)
    right = sum(
        (chapter["density"](part, sign) > chapter["density"](part, -sign)).sum().item()
        for sign in (+1, -1)
        for part in chapter["spiral_arm"](200_000, sign).split(50_000)
    )
    assert right / 400_000 == pytest.approx(0.8705, abs=0.002)  # four standard errors


def test_the_chapters_net_computes_what_the_packages_net_computes_values_and_gradients(chapter):
    own, packaged = chapter["SpiralNet"]().double(), mlp([2, 8, 8, 1]).double()
    packaged.load_state_dict(dict(zip(packaged.state_dict(), own.state_dict().values())))
    points = torch.randn(20, 2, dtype=torch.float64)
    torch.testing.assert_close(own(points), packaged(points))
    own(points).sum().backward()
    packaged(points).sum().backward()
    for one, other in zip(own.parameters(), packaged.parameters()):
        torch.testing.assert_close(one.grad, other.grad)
    assert chapter["parameter_count"](own) == 105


def test_the_forward_pass_by_hand():
    net = mlp([2, 2, 1])
    values = [[[1.0, 2.0], [-1.0, -1.0]], [1.0, 0.5], [[2.0, 1.0]], [-0.5]]
    with torch.no_grad():
        for parameter, value in zip(net.parameters(), values):
            parameter.copy_(torch.tensor(value))
    logit = net(torch.tensor([[1.0, -2.0]]))
    assert logit.item() == pytest.approx(1.0)
    assert logit.sigmoid().item() == pytest.approx(0.731, abs=5e-4)


def test_the_slope_of_the_hidden_weight_worked_out_by_hand():
    """Measured by moving the weight a little each way; the point is of class 0."""

    def logit(weight):
        silent, speaking = max(1 - 4 + 1, 0), max(-1 - 2 * weight + 0.5, 0)
        return 2 * silent + speaking - 0.5

    def loss(weight):
        return math.log(1 + math.exp(logit(weight)))

    slope = (loss(-1 + 1e-6) - loss(-1 - 1e-6)) / 2e-6
    assert slope == pytest.approx(-1.46, abs=0.005)
    stepped = -1 - 0.1 * slope
    assert stepped == pytest.approx(-0.854, abs=5e-4)
    assert 1 / (1 + math.exp(-logit(stepped))) == pytest.approx(0.670, abs=5e-4)


def test_the_descent_by_hand_takes_the_steps_of_pytorchs_gradient_descent(chapter):
    torch.manual_seed(0)
    points, labels = spirals(100)
    chapter |= {"train_points": points, "train_labels": labels.float()}
    own = chapter["SpiralNet"](4)
    library = copy.deepcopy(own)
    optimizer = torch.optim.SGD(library.parameters(), lr=0.3)
    for _ in range(5):
        before = F.binary_cross_entropy_with_logits(library(points).squeeze(1), labels.float())
        assert chapter["descend"](own, rate=0.3) == pytest.approx(before.item())
        optimizer.zero_grad()
        before.backward()
        optimizer.step()
    for one, other in zip(own.parameters(), library.parameters()):
        torch.testing.assert_close(one, other)


def test_the_nearest_mean_answers_as_that_of_scikit_learn(chapter):
    torch.manual_seed(0)
    points, labels = spirals(200)
    chapter |= {
        f"{name}_mean": points[labels == label].mean(0) for label, name in enumerate(("first", "second"))
    }
    library = NearestCentroid().fit(points.numpy(), labels.numpy())
    answers = chapter["nearest_mean"](points) > 0
    assert answers.tolist() == (library.predict(points.numpy()) == 1).tolist()


def test_layers_that_pass_everything_on_change_no_answer():
    shallow = mlp([2, 6, 6, 1])
    deep = deepened(shallow, 8)
    points = torch.randn(100, 2)
    torch.testing.assert_close(deep(points), shallow(points))
    assert sum(isinstance(layer, torch.nn.Linear) for layer in deep) == 11
    hidden = torch.rand(10, 4)
    torch.testing.assert_close(passing_layer(4)(hidden), hidden)


@pytest.mark.parametrize("name", ["deep_start", "small_nets", "width_depth"])
def test_a_row_of_a_sweep_has_an_accuracy_for_each_seed(name):
    sweep = read_sweep(f"lessons/lesson1/{name}")
    assert all(len(row["accuracy"]) == len(sweep["settings"]["seeds"]) for row in sweep["rows"])


@pytest.mark.slow
def test_a_point_of_the_small_nets_comes_out_again(monkeypatch):
    """Three of its forty seeds; another machine rounds differently, hence the tolerance."""
    sweep = script("sweep_small_nets")
    rows = read_sweep("lessons/lesson1/small_nets")["rows"]
    recorded = next(row for row in rows if row["widths"] == [2, 8, 1]
                    and (row["activation"], row["learning_rate"]) == ("Tanh", 0.01))  # fmt: skip
    monkeypatch.setattr(sweep, "SEEDS", [0, 1, 2])
    again = sweep.run([2, 8, 1], "Tanh", 0.01)
    assert again["accuracy"] == pytest.approx(recorded["accuracy"][:3], abs=0.01)
    assert again["parameters"] == recorded["parameters"]


@pytest.mark.slow
def test_a_point_of_width_and_depth_comes_out_again(monkeypatch):
    recorded = next(
        row
        for row in read_sweep("lessons/lesson1/width_depth")["rows"]
        if (row["width"], row["depth"], row["learning_rate"]) == (16, 1, 0.01)
    )
    sweep = script("sweep_width_depth")
    monkeypatch.setattr(sweep, "SEEDS", [0, 1, 2])
    again = sweep.run(16, 1, 0.01)
    assert again["accuracy"] == pytest.approx(recorded["accuracy"][:3], abs=0.02)


@pytest.mark.slow
def test_a_point_of_the_deep_start_comes_out_again(monkeypatch):
    """Two layers of width 8 and the ten grown from them, for three of the twenty seeds."""
    recorded = {
        row["start"]: row for row in read_sweep("lessons/lesson1/deep_start")["rows"] if row["width"] == 8
    }
    sweep = script("sweep_deep_start")
    monkeypatch.setattr(sweep, "SEEDS", [0, 1, 2])
    for start in ("shallow", "grown"):
        again = sweep.run(8, start, recorded[start]["learning_rate"])
        assert again["accuracy"] == pytest.approx(recorded[start]["accuracy"][:3], abs=0.03)


@pytest.mark.slow
def test_no_line_is_right_on_more_points_than_the_page_says():
    """Half a million fresh points, sorted along each direction: every offset at once."""
    points, labels = spirals(500_000, generator=torch.Generator().manual_seed(5))
    best = 0.0
    for degrees in range(0, 180, 4):
        angle = torch.tensor(degrees).deg2rad()
        order = (points @ torch.stack([angle.cos(), angle.sin()])).argsort()
        lead = (2 * labels[order] - 1).cumsum(0).abs().max().item()  # one class ahead of the other below
        best = max(best, 0.5 + lead / len(labels))
    assert best == pytest.approx(0.611, abs=0.003)

"""What the scripts beside Lesson 4 make of nets, pictures and convolutions before they train or time them."""

import importlib

import pytest
import torch
from academy.data.images import Labeled
from academy.lessons.lesson4.counting import multiply_adds
from sites import ROOT

LESSON = ROOT / "lessons" / "4-transfer-learning"


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


def test_with_and_without_shortcuts_nets_begin_with_the_same_weights(script):
    build = script("sweep_depth").build
    torch.manual_seed(0)
    without = build(8, False)
    torch.manual_seed(0)
    assert torch.equal(without[0][0].weight, build(8, True)[0][0].weight)


def test_pictures_are_halved_by_means(script):
    images = torch.tensor([[[[1.0, 3, 0, 0], [5, 7, 0, 4]]]])
    assert script("sweep_depth").halved(Labeled(images, None)).images.tolist() == [[[[4, 1]]]]


@pytest.mark.parametrize(
    ("kind", "each"), [("3×3", 9 * 4), ("1×1", 4), ("depthwise 3×3", 9), ("separable", 9 + 4)]
)
def test_every_kind_of_convolution_costs_what_it_says(script, kind, each):
    net = script("sweep_convolutions").build(kind, 4)
    assert multiply_adds(net, torch.rand(1, 4, 28, 28)) == 28 * 28 * 4 * each

"""The backbone cut in two, its batch normalization kept, and groups of parameters with rates of their own."""

import pytest
import torch
from academy.data.images import Labeled
from academy.lessons.lesson4.transfer import (
    KINDS,
    KeepsStatistics,
    head,
    parts_of,
    small_color_cnn,
    trainable,
    trained,
)
from academy.nets.pretrained import image_backbone
from torch import nn


@pytest.fixture
def images() -> torch.Tensor:
    return torch.randint(
        0, 256, (3, 3, 96, 96), dtype=torch.uint8, generator=torch.Generator().manual_seed(0)
    )


@pytest.fixture
def normalized() -> KeepsStatistics:
    return KeepsStatistics(nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4), nn.Dropout(0.5))


@pytest.mark.slow
def test_both_parts_together_give_the_backbones_features(images: torch.Tensor) -> None:
    backbone = image_backbone(96)
    front, last_block = parts_of(backbone, 96)
    assert front(images).shape == (3, 192 * 3 * 3)
    torch.testing.assert_close(last_block(front(images)), backbone(images), rtol=1e-4, atol=1e-4)


def test_in_training_all_but_batch_normalization_trains(normalized: KeepsStatistics) -> None:
    normalized.train()
    assert [layer.training for layer in normalized] == [True, False, True]
    before = normalized[1].running_mean.clone()
    normalized(torch.rand(2, 3, 5, 5))
    assert torch.equal(normalized[1].running_mean, before)


def test_batch_normalization_would_change_otherwise(normalized: KeepsStatistics) -> None:
    usual = nn.Sequential(*normalized).train()
    before = usual[1].running_mean.clone()
    usual(torch.rand(2, 3, 5, 5))
    assert not torch.equal(usual[1].running_mean, before)


def examples() -> Labeled:
    """Two kinds of points that lie apart."""
    labels = torch.arange(2).repeat(40)
    points = torch.randn(80, 5, generator=torch.Generator().manual_seed(0)) + 4 * labels[:, None]
    return Labeled(points, labels)


def test_a_head_learns_kinds_that_lie_apart() -> None:
    layer = head(5, seed=0)
    run = trained(layer, [trainable(layer, 0.1)], examples(), steps=60, seed=0)
    assert (layer(examples().images).argmax(dim=1) == examples().labels).double().mean() > 0.95
    assert len(run.losses) == 60
    assert run.seconds > 0


def test_each_group_moves_at_its_own_rate_and_what_is_in_none_stays() -> None:
    first, second, third = nn.Linear(5, 5), nn.Linear(5, 5), head(5, seed=0)
    before = [layer.weight.detach().clone() for layer in (first, second, third)]
    groups = [trainable(second, 1e-4), trainable(third, 1e-2)]
    trained(nn.Sequential(first, second, third), groups, examples(), steps=20, seed=0)
    moved = [(layer.weight - old).abs().max().item() for layer, old in zip((first, second, third), before)]
    assert moved[0] == 0
    assert 0 < moved[1] < moved[2] / 10


def test_the_same_seed_gives_the_same_training() -> None:
    runs = []
    for _ in range(2):
        layer = head(5, seed=3)
        runs.append(trained(layer, [trainable(layer, 0.1)], examples(), steps=10, seed=3))
    assert torch.equal(runs[0].losses, runs[1].losses)


def test_the_small_cnn_takes_pictures_and_has_about_100_000_parameters(images: torch.Tensor) -> None:
    net = small_color_cnn()
    assert net(images).shape == (3, KINDS)
    assert net[:-1](images).shape == (3, 128)
    assert 95_000 < sum(parameter.numel() for parameter in net.parameters()) < 105_000

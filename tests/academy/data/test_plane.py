import math

import pytest
import torch
from academy.data.plane import circles, spirals


@pytest.mark.parametrize("cloud", [spirals, circles])
def test_both_classes_have_half_of_the_points(cloud):
    points, labels = cloud(100)
    assert points.shape == (100, 2)
    assert points.dtype == torch.float32
    assert labels.bincount().tolist() == [50, 50]


@pytest.mark.parametrize("cloud", [spirals, circles])
def test_one_seed_gives_one_draw(cloud):
    first, second = (cloud(60, generator=torch.Generator().manual_seed(5)) for _ in range(2))
    assert torch.equal(first[0], second[0])
    assert torch.equal(first[1], second[1])


@pytest.mark.parametrize("cloud", [spirals, circles])
def test_an_odd_count_is_refused_with_the_next_even_one(cloud):
    with pytest.raises(ValueError, match=r"7.*use 8"):
        cloud(7)


def test_without_noise_an_arm_is_the_written_curve_and_the_other_is_it_rotated():
    points, labels = spirals(2000, noise=0.0)
    first = torch.where((labels == 0)[:, None], points, -points)
    radius = first.norm(dim=1)
    angle = (radius - 0.2) / 0.8 * 2 * math.pi
    assert radius.min() >= 0.2 - 1e-6
    assert radius.max() <= 1 + 1e-6
    expected = radius[:, None] * torch.stack([angle.cos(), angle.sin()], dim=1)
    torch.testing.assert_close(first, expected, atol=1e-5, rtol=0)


def test_the_angle_is_even_along_the_arm():
    points, _ = spirals(40_000, noise=0.0)
    turns = (points.norm(dim=1) - 0.2) / 0.8
    shares = torch.histc(turns, bins=10, min=0, max=1) / 40_000
    assert (shares - 0.1).abs().max() < 0.01


def test_the_noise_has_the_written_spread():
    points, labels = circles(40_000, noise=0.1)
    outer = points[labels == 1].norm(dim=1)
    assert outer.std().item() == pytest.approx(0.1, rel=0.03)


def test_circles_have_the_written_radii():
    points, labels = circles(200, noise=0.0)
    torch.testing.assert_close(points[labels == 0].norm(dim=1), torch.full((100,), 0.4))
    torch.testing.assert_close(points[labels == 1].norm(dim=1), torch.ones(100))


@pytest.mark.parametrize("cloud", [spirals, circles])
def test_the_classes_come_in_no_order(cloud):
    _, labels = cloud(1000, generator=torch.Generator().manual_seed(0))
    changes = (labels.diff() != 0).sum().item()
    assert 420 < changes < 580  # half of 999, and five standard errors


def test_what_is_not_told_is_the_noise_of_the_book():
    points, labels = circles(40_000, generator=seeded())
    assert points[labels == 1].norm(dim=1).std().item() == pytest.approx(0.1, rel=0.05)
    noisy, clean = spirals(40_000, generator=seeded())[0], spirals(40_000, 0.0, seeded())[0]
    assert (noisy - clean).std().item() == pytest.approx(0.15, rel=0.02)


def seeded():
    return torch.Generator().manual_seed(0)

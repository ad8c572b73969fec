import math

import pytest
import torch
from academy.data.plane import spirals
from academy.data.spiral_density import (
    drawn_accuracy,
    spiral_accuracy,
    spiral_ceiling,
    spiral_cells,
    spiral_densities,
)
from scipy.integrate import quad
from scipy.stats import norm


@pytest.mark.parametrize("place", [(0.3, 0.1), (-0.5, 0.4), (1.1, -0.2)])
@pytest.mark.parametrize("arm", [0, 1])
def test_the_density_is_the_integral_along_the_arm(place, arm):
    sign = 1 - 2 * arm

    def at(angle):
        radius = sign * (0.2 + 0.8 * angle / (2 * math.pi))
        return (
            norm.pdf(place[0], radius * math.cos(angle), 0.15)
            * norm.pdf(place[1], radius * math.sin(angle), 0.15)
            / (2 * math.pi)
        )

    expected, _ = quad(at, 0, 2 * math.pi, epsabs=1e-12)
    assert spiral_densities(torch.tensor([place]))[0, arm].item() == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("noise", [0.05, 0.15, 0.3])
def test_everything_together_has_probability_one(noise):
    _, probabilities = spiral_cells(noise)
    assert probabilities.sum().item() == pytest.approx(1, abs=1e-5)


@pytest.mark.slow
def test_the_ceiling_is_the_same_by_integration_and_by_counting():
    assert spiral_ceiling() == pytest.approx(0.8705, abs=0.0002)
    points, labels = spirals(400_000, generator=torch.Generator().manual_seed(1))
    answers = spiral_densities(points).argmax(dim=1)
    assert (answers == labels).double().mean().item() == pytest.approx(spiral_ceiling(), abs=0.002)


def test_the_oracle_reaches_the_ceiling_and_its_opposite_misses_as_often():
    def oracle(points):
        first, second = spiral_densities(points).unbind(dim=1)
        return second - first

    assert spiral_accuracy(oracle) == pytest.approx(spiral_ceiling(), abs=1e-4)
    assert spiral_accuracy(lambda points: -oracle(points)) == pytest.approx(1 - spiral_ceiling(), abs=1e-4)


def test_the_exact_accuracy_of_a_rule_is_its_share_of_many_fresh_points():
    def rule(points):
        return points[:, :1] ** 2 - points[:, 1:] - 0.2  # a parabola

    points, labels = spirals(400_000, generator=torch.Generator().manual_seed(2))
    counted = ((rule(points).squeeze(1) > 0) == (labels == 1)).double().mean().item()
    assert spiral_accuracy(rule) == pytest.approx(counted, abs=0.003)


def test_no_noise_has_no_density():
    with pytest.raises(ValueError, match="noise is 0"):
        spiral_densities(torch.zeros(1, 2), noise=0)


def test_drawn_points_give_what_the_integral_gives_within_their_deviation():
    def rule(points):
        return points[:, 0] * points[:, 1] + 0.1 * torch.sin(20 * points[:, 0])

    drawn = [drawn_accuracy(rule, torch.Generator().manual_seed(seed)) for seed in range(8)]
    found = torch.tensor([each.accuracy for each in drawn]).double()
    deviation = drawn[0].deviation
    assert 0 < deviation < 1e-3
    assert (found - spiral_accuracy(rule)).abs().max() < 5 * deviation
    assert deviation / 4 < found.std() < deviation  # which holds the grid's own error too


def test_drawn_points_see_what_hides_between_the_points_of_the_grid():
    def oracle_on_the_grid(points):
        first, second = spiral_densities(points).unbind(dim=1)
        return -torch.sin(200 * math.pi * points[:, 0] + math.pi / 2 * (second - first).sign())

    assert spiral_accuracy(oracle_on_the_grid) == pytest.approx(spiral_ceiling(), abs=1e-3)
    drawn = drawn_accuracy(oracle_on_the_grid, torch.Generator().manual_seed(0))
    assert drawn.accuracy == pytest.approx(0.5, abs=0.02)

"""The denoiser of the spiral: distances by hand, and what the shipped weights make."""

import math

import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8.spiral_diffusion import MAKERS, NOISE, distances, judged, training_points

RECORDED = "lessons/lesson8/spiral_denoiser"


def test_distances_by_hand():
    points = torch.tensor([[-0.6, 0.0], [0.0, 0.0], [2.0, 0.0]])  # arm 0 passes (0.2, 0), (−0.6, 0), (1, 0)
    assert distances(points, 0).tolist() == pytest.approx([0, 0.2, 1], abs=5e-3)
    assert distances(-points, 1).tolist() == pytest.approx([0, 0.2, 1], abs=5e-3)


def test_training_points_lie_about_their_arms():
    points, arms = training_points()
    for arm in range(2):
        away = distances(points[arms == arm], arm)
        assert away.square().mean().sqrt().item() == pytest.approx(NOISE, rel=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("method", MAKERS)
def test_recorded_points_are_what_is_made(method):
    recorded = read_sweep(RECORDED)
    row = next(row for row in recorded["rows"] if (row["method"], row["seed"]) == (method, 1))
    count = 300  # of the 2,000 of each arm
    noise = torch.randn(recorded["settings"]["judged"] // 2, 2, generator=torch.Generator().manual_seed(1))
    found = judged(MAKERS[method], noise[:count])
    margin = 4 * math.sqrt(max(row["off"], 0.002) / (2 * count))
    assert found["off"] == pytest.approx(row["off"], abs=margin)
    assert found["nearest"] == pytest.approx(row["nearest"], rel=0.1)

"""Noise in and out again: hand numbers, a chain of small steps, and closed forms."""

import math

import pytest
import torch
from academy.lessons.lesson8.best_denoisers import gaussian_denoiser, points_denoiser
from academy.lessons.lesson8.denoiser_training import Recipe, fit
from academy.lessons.lesson8.denoising_nets import DenoisingNet
from academy.lessons.lesson8.diffusion import DROPPED, STEPS, alpha_bars, noise_loss, noised
from academy.lessons.lesson8.generating import generated, guided, step_back


def test_schedule_by_hand():
    left = alpha_bars(3)  # angles of 0, 29.7, 59.4 and 89.1 degrees
    assert left.tolist() == pytest.approx([1, 0.868632**2, 0.509041**2, 0.015707**2], abs=1e-5)


def test_a_chain_of_single_steps_is_one_noising():
    generator = torch.Generator().manual_seed(0)
    left, chained = alpha_bars(), torch.full((50_000, 1), 2.0, dtype=torch.float64)
    for time in range(1, 61):
        beta = 1 - left[time] / left[time - 1]
        noise = torch.randn(chained.shape, generator=generator, dtype=torch.float64)
        chained = (1 - beta).sqrt() * chained + beta.sqrt() * noise
    noise = torch.randn(chained.shape, generator=generator, dtype=torch.float64)
    at_once = noised(torch.full_like(noise, 2.0), noise, torch.full((50_000,), 60))
    assert chained.mean().item() == pytest.approx(at_once.mean().item(), abs=0.02)
    assert chained.std().item() == pytest.approx(at_once.std().item(), abs=0.02)
    assert chained.mean().item() == pytest.approx(2 * math.cos(0.6 * 0.99 * math.pi / 2), abs=0.02)


def test_steps_back_with_the_true_noise_undo_the_noising():
    data, noise = torch.randn(2, 5, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    noisy = noised(data, noise, torch.full((5,), 80))
    torch.testing.assert_close(step_back(noisy, noise, 80, 30), noised(data, noise, torch.full((5,), 30)))
    torch.testing.assert_close(step_back(noisy, noise, 80, 0), data)


def test_who_knows_the_noise_has_no_loss():
    data = torch.zeros(64, 3, dtype=torch.float64)

    def knows(noisy, times, conditions):
        return noisy / (1 - alpha_bars()[times, None]).sqrt()  # data are 0, so all that is seen is noise

    assert noise_loss(knows, data, torch.ones(64, 1)).item() == pytest.approx(0, abs=1e-12)


def test_loss_is_the_error_of_the_noise_and_of_the_data():
    generator = torch.Generator().manual_seed(0)
    data = torch.randn(4096, 2, generator=generator, dtype=torch.float64)
    seen = {}

    def says_nothing(noisy, times, conditions):
        seen.update(noisy=noisy, left=alpha_bars()[times, None])
        return torch.zeros_like(noisy)

    loss = noise_loss(says_nothing, data, torch.ones(4096, 1), generator).item()
    noise = (seen["noisy"] - seen["left"].sqrt() * data) / (1 - seen["left"]).sqrt()
    guess = seen["noisy"] / seen["left"].sqrt()  # of the data, where the noise is taken to be 0
    assert loss == pytest.approx((noise.square().mean() + (guess - data).square().mean()).item())


def test_conditions_are_dropped_as_often_as_said():
    told = []

    def listens(noisy, times, conditions):
        told.append(conditions)
        return torch.zeros_like(noisy)

    noise_loss(listens, torch.zeros(20_000, 1), torch.ones(20_000, 3), torch.Generator().manual_seed(0))
    dropped = (told[0] == 0).all(dim=1)
    assert ((told[0] == 1).all(dim=1) | dropped).all()
    assert dropped.float().mean().item() == pytest.approx(DROPPED, abs=0.01)


@pytest.mark.parametrize(("weight", "expected"), [(0, 1.0), (1, 3.0), (4, 9.0)])
def test_guidance_by_hand(weight, expected):
    def denoiser(noisy, times, conditions):
        return 1 + 2 * conditions  # 1 without, 3 with

    ones = torch.ones(2, 1)
    told = guided(denoiser, ones, torch.tensor([5, 5]), ones, weight)
    assert told.flatten().tolist() == [expected, expected]


def test_best_denoiser_of_a_gaussian_gives_its_mean_and_covariance():
    mean = torch.tensor([1.0, -2.0], dtype=torch.float64)
    covariance = torch.tensor([[1.0, 0.6], [0.6, 0.5]], dtype=torch.float64)
    noise = torch.randn(5000, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    noise = (noise - noise.mean(dim=0)) @ torch.linalg.inv(torch.linalg.cholesky(noise.T.cov())).T
    made = generated(gaussian_denoiser(mean, covariance), noise, torch.zeros(5000, 1), steps=STEPS)[-1]
    torch.testing.assert_close(made.mean(dim=0), mean, atol=0.05, rtol=0)
    torch.testing.assert_close(made.T.cov(), covariance, atol=0.05, rtol=0)


@pytest.mark.parametrize("steps", [1, 10, 50])
def test_a_standard_normal_shrinks_by_the_cosine_of_each_step(steps):
    zero, one = torch.zeros(1, dtype=torch.float64), torch.eye(1, dtype=torch.float64)
    noise = torch.tensor([[1.0], [-3.0]], dtype=torch.float64)
    made = generated(gaussian_denoiser(zero, one), noise, torch.zeros(2, 1), steps=steps)[-1]
    torch.testing.assert_close(made, math.cos(math.radians(89.1) / steps) ** steps * noise)


def test_best_denoiser_of_two_points_by_hand():
    points = torch.tensor([[1.0], [-1.0]], dtype=torch.float64)
    noisy, time = torch.tensor([[0.3]], dtype=torch.float64), torch.tensor([70])
    left = alpha_bars()[70].item()
    data = math.tanh(math.sqrt(left) * 0.3 / (1 - left))  # its mean, given what is seen
    expected = (0.3 - math.sqrt(left) * data) / math.sqrt(1 - left)
    assert points_denoiser(points)(noisy, time, torch.zeros(1, 1)).item() == pytest.approx(expected)


def test_best_denoiser_of_points_repeats_them():
    points = torch.cartesian_prod(torch.linspace(-1, 1, 5), torch.linspace(-1, 1, 4))
    noise = torch.randn(200, 2, generator=torch.Generator().manual_seed(1))
    made = generated(points_denoiser(points), noise, torch.zeros(200, 1))[-1]
    near = torch.cdist(made, points)
    assert near.amin(dim=1).max() < 1e-3
    assert len(near.argmin(dim=1).unique()) > 10  # not one and the same


def test_more_steps_than_trained_are_refused():
    with pytest.raises(ValueError, match="101 steps are asked for: choose from 1 to the 100"):
        generated(points_denoiser(torch.zeros(1, 1)), torch.zeros(1, 1), torch.zeros(1, 1), steps=101)


@pytest.mark.slow
def test_a_trained_net_comes_near_the_best_denoiser():
    points = torch.tensor([[1.0, 0.0], [-1.0, 0.5]])
    torch.manual_seed(0)
    network = DenoisingNet(size=2, condition_width=1, width=32, blocks=2)
    fit(network, points, torch.zeros(2, 1), Recipe(steps=300, batch_size=128, rate=5e-3))
    noise = torch.randn(300, 2, generator=torch.Generator().manual_seed(1))
    made = generated(network, noise, torch.zeros(300, 1))[-1]
    assert (torch.cdist(made, points).amin(dim=1) < 0.2).float().mean() > 0.9
    assert 0.3 < (made[:, 0] > 0).float().mean() < 0.7

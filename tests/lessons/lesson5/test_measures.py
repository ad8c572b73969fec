"""What Lesson 5 measures of images, against formulas worked out and SciPy."""

import math

import pytest
import torch
from academy.lessons.lesson5.faces import pixels
from academy.lessons.lesson5.features import features, perceptual_distances
from academy.lessons.lesson5.judge import blurred
from academy.lessons.lesson5.measures import frechet_distance, posterior_summary, psnr, ssim
from academy.nets.autoencoders import VariationalAutoencoder
from scipy.linalg import sqrtm


def test_errors_of_a_tenth_are_20_decibels():
    images = torch.full((2, 3, 8, 8), 0.5)
    made = images + torch.tensor([0.1, 0.01]).reshape(2, 1, 1, 1)
    assert psnr(made, images).tolist() == pytest.approx([20, 40], abs=1e-3)


def test_the_similarity_of_even_images_is_that_of_their_brightness():
    dark, light = torch.full((1, 3, 16, 16), 0.4), torch.full((1, 3, 16, 16), 0.6)
    constant = 0.01**2
    expected = (2 * 0.4 * 0.6 + constant) / (0.4**2 + 0.6**2 + constant)
    assert ssim(dark, light).item() == pytest.approx(expected, abs=1e-5)


def test_an_image_is_like_itself_and_less_like_a_blurred_one(few):
    images = pixels(few.validation.images[:4]).contiguous()
    assert ssim(images, images).tolist() == pytest.approx([1] * 4)
    once = ssim(blurred(images), images)
    assert (once < 0.99).all()
    assert (ssim(blurred(blurred(images)), images) < once).all()


def test_the_frechet_distance_is_the_one_of_its_formula():
    chance = torch.Generator().manual_seed(0)
    first = torch.randn(60, 5, generator=chance, dtype=torch.float64)
    second = torch.randn(80, 5, generator=chance, dtype=torch.float64) * torch.arange(1.0, 6) + 0.5
    covariances = [torch.cov(each.T).numpy() for each in (first, second)]
    means = ((first.mean(dim=0) - second.mean(dim=0)) ** 2).sum().item()
    expected = (
        means + (covariances[0] + covariances[1] - 2 * sqrtm(covariances[0] @ covariances[1]).real).trace()
    )
    assert frechet_distance(first, second) == pytest.approx(expected)


def test_a_shifted_sample_is_as_far_as_the_shift_squared():
    sample = torch.randn(20, 50, generator=torch.Generator().manual_seed(0))
    assert frechet_distance(sample, sample) == pytest.approx(0, abs=1e-6)
    assert frechet_distance(sample + 2, sample) == pytest.approx(50 * 4, rel=1e-4)


@pytest.mark.slow
def test_the_backbone_sees_blur_and_more_of_it_the_more_there_is(few):
    images = pixels(few.validation.images[:4])
    assert perceptual_distances(images, images).tolist() == pytest.approx([0] * 4, abs=1e-6)
    once, twice = (perceptual_distances(each, images) for each in (blurred(images), blurred(blurred(images))))
    assert (once > 0).all()
    assert (twice > once).all()
    assert (twice < 12).all()


@pytest.mark.slow
def test_blurred_faces_are_farther_than_other_faces(few):
    sharp = features(pixels(few.train.images))
    others, soft = (features(make(pixels(few.validation.images))) for make in (torch.clone, blurred))
    assert frechet_distance(others, sharp) < frechet_distance(soft, sharp)


def test_codes_that_tell_nothing_cost_nothing_and_none_is_active(few):
    network = VariationalAutoencoder(3)
    last = network.encoder[-1]
    torch.nn.init.zeros_(last.weight)
    torch.nn.init.zeros_(last.bias)
    assert posterior_summary(network, few.validation.images) == {"kl": 0, "active": 0}
    with torch.no_grad():
        last.bias[0] = 2  # the mean of the first latent, the same for every face: it costs, and tells nothing
    assert posterior_summary(network, few.validation.images) == {"kl": 2, "active": 0}
    with torch.no_grad():
        last.bias[0], last.bias[3] = 0, math.log(4)  # a variance of 4
    assert posterior_summary(network, few.validation.images)["kl"] == pytest.approx(
        (4 - math.log(4) - 1) / 2, abs=0.01
    )

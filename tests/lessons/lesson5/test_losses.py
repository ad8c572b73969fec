"""The reconstruction losses of Lesson 5, against one another and against what can be worked out."""

import pytest
import torch
from academy.lessons.lesson5.losses import learned_variance_nll, perceptual_loss
from academy.nets.autoencoders import gaussian_nll
from torch.nn import functional as F


def pair():
    chance = torch.Generator().manual_seed(0)
    return torch.rand(2, 4, 3, 8, 8, generator=chance).unbind()


def test_the_learned_variance_is_the_likeliest_of_all():
    made, images = pair()
    learned = learned_variance_nll(made, images).mean().item()
    stds = torch.linspace(0.1, 1, 901).tolist()
    likeliest = min(gaussian_nll(made, images, std).mean().item() for std in stds)
    assert learned <= likeliest + 1e-3
    assert learned == pytest.approx(likeliest, abs=0.01)


def test_its_gradient_is_that_of_the_mean_squared_error_over_the_error_itself():
    made, images = pair()
    made.requires_grad_()
    (learned,) = torch.autograd.grad(learned_variance_nll(made, images).mean(), made)
    error = ((made - images) ** 2).mean()
    (squared,) = torch.autograd.grad(error, made)
    torch.testing.assert_close(learned, squared * 3 * 8 * 8 / 2 / error.detach())


@pytest.mark.slow
def test_the_perceptual_loss_charges_what_looks_different_and_lets_a_slope_pass(faces):
    images = faces.images[:2].float() / 255
    softened = F.interpolate(F.avg_pool2d(images, 4), scale_factor=4).requires_grad_()
    same = perceptual_loss(images, images, weight=100)
    torch.testing.assert_close(same, gaussian_nll(images, images), atol=0.1, rtol=0)
    cheap, dear = (perceptual_loss(softened, images, weight) for weight in (0, 100))
    torch.testing.assert_close(cheap, gaussian_nll(softened, images))
    assert (dear > cheap).all()
    (slope,) = torch.autograd.grad((dear - cheap).sum(), softened)
    assert slope.abs().max() > 0

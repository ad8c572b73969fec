"""The reconstruction losses of Lesson 5, against one another and against what can be worked out."""

import pytest
import torch
from academy.lessons.lesson5.losses import learned_variance_nll
from academy.nets.autoencoders import gaussian_nll


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

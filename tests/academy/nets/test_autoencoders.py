"""Autoencoders: shapes, the variational part against PyTorch's distributions, and what they come to."""

import math

import pytest
import torch
from academy.nets.autoencoders import (
    Autoencoder,
    Decoder,
    Encoder,
    Gaussians,
    VariationalAutoencoder,
    VariationalOutput,
    gaussian_kl,
    gaussian_nll,
    negative_elbo,
    reparameterized,
)
from torch import nn
from torch.distributions import Independent, Normal, kl_divergence


@pytest.fixture
def images():
    return torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def gaussians():
    chance = torch.Generator().manual_seed(1)
    return Gaussians(*torch.randn(2, 5, 7, generator=chance, dtype=torch.float64))


def test_codes_and_images_have_the_shapes_they_say(images):
    assert Encoder(10)(images).shape == (4, 10)
    made = Decoder(6)(torch.randn(4, 6))
    assert made.shape == images.shape
    assert made.min() >= 0
    assert made.max() <= 1
    assert Autoencoder(6)(images).shape == images.shape
    output = VariationalAutoencoder(6)(images)
    assert output.images.shape == images.shape
    assert output.posterior.mean.shape == output.posterior.log_variance.shape == (4, 6)


@pytest.mark.parametrize(("depth", "end"), [(3, (96, 8, 8)), (4, (128, 4, 4)), (5, (160, 2, 2))])
def test_depth_is_the_number_of_convolutions_each_way(images, depth, end):
    network = VariationalAutoencoder(6, depth)
    convolutions = [
        [each for each in part if isinstance(each, kind)]
        for part, kind in ((network.encoder, nn.Conv2d), (network.decoder, nn.ConvTranspose2d))
    ]
    assert [len(each) for each in convolutions] == [depth, depth]
    assert nn.Sequential(*list(network.encoder)[:-2])(images).shape == (4, *end)
    assert network(images).images.shape == Autoencoder(6, depth)(images).shape == images.shape


def test_four_convolutions_are_those_of_before_depth_could_be_chosen():
    """Written out; the same seed gives the same weights, in the same places."""

    def block(before, after):
        return [nn.Conv2d(before, after, 3, 2, 1, bias=False), nn.BatchNorm2d(after), nn.SiLU()]

    def back(before, after):
        return [nn.ConvTranspose2d(before, after, 4, 2, 1, bias=False), nn.BatchNorm2d(after), nn.SiLU()]

    torch.manual_seed(0)
    ours = VariationalAutoencoder(6)
    torch.manual_seed(0)
    encoder = [*block(3, 24), *block(24, 48), *block(48, 96), *block(96, 128), nn.Flatten()]
    encoder += [nn.Linear(2048, 12)]
    start = [nn.Linear(6, 2048), nn.Unflatten(1, (128, 4, 4)), nn.BatchNorm2d(128), nn.SiLU()]
    rest = [*back(128, 96), *back(96, 48), *back(48, 24), nn.ConvTranspose2d(24, 3, 4, 2, 1), nn.Sigmoid()]
    written = nn.ModuleDict({"encoder": nn.Sequential(*encoder), "decoder": nn.Sequential(*start, *rest)})
    torch.testing.assert_close(ours.state_dict(), written.state_dict(), rtol=0, atol=0)


@pytest.mark.parametrize("depth", [2, 6])
def test_too_few_or_too_many_convolutions_are_refused(depth):
    with pytest.raises(ValueError, match=f"{depth} convolutions: choose from 3 to 5"):
        Autoencoder(6, depth)


def test_an_autoencoder_makes_its_images_of_the_codes_alone(images):
    network = Autoencoder(6).eval()
    torch.testing.assert_close(network(images), network.decoder(network.encode(images)))


def test_the_code_of_a_variational_one_is_the_mean_of_its_posterior(images):
    network = VariationalAutoencoder(6).eval()
    assert torch.equal(network.encode(images), network.posterior(images).mean)
    torch.testing.assert_close(network.encode(images), network.encoder(images)[:, :6])


def test_codes_are_drawn_anew_each_time_and_samples_by_their_generator(images):
    network = VariationalAutoencoder(6).eval()
    assert not torch.equal(network(images).images, network(images).images)
    first, again = (network.sample(3, torch.Generator().manual_seed(5)) for _ in range(2))
    assert first.shape == (3, 3, 64, 64)
    assert torch.equal(first, again)
    assert not torch.equal(first[0], first[1])


def test_the_kl_is_that_of_torch_distributions(gaussians):
    mean, log_variance = gaussians
    expected = kl_divergence(Normal(mean, (log_variance / 2).exp()), Normal(0.0, 1.0))
    torch.testing.assert_close(gaussian_kl(gaussians), expected)


def test_the_kl_of_a_unit_step_of_the_mean_is_half_a_nat():
    kl = gaussian_kl(Gaussians(torch.tensor([[0.0, 1.0]]), torch.zeros(1, 2)))
    assert kl.tolist() == [[0.0, 0.5]]


def test_the_likelihood_is_that_of_torch_distributions(images):
    made = images.flip(0).double()
    expected = -Independent(Normal(made, 0.3), 3).log_prob(images.double())
    torch.testing.assert_close(gaussian_nll(made, images.double(), std=0.3), expected)


def test_draws_have_the_mean_and_the_std_that_was_asked_for():
    many = Gaussians(torch.full((100_000, 1), 3.0), torch.full((100_000, 1), math.log(0.25)))
    drawn = reparameterized(many, torch.Generator().manual_seed(0))
    assert drawn.mean().item() == pytest.approx(3, abs=0.01)  # six standard errors
    assert drawn.std().item() == pytest.approx(0.5, abs=0.01)


def test_the_gradient_passes_through_the_draw(gaussians):
    mean, log_variance = (each.clone().requires_grad_() for each in gaussians)
    drawn = reparameterized(Gaussians(mean, log_variance), torch.Generator().manual_seed(2))
    noise = (drawn - mean) / (log_variance / 2).exp()
    (drawn**2).sum().backward()
    torch.testing.assert_close(mean.grad, 2 * drawn.detach())
    torch.testing.assert_close(log_variance.grad, (drawn * noise * (log_variance / 2).exp()).detach())


def test_the_elbo_sums_over_pixels_and_latents_and_averages_over_images():
    """Two images of 12,288 pixels, each wrong by one std in all of them; KLs of 0.5 and 2 nats."""
    images, std = torch.zeros(2, 3, 64, 64), 0.2
    posterior = Gaussians(torch.tensor([[1.0, 0.0], [0.0, 2.0]]), torch.zeros(2, 2))
    output = VariationalOutput(images + std, posterior)
    pixels = 12_288 * (0.5 + math.log(std * math.sqrt(2 * math.pi)))
    assert negative_elbo(output, images, beta=4, std=std).item() == pytest.approx(pixels + 4 * 1.25, rel=1e-5)


@pytest.mark.slow
def test_it_learns_to_tell_light_from_dark_images():
    torch.manual_seed(0)
    images = torch.cat([torch.full((8, 3, 64, 64), 0.2), torch.full((8, 3, 64, 64), 0.8)])
    network = VariationalAutoencoder(2)
    optimizer = torch.optim.Adam(network.parameters(), lr=3e-3)
    before = negative_elbo(network(images), images).item()
    for _ in range(30):
        optimizer.zero_grad()
        loss = negative_elbo(network(images), images)
        loss.backward()
        optimizer.step()
    assert loss.item() < before / 2
    made = network(images).images.mean(dim=(1, 2, 3))
    assert made[:8].max() + 0.2 < made[8:].min()


def test_a_linear_autoencoder_finds_the_space_of_pca():
    """Without activations the best reconstruction through two numbers is that of two components."""
    chance = torch.Generator().manual_seed(0)
    points = torch.randn(200, 6, generator=chance) @ torch.diag(torch.tensor([3.0, 2, 1, 0.5, 0.3, 0.2]))
    points = points - points.mean(dim=0)
    torch.manual_seed(0)
    encoder, decoder = torch.nn.Linear(6, 2, bias=False), torch.nn.Linear(2, 6, bias=False)
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=0.02)
    for _ in range(600):
        optimizer.zero_grad()
        ((decoder(encoder(points)) - points) ** 2).mean().backward()
        optimizer.step()
    components = torch.linalg.svd(points).Vh[:2]
    space = torch.linalg.qr(decoder.weight.detach()).Q  # (6, 2)
    cosines = torch.linalg.svdvals(components @ space)  # of the angles between both planes
    torch.testing.assert_close(cosines, torch.ones(2), atol=1e-3, rtol=0)

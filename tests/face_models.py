"""What tests measure of a variational autoencoder that is handed in, by the definitions."""

import torch
from academy.lessons.lesson5.latents import latent_pca
from torch.distributions import Normal, kl_divergence


def floats(images):
    return images.float() / 255


@torch.no_grad()
def clouds(model, images):
    return model.encoder(floats(images)).chunk(2, dim=1)


@torch.no_grad()
def numbers_of(model, names):
    """PSNR, KL and share of a model, by their definitions."""
    images = names["kept_back"].images
    mean, log_variance = clouds(model, images)
    errors = ((model.decoder(mean) - floats(images)) ** 2).flatten(1).mean(dim=1)
    divergence = kl_divergence(Normal(mean, (log_variance / 2).exp()), Normal(0.0, 1.0))
    codes = clouds(model, names["learned"].images)[0]
    squares = torch.linalg.svdvals(codes - codes.mean(dim=0)) ** 2
    return [
        float(-10 * errors.log10().mean()),
        float(divergence.sum(dim=1).mean()),
        float(squares[:8].sum() / squares.sum()),
    ]


def axes_of(model, names):
    return latent_pca(clouds(model, names["learned"].images)[0])

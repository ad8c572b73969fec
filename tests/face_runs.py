"""A small face run for tests: of untrained weights and made-up figures."""

import dataclasses

import torch
from academy.lessons.lesson5.latents import latent_pca
from academy.lessons.lesson5.metadata import Figures, Knob, Metadata
from academy.lessons.lesson5.runs import PICTURES, FaceRun
from academy.lessons.lesson5.training import Recipe
from academy.nets.autoencoders import VariationalAutoencoder


def small_run(**said) -> FaceRun:
    """A run of two epochs and three latents, drawn at random as are its figures.

    Args:
        said: Entries of its metadata that are to be others.
    """
    torch.manual_seed(0)
    network = VariationalAutoencoder(3, depth=5).eval()
    codes = torch.randn(20, 3) * torch.tensor([3.0, 2.0, 1.0])
    metadata = Metadata(
        data="folder",
        source="80 of 81 pictures in the folder “faces”.",
        training=72,
        validation=8,
        recipe=Recipe(latents=3, beta=4, loss="log-MSE", epochs=2, depth=5),
        figures=Figures(psnr=12.34, ssim=0.5, perceptual=1.5, kl=3.25, active=2, share_8=1.0),
        knobs=(Knob("smile", -0.5, 0.75, clear=True), Knob("hat", 0.125, 0.25, clear=False)),
        made="2026-11-27T10:00:00+00:00",
        device="cpu",
        torch="2.9.0",
    )
    history = torch.tensor([[9.5, 1.25], [8.25, 2.5]])
    return FaceRun(dataclasses.replace(metadata, **said), network, latent_pca(codes), history)


def small_pictures() -> dict[str, torch.Tensor]:
    return {name: torch.rand(3, 20, 30, generator=torch.Generator().manual_seed(0)) for name in PICTURES}

"""What the lesson's long trainings left: weights as float16, half the bytes of float32."""

from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from academy.atomic import atomic_path
from academy.lessons.lesson5.latents import LatentPCA
from academy.nets.autoencoders import Autoencoder, VariationalAutoencoder

RESULTS = Path(__file__).with_name("results")
LATENTS = 64
PCA = RESULTS / "latent_pca.safetensors"

Network = TypeVar("Network", bound=nn.Module)


def weights_file(name: str) -> Path:
    """Name the file of a network's weights."""
    return RESULTS / f"{name}.safetensors"


def keep_weights(network: nn.Module, name: str) -> None:
    """Write a network's weights, whole or not at all."""
    halved = {
        key: (each.half() if each.is_floating_point() else each).contiguous()
        for key, each in network.state_dict().items()
    }
    RESULTS.mkdir(exist_ok=True)
    with atomic_path(weights_file(name)) as unfinished:
        save_file(halved, unfinished)


def with_kept_weights(network: Network, name: str) -> Network:
    """Give a network the weights that were kept, frozen and in evaluation mode."""
    network.load_state_dict(load_file(weights_file(name)))
    return network.to(memory_format=torch.channels_last).eval().requires_grad_(False)


def lesson_vae() -> VariationalAutoencoder:
    """Load the lesson's variational autoencoder of 64 latents, which ``train_autoencoders.py`` trained."""
    return with_kept_weights(VariationalAutoencoder(LATENTS), "vae")


def lesson_autoencoder() -> Autoencoder:
    """Load the lesson's autoencoder of 64 latents, trained in the same way."""
    return with_kept_weights(Autoencoder(LATENTS), "autoencoder")


def lesson_pca() -> LatentPCA:
    """Load the principal components of its mean codes of the training faces."""
    return LatentPCA.load(PCA)

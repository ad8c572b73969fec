"""How all autoencoders of the lesson are trained, so that they differ in what their recipes say alone."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR

from academy.assets.settings import cache_folder
from academy.data.real_faces import Photos
from academy.learn.batches import shuffled_batches
from academy.learn.checkpoints import Checkpoint
from academy.learn.hooks import History, every, stepping
from academy.learn.schedules import one_cycle
from academy.learn.seeds import seed_everything
from academy.learn.training import Hook, train
from academy.lessons.lesson5.faces import Faces, pixels
from academy.lessons.lesson5.losses import LOSSES
from academy.nets.autoencoders import DEPTH, Autoencoder, Gaussians, VariationalAutoencoder, gaussian_kl
from academy.nets.features import bytes_of, network_key

BATCH_SIZE = 64
RATE = 2e-3
"""Highest learning rate; it goes through one cycle."""
EPOCHS = 5
"""Where nothing else is said."""


Network = VariationalAutoencoder | Autoencoder


@dataclass(frozen=True)
class Recipe:
    """All that decides how an autoencoder comes out, but for the faces."""

    latents: int = 64
    variational: bool = True
    beta: float = 1.0
    """Weight of the KL."""
    warm_up: float = 0.0
    """Share of the steps in which β rises from 0 along a straight line."""
    free_bits: float = 0.0
    """Nats of each latent's KL, as a mean over the batch, that cost nothing."""
    loss: str = "MSE"
    """One of ``LOSSES``."""
    epochs: int = EPOCHS
    seed: int = 0
    """Of the weights, the batches and the codes."""
    depth: int = field(default=DEPTH, repr=False)
    """Convolutions. Not in the text that names checkpoints: in these names the network's own layers tell."""

    def build(self) -> Network:
        """Build the network, with the weights that the seed gives it."""
        seed_everything(self.seed)
        kind: type[Network] = VariationalAutoencoder if self.variational else Autoencoder
        return kind(self.latents, self.depth).to(memory_format=torch.channels_last)  # a quarter faster

    def beta_at(self, done: float) -> float:
        """Say what β is when a share of the steps is done."""
        return self.beta * min(done / self.warm_up, 1) if self.warm_up else self.beta

    def penalty(self, posterior: Gaussians) -> torch.Tensor:
        """Give the mean KL of a batch's images in nats, less what is free.

        Source of the free bits: Kingma et al., *Improved variational inference with inverse autoregressive
        flow*, 2016, arXiv:1606.04934.
        """
        return gaussian_kl(posterior).mean(dim=0).clamp(min=self.free_bits).sum()


class Run(NamedTuple):
    """A trained autoencoder, and how its training went."""

    network: Network
    losses: torch.Tensor
    """Before each step, shape (steps, 2): nats of the pixels and of the codes, both an image."""


Watchers = Callable[[Network, int], Sequence[Hook]]
"""Given a network and the number of its steps, gives hooks that look on and change nothing."""


def trained(
    recipe: Recipe,
    faces: Faces | Photos,
    device: torch.device | str = "cpu",
    watchers: Watchers = lambda network, steps: (),
) -> Run:
    """Train an autoencoder, or go on where an earlier call was stopped; one that is done is read.

    Args:
        recipe: How.
        faces: To train with.
        device: Where; on another one the numbers come out a little different.
        watchers: Who looks on.

    Returns:
        The network in evaluation mode, on its device, and the parts of its loss, β and free bits left out.

    Raises:
        ValueError: If there are fewer faces than a batch has.
    """
    if len(faces.images) < BATCH_SIZE:
        raise ValueError(f"{len(faces.images)} faces make no batch of {BATCH_SIZE}: take that many or more")
    network, steps_an_epoch = recipe.build().to(device), len(faces.images) // BATCH_SIZE
    steps = recipe.epochs * steps_an_epoch
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    scheduler = LambdaLR(optimizer, lambda step: one_cycle(step / steps))
    batches, history, done = shuffled_batches(len(faces.images), BATCH_SIZE), History(), 0
    parts = torch.zeros(2)

    def loss_of(chosen: torch.Tensor) -> torch.Tensor:
        nonlocal done, parts
        images = pixels(faces.images[chosen].to(device))
        output = network(images)
        made, posterior = output if recipe.variational else (output, None)
        surprise = LOSSES[recipe.loss](made, images).mean()
        loss, divergence = surprise, torch.zeros_like(surprise)
        if posterior is not None:
            divergence = gaussian_kl(posterior).sum(dim=1).mean()
            loss = surprise + recipe.beta_at(done / steps) * recipe.penalty(posterior)
        parts = torch.stack([surprise, divergence]).detach()
        done += 1
        return loss

    checkpoint = Checkpoint(
        checkpoint_of(recipe, network, faces),
        model=network,
        optimizer=optimizer,
        scheduler=scheduler,
        batches=batches,
        history=history,
    )
    done = checkpoint.resume()
    hooks = [
        lambda step, loss: history(step, parts),
        stepping(scheduler),
        *watchers(network, steps),
        every(steps_an_epoch, checkpoint, last=steps),
    ]
    train(network, loss_of, optimizer, batches, steps, start=done, after_step=hooks)
    return Run(network.eval(), history.losses)


def checkpoint_of(recipe: Recipe, network: nn.Module, faces: Faces | Photos) -> Path:
    """Name the file of a training: another one where recipe, network or faces differ."""
    content = f"{recipe} {BATCH_SIZE} {RATE} {network_key(network)} ".encode() + bytes_of(faces.images)
    folder = cache_folder() / "lesson5"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{hashlib.sha256(content).hexdigest()[:32]}.safetensors"

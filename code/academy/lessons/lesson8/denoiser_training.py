"""How a denoiser is trained: batches drawn at random, a rate that falls to zero along a cosine."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch

from academy.learn.training import train
from academy.lessons.lesson8.denoising_nets import DenoisingNet
from academy.lessons.lesson8.diffusion import noise_loss


@dataclass(frozen=True)
class Recipe:
    """What a training hangs on."""

    steps: int
    batch_size: int = 256
    rate: float = 1e-3
    seed: int = 0


def fit(network: DenoisingNet, data: torch.Tensor, conditions: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Train a denoiser.

    Args:
        network: Its weights move.
        data: Shape (examples, size).
        conditions: Shape (examples, width).
        recipe: How.

    Returns:
        The loss before each step, shape (steps,).
    """
    optimizer = torch.optim.AdamW(network.parameters(), recipe.rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, recipe.steps)
    generator = torch.Generator().manual_seed(recipe.seed)
    losses = torch.empty(recipe.steps)

    def after_step(done: int, loss: torch.Tensor) -> None:
        losses[done - 1] = loss
        schedule.step()

    def loss_of(chosen: torch.Tensor) -> torch.Tensor:
        return noise_loss(network, data[chosen], conditions[chosen], generator)

    batches = drawn(len(data), recipe.batch_size, generator)
    train(network, loss_of, optimizer, batches, recipe.steps, after_step=[after_step])
    network.eval().requires_grad_(False)
    return losses


def drawn(examples: int, batch_size: int, generator: torch.Generator) -> Iterator[torch.Tensor]:
    """Draw the places of a batch's examples, again and again."""
    while True:
        yield torch.randint(examples, (batch_size,), generator=generator)

"""How the small GPT is trained and judged: its surprise about the next token, in bits."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import torch
from torch import nn
from torch.nn import functional as F

from academy.learn.hooks import History, stepping
from academy.learn.training import descend_clipped, train
from academy.lessons.lesson7.gpt import GPT, Size
from academy.nets.modes import evaluating

Network = TypeVar("Network", bound=nn.Module)


@dataclass(frozen=True)
class Recipe:
    """All that decides a training."""

    size: Size = field(default_factory=Size)
    steps: int = 500
    batch_size: int = 8
    """Windows of the text in a batch; each fills the context."""
    rate: float = 3e-3
    """Highest learning rate of AdamW; one-cycle."""
    weight_decay: float = 0.1
    seed: int = 0


@dataclass(frozen=True)
class Trained(Generic[Network]):
    """A network, and how its training went."""

    network: Network
    losses: torch.Tensor
    """Bits a token of each batch before its step, shape (steps,)."""
    seconds: float
    """The processor's, for training alone."""


def trained(recipe: Recipe, text: torch.Tensor) -> Trained[GPT]:
    """Train a GPT.

    Args:
        recipe: How.
        text: Ids, shape (tokens,), int64, more than the context.
    """
    torch.manual_seed(recipe.seed)
    network = GPT(recipe.size)
    batches = windows(text, recipe.size.context + 1, recipe.batch_size)
    return fitted(network, lambda ids: surprise(network, ids).mean(), batches, recipe)


def fitted(
    network: Network,
    loss_of: Callable[[torch.Tensor], torch.Tensor],
    batches: Iterator[torch.Tensor],
    recipe: Recipe,
) -> Trained[Network]:
    """Train a network: AdamW, gradients shortened, a rate that rises for a tenth of the steps and falls.

    Args:
        network: Learns in place.
        loss_of: From a batch to bits a token.
        batches: One for each step.
        recipe: How; its size and seed were used before.
    """
    history = History()
    decayed = [each for each in network.parameters() if each.ndim > 1]
    others = [each for each in network.parameters() if each.ndim == 1]
    groups: list[dict[str, Any]] = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(
        groups, lr=recipe.rate, betas=(0.9, 0.99), weight_decay=recipe.weight_decay, fused=True
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, recipe.rate, total_steps=recipe.steps + 1, pct_start=0.1, cycle_momentum=False
    )
    begin = time.process_time()
    train(
        network,
        loss_of,
        optimizer,
        batches,
        recipe.steps,
        update=descend_clipped(1.0),
        after_step=(stepping(schedule), history),
    )
    return Trained(network, history.losses, time.process_time() - begin)


def windows(text: torch.Tensor, length: int, batch_size: int) -> Iterator[torch.Tensor]:
    """Give without end windows of a text that begin anywhere.

    Args:
        text: Shape (tokens,), int64, no shorter than a window.
        length: Tokens in a window.
        batch_size: Windows in a batch.

    Yields:
        Shape (batch_size, length), int64.
    """
    views = text.unfold(0, length, 1)  # (places, length), no copy
    while True:
        yield views[torch.randint(len(views), (batch_size,))]


def surprise(network: GPT, ids: torch.Tensor) -> torch.Tensor:
    """Give the surprise about each token after the first, −log₂ of its probability.

    Args:
        network: What says the next token.
        ids: Shape (count, length + 1), int64.

    Returns:
        Bits, shape (count, length).
    """
    return bits_of(network(ids[:, :-1]), ids[:, 1:])


def bits_of(logits: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Give −log₂ of the probability of each token.

    Args:
        logits: Shape (count, length, vocabulary).
        ids: What was there, shape (count, length), int64.

    Returns:
        Bits, shape (count, length).
    """
    nats = F.cross_entropy(logits.flatten(0, 1), ids.flatten(), reduction="none")
    return nats.view(ids.shape) / math.log(2)


@torch.no_grad()
def bits(network: GPT, text: torch.Tensor, before: int = 0, batch_size: int = 16) -> torch.Tensor:
    """Give the surprise about each token of a text, each but the first with half a context before it.

    Windows overlap by half, and of each the second half counts, of the first one all.

    Args:
        network: What says the next token.
        text: Shape (tokens,), int64.
        before: The id that stands before the text.
        batch_size: Windows at once.

    Returns:
        Bits, shape (tokens,).
    """
    context, half = network.size.context, network.size.context // 2
    whole = F.pad(text, (1, 0), value=before)  # (tokens + 1,)
    starts = range(0, max(len(text) - half, 1), half)
    filled = F.pad(whole, (0, starts[-1] + context + 1 - len(whole)), value=before)
    views = torch.stack([filled[start : start + context + 1] for start in starts])
    with evaluating(network):
        found = torch.cat([surprise(network, part) for part in views.split(batch_size)])
    return torch.cat([found[0, :half], found[:, half:].flatten()])[: len(text)]

"""How the small GPT is trained and judged: its surprise about the next token, in bits."""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch.nn import functional as F

from academy.learn.hooks import History, stepping
from academy.learn.training import descend_clipped, evaluating, train
from academy.lessons.lesson7.gpt import GPT, Size


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
class Trained:
    """A GPT, and how its training went."""

    network: GPT
    losses: torch.Tensor
    """Bits a token of each batch before its step, shape (steps,)."""
    seconds: float
    """The processor's, for training alone."""


def trained(recipe: Recipe, text: torch.Tensor) -> Trained:
    """Train a GPT.

    Args:
        recipe: How.
        text: Ids, shape (tokens,), int64, more than the context.
    """
    torch.manual_seed(recipe.seed)
    network, history = GPT(recipe.size), History()
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
        lambda batch: surprise(network, batch).mean(),
        optimizer,
        windows(text, recipe.size.context, recipe.batch_size),
        recipe.steps,
        update=descend_clipped(1.0),
        after_step=(stepping(schedule), history),
    )
    return Trained(network, history.losses, time.process_time() - begin)


def windows(text: torch.Tensor, length: int, batch_size: int) -> Iterator[torch.Tensor]:
    """Give without end windows of a text that begin anywhere.

    Args:
        text: Shape (tokens,), int64, longer than a window.
        length: Tokens that are to be said.
        batch_size: Windows in a batch.

    Yields:
        Shape (batch_size, length + 1), int64: one more, to be the first that is seen.
    """
    views = text.unfold(0, length + 1, 1)  # (places, length + 1), no copy
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
    logits = network(ids[:, :-1])
    nats = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
    return nats.view(len(ids), -1) / math.log(2)


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

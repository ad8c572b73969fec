"""The training loop for one classifier, and how well it does on examples it is not trained on."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import torch
from torch import nn
from torch.nn import functional as F
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from academy.learn.batches import shuffled_batches


@dataclass
class History:
    """What a training was like, step by step."""

    losses: list[float] = field(default_factory=list)
    """Mean cross-entropy of the batch before each step, in nats."""
    checked_at: list[int] = field(default_factory=list)
    """Steps that were done when the net was checked."""
    validation_losses: list[float] = field(default_factory=list)
    validation_accuracies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    """Time of the steps, without that of the checks."""


def train(
    net: nn.Module,
    optimizer: Optimizer,
    images: torch.Tensor,
    labels: torch.Tensor,
    steps: int,
    *,
    batches: Iterator[torch.Tensor] | None = None,
    scheduler: LRScheduler | None = None,
    change: Callable[[torch.Tensor], torch.Tensor] | None = None,
    label_smoothing: float = 0.0,
    validation: tuple[torch.Tensor, torch.Tensor] | None = None,
    check_every: int = 100,
) -> History:
    """Train a classifier on the cross-entropy.

    Args:
        net: Gives one logit a class; trained in place, on the device of its weights, and left in
            training mode.
        optimizer: Of torch.optim, holding the net's parameters.
        images: Inputs, shape (count, ...), on any device.
        labels: Classes, shape (count,), int64.
        steps: Number of steps.
        batches: Iterator over indices; when None, batches of 100 in PyTorch's own random order.
        scheduler: Of torch.optim, stepped after each step.
        change: Applied to the images of each batch, as for augmentation.
        label_smoothing: Share of each label that is spread evenly over all classes.
        validation: Images and labels the net is checked on.
        check_every: Steps from one check to the next; the last step is followed by one too.

    Returns:
        Losses, checks and time.
    """
    device = next(net.parameters()).device
    batches = batches or shuffled_batches(len(labels), batch_size=min(100, len(labels)))
    history = History()
    net.train()
    begin = time.perf_counter()
    for step in range(1, steps + 1):
        chosen = next(batches)
        inputs, targets = images[chosen].to(device), labels[chosen].to(device)
        logits = net(inputs if change is None else change(inputs))
        loss = F.cross_entropy(logits, targets, label_smoothing=label_smoothing)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        history.losses.append(loss.item())
        if validation is not None and (step % check_every == 0 or step == steps):
            history.seconds += time.perf_counter() - begin
            loss_now, accuracy_now = evaluate(net, *validation)
            history.checked_at.append(step)
            history.validation_losses.append(loss_now)
            history.validation_accuracies.append(accuracy_now)
            net.train()
            begin = time.perf_counter()
    history.seconds += time.perf_counter() - begin
    return history


@torch.no_grad()
def predict(net: nn.Module, images: torch.Tensor, batch_size: int = 1000) -> torch.Tensor:
    """Run a net on many images, a part at a time.

    Args:
        net: Put into evaluation mode.
        images: Shape (count, ...), on any device.
        batch_size: Images that the net sees at once.

    Returns:
        Outputs of shape (count, ...), on the device of the images.
    """
    device = next(net.parameters()).device
    net.eval()
    return torch.cat([net(part.to(device)).to(images.device) for part in images.split(batch_size)])


def evaluate(net: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> tuple[float, float]:
    """Measure a classifier in evaluation mode.

    Args:
        net: Gives one logit a class.
        images: Shape (count, ...).
        labels: Shape (count,), int64.

    Returns:
        The mean cross-entropy in nats, and the share of images it is right on.
    """
    logits = predict(net, images)
    return F.cross_entropy(logits, labels).item(), (logits.argmax(dim=1) == labels).double().mean().item()

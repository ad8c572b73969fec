"""Two networks of Homework 3's solution, and how recorded ones of them are trained."""

import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR

from academy.learn.classification import train_classifier
from academy.learn.hooks import stepping
from academy.learn.schedules import one_cycle

RATE = 0.01


def full() -> nn.Sequential:
    """Build the baseline: one hidden layer, 19,885 parameters."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 25), nn.ReLU(), nn.Linear(25, 10))


def three_blocks(normalized: bool = True) -> nn.Sequential:
    """Build the design ``flat``: 18,170 parameters, or 18,018 without batch normalization."""
    layers: list[nn.Module] = []
    for inputs, outputs, size in ((1, 12, 5), (12, 24, 3), (24, 40, 3)):
        layers.append(nn.Conv2d(inputs, outputs, size, stride=2, padding=size // 2))
        layers += [nn.BatchNorm2d(outputs)] if normalized else []
        layers.append(nn.ReLU())
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(40 * 4 * 4, 10))


def taught(net: nn.Module, pixels: torch.Tensor, labels: torch.Tensor, steps: int) -> None:
    """Train a network in place, with AdamW and one-cycle, in batches of 100.

    Args:
        net: Gives one logit a kind.
        pixels: From 0 to 1, shape (count, 1, 28, 28).
        labels: Kinds, shape (count,), int64.
        steps: Number of steps.
    """
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE)
    schedule = LambdaLR(optimizer, lambda step: one_cycle(step / steps))
    train_classifier(net, optimizer, pixels, labels, steps, after_step=[stepping(schedule)])

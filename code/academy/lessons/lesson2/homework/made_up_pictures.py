"""Pictures made up for a training whose order, labels and losses are known."""

from typing import Any

import torch
from torch import nn

from academy.lessons.lesson2.homework.net_answers import KINDS
from academy.nets.mlp import mlp

EXAMPLES, HELD, MISLABELED = 1050, 250, 50


class MadeUp:
    """Pictures of ten kinds that a small net learns in moments; the last ones to check with are mislabeled.

    They come sorted by kind, so an order that is not shuffled shows. The mislabeled ones stand at the end,
    so a mean over batches of unequal size is another number than the mean over pictures.

    Args:
        features: Numbers in an input.
        device: Where the tensors are.
    """

    def __init__(self, features: int, device: Any) -> None:
        chance = torch.Generator().manual_seed(0)
        kinds = 0.12 * torch.randn(KINDS, features, generator=chance)
        labels = torch.arange(EXAMPLES + HELD) % KINDS
        inputs = kinds[labels] + torch.randn(len(labels), features, generator=chance)
        order = labels[:EXAMPLES].argsort(stable=True)
        held = labels[EXAMPLES:].clone()
        held[-MISLABELED:] = (held[-MISLABELED:] + 1) % KINDS
        self.device = device
        self.training = inputs[order].to(device), labels[order].to(device)
        self.checking = inputs[EXAMPLES:].to(device), held.to(device)

    def net(self) -> nn.Sequential:
        """Build the same net each time, without touching the student's random numbers."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            return mlp([self.training[0].shape[1], 30, KINDS]).to(self.device)

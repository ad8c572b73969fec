"""Trainings with a fault each, watched over their epochs, for curves to be read."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F
from torch.optim.swa_utils import update_bn

from academy.learn.seeds import seed_everything
from academy.lessons.lesson3.clothes_runs import clothes, first, standardized

PICTURES = 1000
KEPT_BACK = 1000
EPOCHS = 10
RATE = 0.01
MEASURED_AT_ONCE = 100


@dataclass(frozen=True)
class Fault:
    """What is wrong with a training, or with how it is measured."""

    dropout: float = 0.2
    """Probability before the last layer."""
    batch_size: int = 50
    left_training: type[nn.Module] | None = None
    """Layers of this kind stay in training mode when the network is measured."""


FAULTS = {
    "none": Fault(),
    "dropout too strong": Fault(dropout=0.9),
    "dropout on in evaluation": Fault(dropout=0.5, left_training=nn.Dropout),
    "batch statistics in evaluation": Fault(left_training=nn.BatchNorm2d),
    "batches of one": Fault(batch_size=1),
}
"""By the names that the homework gives them."""


def network(fault: Fault) -> nn.Sequential:
    """Build three convolutions and a global average."""
    layers: list[nn.Module] = []
    for inputs, outputs, size in ((1, 12, 5), (12, 24, 3), (24, 40, 3)):
        layers.append(nn.Conv2d(inputs, outputs, size, stride=2, padding=size // 2))
        layers += [nn.BatchNorm2d(outputs), nn.ReLU()]
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(fault.dropout), nn.Linear(40, 10)]
    return nn.Sequential(*layers, *head)


def at_rest(net: nn.Sequential, left_training: type[nn.Module] | None = None) -> nn.Sequential:
    """Put a network in evaluation mode, but for layers of one kind."""
    for layer in net.eval():
        layer.train(isinstance(layer, left_training or ()))
    return net


@torch.no_grad()
def measured(
    net: nn.Module, images: torch.Tensor, labels: torch.Tensor, at_once: int = MEASURED_AT_ONCE
) -> float:
    """Give the share of pictures that a network names rightly, in the modes its layers are in."""
    logits = torch.cat([net(part) for part in images.split(at_once)])
    return round((logits.argmax(dim=1) == labels).double().mean().item(), 4)


def watched(name: str, seed: int = 0) -> dict[str, Any]:
    """Train with a fault and measure after each epoch.

    Args:
        name: Of the fault.
        seed: Of all random numbers.

    Returns:
        The fault, and shares of right answers, one an epoch: ``training``, of its batches as they pass;
        of the pictures kept back ``sorted``, in the order of their kinds, the same once more ``again``,
        and ``mixed``, in another order. Of the last weights also ``renewed``, a share when the averages of
        batch normalization are taken anew from the training pictures, in batches of 100, and ``alone``, one
        when each picture is asked by itself, with batch normalization in training mode.
    """
    fault = FAULTS[name]
    seed_everything(seed)
    images, labels = standardized(first(clothes().train, PICTURES))
    kept, kinds = standardized(first(clothes().validation, KEPT_BACK))
    by_kind, mixed = kinds.argsort(stable=True), torch.randperm(KEPT_BACK)
    net = network(fault)
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)
    curves: dict[str, list[float]] = {"training": [], "sorted": [], "again": [], "mixed": []}
    for _ in range(EPOCHS):
        curves["training"].append(epoch(net, optimizer, images, labels, fault.batch_size))
        at_rest(net, fault.left_training)
        for key, order in (("sorted", by_kind), ("again", by_kind), ("mixed", mixed)):
            curves[key].append(measured(net, kept[order], kinds[order]))
    update_bn(images.split(MEASURED_AT_ONCE), net)
    renewed = measured(at_rest(net), kept, kinds)
    alone = measured(at_rest(net, nn.BatchNorm2d), kept, kinds, at_once=1)
    return {"fault": name, **curves, "renewed": renewed, "alone": alone}


def epoch(
    net: nn.Module, optimizer: torch.optim.Optimizer, images: torch.Tensor, labels: torch.Tensor, size: int
) -> float:
    """Train on all pictures once; give the share named rightly on the way."""
    net.train()
    right = 0
    for batch in torch.randperm(len(images)).split(size):
        logits = net(images[batch])
        optimizer.zero_grad()
        F.cross_entropy(logits, labels[batch]).backward()
        optimizer.step()
        right += int((logits.argmax(dim=1) == labels[batch]).sum())
    return round(right / len(images), 4)

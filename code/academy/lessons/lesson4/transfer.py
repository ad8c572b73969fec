"""A trained network cut into what stays and what is trained again, for twelve kinds of pictures."""

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR
from torchvision.transforms import v2

from academy.data.images import Labeled
from academy.learn.batches import shuffled_batches
from academy.learn.classification import evaluate, train_classifier
from academy.learn.hooks import stepping
from academy.learn.schedules import one_cycle
from academy.learn.seeds import seed_everything
from academy.nets.pretrained import ImageBackbone

KINDS = 12
BATCH_SIZE = 16


class KeepsStatistics(nn.Sequential):
    """Layers in a row whose batch normalization stays in evaluation mode, even in training.

    It goes on with the means and variances of the pictures that the network was first trained on.
    """

    def train(self, mode: bool = True) -> "KeepsStatistics":
        """Put all layers into training mode, but not batch normalization."""
        super().train(mode)
        for layer in self.modules():
            if isinstance(layer, nn.BatchNorm2d):
                layer.eval()
        return self


class Parts(NamedTuple):
    """A backbone in two parts; one after the other they give its features."""

    front: nn.Sequential
    """From pictures to the maps that the last block is given, in a row: 192 × 3 × 3 numbers at 96 pixels."""
    last_block: nn.Sequential
    """From these to the features."""


def parts_of(backbone: ImageBackbone, side: int) -> Parts:
    """Cut a backbone before its last block; both parts share its weights.

    Args:
        backbone: EfficientNet-Lite0.
        side: Pixels along a side of what it sees; its maps are smaller by a factor of 32.
    """
    network, height = backbone.network, side // 32
    front = nn.Sequential(
        backbone.prepare, network.conv_stem, network.bn1, *network.blocks[:-1], nn.Flatten()
    )
    channels = network.blocks[-1][0].conv_pw.in_channels
    last_block = nn.Sequential(
        nn.Unflatten(1, (channels, height, height)),
        network.blocks[-1],
        network.conv_head,
        network.bn2,
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
    )
    return Parts(front.eval(), last_block.eval())


def small_color_cnn() -> nn.Sequential:
    """Build four convolutions, the mean of each of their last maps, and one linear layer: 100,000 parameters.

    Returns:
        A net for pictures of shape (count, 3, 96, 96), uint8, with a logit a kind. Without its last layer
        it gives 128 features.
    """
    layers: list[nn.Module] = [v2.ToDtype(torch.float32, scale=True), v2.Normalize([0.5] * 3, [0.5] * 3)]
    inputs = 3
    for outputs, kernel_size in [(16, 5), (32, 3), (64, 3), (128, 3)]:
        layers += [
            nn.Conv2d(inputs, outputs, kernel_size, stride=2, padding=kernel_size // 2, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(),
        ]
        inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, KINDS))


class Run(NamedTuple):
    """A trained net, and what its training cost."""

    net: nn.Module
    losses: torch.Tensor
    """Before each step, shape (steps,)."""
    seconds: float
    """Processor time of the training."""


def trained(
    net: nn.Module,
    groups: Sequence[dict[str, Any]],
    examples: Labeled,
    steps: int,
    seed: int,
    batch_size: int = BATCH_SIZE,
) -> Run:
    """Train a net with Adam, each group of parameters at a rate of its own, all through one cycle.

    Args:
        net: Gives a logit a kind; trained in place.
        groups: As ``torch.optim`` takes them: ``params`` and their highest learning rate ``lr``.
        examples: Inputs of the net, and their kinds.
        steps: Number of steps.
        seed: Of the order of the examples.
        batch_size: Examples in a batch, or all where there are fewer.
    """
    seed_everything(seed)
    optimizer = torch.optim.Adam(groups)
    scheduler = LambdaLR(optimizer, lambda step: one_cycle(step / steps))
    batches = shuffled_batches(len(examples.labels), min(batch_size, len(examples.labels)))
    begin = time.process_time()
    history = train_classifier(
        net, optimizer, *examples, steps, batches=batches, after_step=[stepping(scheduler)]
    )
    return Run(net, history.losses, time.process_time() - begin)


def head(features: int, seed: int, kinds: int = KINDS) -> nn.Linear:
    """Make the new last layer, which has seen nothing yet."""
    seed_everything(seed)
    return nn.Linear(features, kinds)


def trainable(module: nn.Module, rate: float) -> dict[str, Any]:
    """Let a part be trained, with the highest learning rate that is its own."""
    return {"params": list(module.requires_grad_(True).parameters()), "lr": rate}


def accuracy(net: nn.Module, inputs: torch.Tensor, labels: torch.Tensor) -> float:
    """Give the share of examples on which a net is right."""
    return round(evaluate(net, inputs, labels)[1], 4)

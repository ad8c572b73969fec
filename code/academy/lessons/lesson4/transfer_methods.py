"""The ways to a classifier of the twelve kinds, each from the same few pictures."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import torch
from torch import nn

from academy.data.emoji_kinds import KindPictures, KindSplit, kind_split
from academy.data.images import Labeled
from academy.learn.seeds import seed_everything
from academy.lessons.lesson4.transfer import (
    KeepsStatistics,
    Parts,
    Run,
    head,
    parts_of,
    small_color_cnn,
    trainable,
    trained,
)
from academy.nets.features import cached_features
from academy.nets.pretrained import image_backbone

SIDE = 96
HEAD_RATE = 3e-3
BLOCK_RATE = 3e-4
FRONT_RATE = 1e-4
SCRATCH_RATE = 1e-2
FEATURES = 1280


@cache
def split() -> KindSplit:
    """Draw the pictures of the twelve kinds."""
    return kind_split(side=SIDE)


def fresh_parts() -> Parts:
    """Load the backbone anew, cut before its last block."""
    return parts_of(image_backbone(SIDE), SIDE)


def features_of(pictures: KindPictures) -> torch.Tensor:
    """Give the features of the frozen backbone, from the disk where they are there: shape (count, 1280)."""
    return cached_features(image_backbone(SIDE), pictures.images)


class Trained(NamedTuple):
    """What a way led to."""

    run: Run
    of_pictures: Callable[[KindPictures], torch.Tensor]
    """Gives what the trained net takes, of pictures."""


def linear(chosen: torch.Tensor, steps: int, seed: int) -> Trained:
    """Train a linear layer on features that stay as they are."""
    layer, train = head(FEATURES, seed), split().train
    examples = Labeled(features_of(train)[chosen], train.labels[chosen])
    return Trained(trained(layer, [trainable(layer, HEAD_RATE)], examples, steps, seed), features_of)


def last_block(chosen: torch.Tensor, steps: int, seed: int) -> Trained:
    """Train the backbone's last block too, on the maps before it, which stay as they are."""
    parts, layer, train = fresh_parts(), head(FEATURES, seed), split().train
    net = KeepsStatistics(parts.last_block, layer)
    groups = [trainable(parts.last_block, BLOCK_RATE), trainable(layer, HEAD_RATE)]

    def maps_of(pictures: KindPictures) -> torch.Tensor:
        return cached_features(fresh_parts().front, pictures.images)

    examples = Labeled(maps_of(train)[chosen], train.labels[chosen])
    return Trained(trained(net, groups, examples, steps, seed), maps_of)


def everything(chosen: torch.Tensor, steps: int, seed: int, times: float = 1.0) -> Trained:
    """Train the whole backbone, the earlier its layers the more slowly.

    Args:
        chosen: Which training pictures to see.
        steps: Number of steps.
        seed: Of the last layer and of the order of the pictures.
        times: What the backbone's learning rates are multiplied with.
    """
    parts, layer, train = fresh_parts(), head(FEATURES, seed), split().train
    net = KeepsStatistics(*parts, layer)
    groups = [
        trainable(parts.front, times * FRONT_RATE),
        trainable(parts.last_block, times * BLOCK_RATE),
        trainable(layer, HEAD_RATE),
    ]
    examples = Labeled(train.images[chosen], train.labels[chosen])
    return Trained(trained(net, groups, examples, steps, seed), pixels_of)


def scratch(chosen: torch.Tensor, steps: int, seed: int) -> Trained:
    """Train a small CNN that has seen nothing before."""
    seed_everything(seed)
    net: nn.Module = small_color_cnn()
    train = split().train
    examples = Labeled(train.images[chosen], train.labels[chosen])
    return Trained(trained(net, [trainable(net, SCRATCH_RATE)], examples, steps, seed), pixels_of)


def pixels_of(pictures: KindPictures) -> torch.Tensor:
    """Give the pictures themselves."""
    return pictures.images


class Method(NamedTuple):
    """A way, and how many steps it takes by the number of examples of each kind."""

    train: Callable[[torch.Tensor, int, int], Trained]
    steps: dict[int, int]


METHODS = {
    "linear": Method(linear, {1: 60, 5: 60, 20: 60, 100: 150}),
    "last block": Method(last_block, {1: 20, 5: 40, 20: 60, 100: 150}),
    "scratch": Method(scratch, {1: 40, 5: 80, 20: 150, 100: 400}),
    "everything": Method(everything, {1: 10, 5: 20, 20: 30, 100: 60}),
}

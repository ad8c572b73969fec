"""Task 1: a trained network that gives features, frozen and in evaluation mode."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from academy.homework.tasks import Finding, calling, right, wrong
from academy.nets.pretrained import ImageBackbone

SIDE = 224
"""Pixels along a side of what the check shows a network that does not say what it takes."""
CLASSES = 1000
"""Of ImageNet, and so the logits of a last layer that is still there."""


def gives_features(backbone: Any) -> Iterator[Finding]:
    """Look at the mode, at what could still be trained, and at what comes out."""
    found = list(state_mistakes(backbone))
    if found:
        yield from found
        return
    shape = 2, *getattr(backbone, "pretrained_cfg", {}).get("input_size", (3, SIDE, SIDE))
    with calling(f"backbone(pictures) on a batch of shape {shape}"), torch.no_grad():
        features = backbone(torch.randn(shape, generator=torch.Generator().manual_seed(0)))
    found = list(output_mistakes(backbone, features))
    if found:
        yield from found
        return
    millions = sum(each.numel() for each in backbone.parameters()) / 1e6
    yield right(
        f"{features.shape[1]:,} features of a picture; {millions:.1f} million parameters, all frozen, "
        "in evaluation mode"
    )


def state_mistakes(backbone: Any) -> Iterator[Finding]:
    """Say why a value is no trained network at rest."""
    if not isinstance(backbone, nn.Module):
        kind = f"the class {backbone.__name__}" if isinstance(backbone, type) else type(backbone).__name__
        yield wrong(
            f"`backbone` is no network, but {kind}.",
            "`trained_network()` gives one; what changes it in place, such as `reset_classifier`, "
            "returns nothing, and a method such as `forward_features` is no network.",
        )
    elif any(isinstance(layer, ImageBackbone) for layer in backbone.modules()):
        yield wrong(
            "`backbone` is the course's `ImageBackbone`, which prepares pictures itself.",
            "begin with `trained_network()`: what you prepare in Task 2 would be prepared twice.",
        )
    elif untrained(backbone):
        yield wrong(
            "The batch normalization of `backbone` has never seen a picture: all means 0, all variances 1.",
            "these are weights of chance. `trained_network()` brings trained ones, and so does timm "
            "with `pretrained=True`.",
        )
    elif awake := [name or "the network" for name, each in backbone.named_modules() if each.training]:
        yield wrong(
            f"`backbone` is in training mode; modules in it that are: {len(awake)}, the first {awake[0]}.",
            "`backbone.eval()`, all of it, as the last thing: else batch normalization makes the features of "
            "a picture depend on its neighbors in the batch.",
        )
    elif loose := [name for name, each in backbone.named_parameters() if each.requires_grad]:
        yield wrong(
            f"Parameters of `backbone` that can still be trained: {len(loose)}, the first {loose[0]}.",
            "`backbone.requires_grad_(False)` freezes all of them; a layer made afterwards is not frozen.",
        )


def output_mistakes(backbone: nn.Module, features: Any) -> Iterator[Finding]:
    """Say why what comes out for two pictures is no row of features each."""
    if not torch.is_tensor(features):
        yield wrong(
            f"`backbone` returns a {type(features).__name__}, not a tensor.",
            "a tensor of shape (batch, features).",
        )
        return
    shape = tuple(features.shape)
    if len(shape) == 4:
        yield wrong(
            f"Two pictures become shape {shape}: maps, which still have places.",
            "their mean over height and width gives one number a map: "
            "`nn.AdaptiveAvgPool2d(1)` and `nn.Flatten()`.",
        )
    elif len(shape) != 2 or shape[0] != 2:
        yield wrong(f"Two pictures become shape {shape}.", "a row of features each: (2, features).")
    elif shape[1] == CLASSES and has_head(backbone):
        yield wrong(
            f"Two pictures become shape {shape}: the logits of ImageNet's {CLASSES:,} classes.",
            "take the last layer away: `backbone.reset_classifier(0)` in timm, "
            "`backbone.fc = nn.Identity()` in a ResNet of torchvision.",
        )
    elif torch.allclose(features[0], features[1]):
        yield wrong(
            "Two pictures of noise become the same features.", "what comes out must depend on what goes in."
        )


def has_head(backbone: nn.Module) -> bool:
    """Tell whether a network has a linear layer with one unit a class."""
    return any(isinstance(each, nn.Linear) and each.out_features == CLASSES for each in backbone.modules())


def untrained(backbone: nn.Module) -> bool:
    """Tell whether a network has batch normalization, and all of it as it was made."""
    layers = [each for each in backbone.modules() if isinstance(each, nn.BatchNorm2d)]
    return bool(layers) and all(
        each.running_mean is not None
        and each.running_var is not None
        and bool((each.running_mean == 0).all() and (each.running_var == 1).all())
        for each in layers
    )

"""What turns pictures into features: networks trained on ImageNet, and the baseline they must beat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F
from torchvision.models import resnet18
from torchvision.transforms import v2

from academy.apps.pictures.squares import middle_square
from academy.assets.cache import fetch
from academy.nets.features import network_key
from academy.nets.pretrained import image_backbone, read_weights

SMALL_SIDE = 16
"""Pixels along a side of what the baseline compares; from 8 to 32 its precision on emoji is 0.17 to 0.19."""


class SmallPixels(nn.Module):
    """The baseline: a picture shrunk to 16 × 16 pixels, less the mean of all its numbers.

    The cosine of two such vectors is the correlation of the two small pictures.
    """

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Turn images into features.

        Args:
            images: Shape (batch, 3, side, side), uint8.

        Returns:
            Shape (batch, 768), float32; zeros for a picture that is gray all over.
        """
        # In double precision, or a gray picture would leave noise, which would be scaled up to length 1.
        small = F.adaptive_avg_pool2d(images.double(), SMALL_SIDE).flatten(1)  # (batch, 3 × 16 × 16)
        return (small - small.mean(dim=1, keepdim=True)).float()

    def extra_repr(self) -> str:
        """Name the side, so that features of another one are not taken for these."""
        return f"side={SMALL_SIDE}"


class ResNetBackbone(nn.Module):
    """ResNet-18 up to its features, for pixels from 0 to 255.

    Source: He et al., *Deep Residual Learning for Image Recognition*, 2015, arXiv:1512.03385.
    """

    def __init__(self) -> None:
        super().__init__()
        self.network = resnet18()
        self.network.load_state_dict(read_weights(fetch("resnet18") / "resnet18-f37072fd.pth"))
        self.network.fc = nn.Identity()
        self.prepare = v2.Compose(
            [
                v2.ToDtype(torch.float32, scale=True),
                v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
            ]
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Turn images of shape (batch, 3, side, side), uint8, into features of shape (batch, 512)."""
        features: torch.Tensor = self.network(self.prepare(images))
        return features


@dataclass(frozen=True)
class Backbone:
    """A network that is ready to give features of pictures."""

    name: str
    title: str
    """What a person reads."""
    network: nn.Module
    """From uint8 pixels, shape (batch, 3, side, side), to features, shape (batch, width)."""
    side: int

    @cached_property
    def key(self) -> str:
        """Name what its features depend on: weights, layers and the size of pictures."""
        return f"{self.name}-{self.side}-{network_key(self.network)[:16]}"

    def prepare(self, picture: Image.Image) -> torch.Tensor:
        """Cut the middle square out of a picture, and resize it.

        Args:
            picture: In RGB, of any size.

        Returns:
            Shape (3, side, side), uint8.
        """
        return middle_square(picture, self.side)

    def features(self, prepared: Sequence[torch.Tensor]) -> torch.Tensor:
        """Turn pictures into features of length 1.

        Args:
            prepared: What ``prepare`` gave for each.

        Returns:
            Shape (count, width), float32; zeros where a picture has no features.
        """
        with torch.inference_mode():
            features: torch.Tensor = self.network(torch.stack([*prepared]))
            return F.normalize(features, eps=1e-6)


@dataclass(frozen=True)
class Kind:
    """How a backbone is called and built."""

    title: str
    build: Callable[[int], nn.Module]
    """Takes the pixels along a side of what it will see."""


BACKBONES = {
    "efficientnet": Kind("EfficientNet-Lite0, trained on ImageNet", image_backbone),
    "pixels": Kind(f"Pixels alone, {SMALL_SIDE} × {SMALL_SIDE}: the baseline", lambda side: SmallPixels()),
    "resnet18": Kind("ResNet-18, trained on ImageNet", lambda side: ResNetBackbone()),
}
DEFAULT = ("efficientnet", "pixels")
"""The packaged network beside its baseline."""


def load_backbones(names: Sequence[str], side: int) -> dict[str, Backbone]:
    """Load backbones, each once.

    Args:
        names: Out of ``BACKBONES``.
        side: Pixels along a side of what they see.

    Raises:
        ValueError: If there is none of a name, or no name.
        AssetUnavailable: If no source delivers the weights.
    """
    expect_known(names)
    return {
        name: Backbone(name, BACKBONES[name].title, BACKBONES[name].build(side).eval(), side)
        for name in dict.fromkeys(names)
    }


def expect_known(names: Sequence[str]) -> None:
    """Refuse names of no backbone.

    Raises:
        ValueError: If there is none of a name, or no name.
    """
    for name in [*names] or [""]:
        if name not in BACKBONES:
            known = ", ".join(BACKBONES)
            raise ValueError(f"There is no backbone “{name}”. Choose one or more of these: {known}.")

"""Networks that others trained, ready to give features."""

from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from torch import nn
from torchvision.transforms import v2

from academy.assets.cache import fetch

SIDE = 224
"""Pixels along a side of the images that EfficientNet-Lite0 was trained on."""
MEAN, STD = 127 / 255, 128 / 255
"""How its training shifted and scaled pixels, for pixels from 0 to 1."""


class ImageBackbone(nn.Module):
    """EfficientNet-Lite0 trained on ImageNet, from pixels to features.

    It prepares images itself, as for its training: the shorter side is resized to 224 pixels
    (bicubic), the middle 224 × 224 are cut out, and pixels are shifted and scaled to about −1 to 1.
    Fewer pixels cost less and lose detail: at 96 an image takes a fifth of the time.

    Source: Tan and Le, *EfficientNet*, 2019, arXiv:1905.11946; the Lite version leaves out
    squeeze-and-excitation and uses ReLU6.

    Args:
        network: The network as timm builds it.
        side: Pixels along a side of what the network sees.
    """

    width = 1280
    """Features of an image."""

    def __init__(self, network: Any, side: int = SIDE) -> None:
        super().__init__()
        self.network = network
        self.prepare = v2.Compose(
            [
                v2.ToDtype(torch.float32, scale=True),
                v2.Resize(side, v2.InterpolationMode.BICUBIC, antialias=True),
                v2.CenterCrop(side),
                v2.Normalize([MEAN] * 3, [STD] * 3),
            ]
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Turn images into features.

        Args:
            images: Shape (batch, 3, height, width), any size; uint8 from 0 to 255, or float from 0 to 1.

        Returns:
            Shape (batch, 1280), float32, each the mean of one feature map.
        """
        maps = self.network.forward_features(self.prepare(images))  # (batch, 1280, 7, 7) at 224 pixels
        features: torch.Tensor = maps.mean(dim=(2, 3))
        return features

    def classify(self, images: torch.Tensor) -> torch.Tensor:
        """Turn images, as in ``forward``, into logits of ImageNet's 1,000 classes, shape (batch, 1000)."""
        logits: torch.Tensor = self.network.forward_head(self.network.forward_features(self.prepare(images)))
        return logits


def image_backbone(side: int = SIDE) -> ImageBackbone:
    """Load the packaged ImageNet backbone, frozen and in evaluation mode.

    Args:
        side: Pixels along a side of what the network sees.

    Returns:
        EfficientNet-Lite0: 3.4 million parameters in the part that gives features.

    Raises:
        AssetUnavailable: If no source delivers the weights.
        ValueError: If the file holds anything but weights of this network.
    """
    import timm

    network = timm.create_model("tf_efficientnet_lite0")
    weights = read_weights(fetch("efficientnet-lite0") / "efficientnet-lite0-57934424.pth")
    if len(weights) != len(network.state_dict()):
        raise ValueError(
            f"expected {len(network.state_dict())} tensors of EfficientNet-Lite0, found {len(weights)}"
        )
    # Both list the same tensors in the same order, under different names.
    network.load_state_dict(dict(zip(network.state_dict(), weights.values())))
    return ImageBackbone(network, side).eval().requires_grad_(False)


def imagenet_names() -> list[str]:
    """Name ImageNet's 1,000 classes, in the order of the logits: as torchvision has them, in its package."""
    from torchvision.models import ResNet18_Weights

    names: list[str] = ResNet18_Weights.IMAGENET1K_V1.meta["categories"]
    return names


def read_weights(path: Path) -> dict[str, torch.Tensor]:
    """Read a file of tensors, refusing one that would run code.

    Raises:
        ValueError: If the file is not made of tensors alone.
    """
    try:
        weights: dict[str, torch.Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    except UnpicklingError as error:
        raise ValueError(f"{path} holds something other than weights; it was not opened further") from error
    return weights

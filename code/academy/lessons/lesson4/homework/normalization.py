"""How pixels are shifted and scaled: as a network saw them in training, and as a preparation gives them."""

from typing import Any, NamedTuple

import torch
from PIL import Image
from torch import nn

from academy.nets.pretrained import MEAN, STD, image_backbone

NEAR = 0.03
"""Of what black and white become: means and spreads are quoted with two digits or three."""


class Normalization(NamedTuple):
    """What is taken away from pixels from 0 to 1, and what they are divided by, one number a channel."""

    mean: tuple[float, ...]
    std: tuple[float, ...]

    def black_and_white(self) -> torch.Tensor:
        """Give what black and white become, shape (2, 3)."""
        mean, std = torch.tensor(self.mean).double(), torch.tensor(self.std).double()
        return torch.stack([-mean / std, (1 - mean) / std])


PACKAGED = Normalization((MEAN,) * 3, (STD,) * 3)
IMAGENET = Normalization((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
CLIP = Normalization((0.481, 0.458, 0.408), (0.269, 0.261, 0.276))


def expected(backbone: nn.Module) -> list[Normalization]:
    """Return how a network saw pixels in training; the usual ways, where it does not say."""
    stem = image_backbone().network.conv_stem.weight
    weights = [*backbone.parameters()]
    if any(each.shape == stem.shape and torch.equal(each.cpu(), stem) for each in weights):
        return [PACKAGED]
    for layer in backbone.modules():
        settings = getattr(layer, "pretrained_cfg", None)  # timm's
        if isinstance(settings, dict) and {"mean", "std"} <= set(settings):
            return [Normalization(tuple(settings["mean"]), tuple(settings["std"]))]
    return [IMAGENET, PACKAGED, CLIP]


def black_and_white_of(prepare: Any) -> torch.Tensor:
    """Return what a preparation makes of black and white, shape (2, 3)."""
    pictures = [Image.new("RGB", (512, 512), color) for color in ("black", "white")]
    return torch.stack([prepare(picture).double().mean(dim=(1, 2)) for picture in pictures])


def near(one: torch.Tensor, other: torch.Tensor, apart: float = NEAR) -> bool:
    """Tell whether two ways make the same of black and white."""
    return bool((one - other).abs().max() < apart)


def look_for_scale(found: torch.Tensor, wanted: Normalization) -> str:
    """Say where to look when black and white become something else than in training.

    Args:
        found: What they become, shape (2, 3).
        wanted: How the network saw pixels in training.
    """
    mean, std = torch.tensor(wanted.mean).double(), torch.tensor(wanted.std).double()
    spread = (found[1] - found[0]).mean().item()
    if spread > 50:
        return "divide pixels by 255 first; mean and std are for pixels from 0 to 1."
    if 0 <= spread < 0.1:
        return "pixels are divided by 255 twice: `scale=True` and `to_tensor` do it already."
    if spread < 0:
        return "light and dark are turned around: subtract the mean from the pixels."
    if near(found, torch.tensor([[0.0] * 3, [1.0] * 3]).double()):
        return "pixels from 0 to 1 are half of it: subtract the mean, then divide by std."
    if near(found, (wanted.black_and_white() - mean) / std, 3 * NEAR):
        return "that is normalized twice: once in all."
    if near(found, IMAGENET.black_and_white()):
        return (
            "these are ImageNet's mean and std, which many networks were trained with, but not this one: "
            "see what it says of itself, `backbone.pretrained_cfg`."
        )
    return "(pixels − mean) / std, with the mean and std that the network was trained with."

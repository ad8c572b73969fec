"""Nets of 8, 20 or 56 layers with shortcuts, the same nets without, and what reaches each layer."""

import torch
from torch import nn
from torch.nn import functional as F

from academy.lessons.lesson4.blocks import Residual, basic, convolution
from academy.lessons.lesson4.published import RESNET, stages

WIDTHS = [8, 16, 32]


def residual_net(layers: int) -> nn.Sequential:
    """Build three stages of residual blocks for gray pictures of any size.

    Args:
        layers: Convolutions of 3×3, and the linear layer: 6 n + 2, with n blocks of two a stage.

    After the nets for CIFAR-10 of He, Zhang, Ren and Sun (2016), arXiv:1512.03385, which are twice as wide.

    Raises:
        ValueError: If there is no such net.
    """
    blocks, rest = divmod(layers - 2, 6)
    if rest or blocks < 1:
        raise ValueError(f"a net of {layers} layers: choose 6 n + 2, as in 8, 20 or 56")
    return nn.Sequential(
        convolution(1, WIDTHS[0], 3),
        *stages(WIDTHS[0], WIDTHS, [blocks] * 3, basic, RESNET),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(WIDTHS[-1], 10),
    )


def without_shortcuts(net: nn.Sequential) -> nn.Sequential:
    """Take the shortcuts out of residual blocks: the same layers, weights and ReLUs, one after another."""
    return nn.Sequential(
        *(nn.Sequential(own.change, nn.ReLU()) if isinstance(own, Residual) else own for own in net)
    )


def gradient_norms(net: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Measure how strongly the loss pulls at each 3×3 convolution, from the first to the last.

    Args:
        net: Gives one logit a class; its own gradients stay as they are.
        images: Shape (count, channels, height, width).
        labels: Shape (count,), int64.

    Returns:
        The length of the gradient of each convolution's weights, shape (convolutions,).
    """
    layers = [
        layer for layer in net.modules() if isinstance(layer, nn.Conv2d) and layer.kernel_size == (3, 3)
    ]
    loss = F.cross_entropy(net(images), labels)
    gradients = torch.autograd.grad(loss, [layer.weight for layer in layers])
    return torch.stack([gradient.norm() for gradient in gradients])

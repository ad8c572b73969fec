"""The blocks that convolutional nets are built of: each the answer to a problem of those before it."""

import torch
from torch import nn
from torch.nn import functional as F


def convolution(
    inputs: int, outputs: int, kernel_size: int, stride: int = 1, groups: int = 1
) -> nn.Sequential:
    """Build a convolution with batch normalization and ReLU; at stride 1 height and width stay."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel_size, stride, kernel_size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


def vgg_block(inputs: int, outputs: int, convolutions: int) -> nn.Sequential:
    """Build VGG's block: 3×3 convolutions with ReLU, then a maximum that halves height and width.

    After Simonyan and Zisserman (2015), arXiv:1409.1556.
    """
    layers: list[nn.Module] = []
    for _ in range(convolutions):
        layers += [nn.Conv2d(inputs, outputs, kernel_size=3, padding=1), nn.ReLU()]
        inputs = outputs
    return nn.Sequential(*layers, nn.MaxPool2d(2))


class Inception(nn.Module):
    """Looks at its input at several sizes at once; 1×1 convolutions keep that cheap.

    After Szegedy et al. (2015), "Going deeper with convolutions", arXiv:1409.4842, with batch normalization.

    Args:
        inputs: Channels of the input.
        ones: Channels that a 1×1 convolution gives.
        threes: Channels to which a 1×1 convolution reduces, and those that a 3×3 convolution makes of them.
        fives: The same with a 5×5 convolution.
        pooled: Channels that a 1×1 convolution makes of the maxima.
    """

    def __init__(
        self, inputs: int, ones: int, threes: tuple[int, int], fives: tuple[int, int], pooled: int
    ) -> None:
        super().__init__()
        self.branches = nn.ModuleList(
            [
                convolution(inputs, ones, 1),
                nn.Sequential(convolution(inputs, threes[0], 1), convolution(*threes, 3)),
                nn.Sequential(convolution(inputs, fives[0], 1), convolution(*fives, 5)),
                nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), convolution(inputs, pooled, 1)),
            ]
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Give the channels of all branches, shape (count, sum of channels, height, width)."""
        return torch.cat([branch(images) for branch in self.branches], dim=1)


class Residual(nn.Module):
    """Adds to its input what a few layers make of it.

    After He, Zhang, Ren and Sun (2016), "Deep residual learning for image recognition", arXiv:1512.03385.

    Args:
        change: As of :func:`basic` or :func:`bottleneck`; ends before its ReLU.
        shortcut: As of :func:`shortcut`; gives the same shape.
    """

    def __init__(self, change: nn.Sequential, shortcut: nn.Module) -> None:
        super().__init__()
        self.change = change
        self.shortcut = shortcut

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Give the sum of both, shape (count, outputs, height, width), after ReLU."""
        return F.relu(self.shortcut(images) + self.change(images))


def basic(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    """Build what ResNet-18 adds: two 3×3 convolutions."""
    return nn.Sequential(*convolution(inputs, outputs, 3, stride), *convolution(outputs, outputs, 3)[:-1])


def bottleneck(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    """Build what ResNet-50 adds: a 3×3 convolution of a quarter of the channels, between two of 1×1."""
    narrow = outputs // 4
    return nn.Sequential(
        *convolution(inputs, narrow, 1),
        *convolution(narrow, narrow, 3, stride),
        *convolution(narrow, outputs, 1)[:-1],
    )


def shortcut(inputs: int, outputs: int, stride: int = 1, pooled: bool = False) -> nn.Module:
    """Pass an input on, by a 1×1 convolution where the shape changes.

    Args:
        inputs: Channels of the input.
        outputs: Channels that are wanted.
        stride: By what height and width are divided.
        pooled: Whether means divide them, as in xResNet. Otherwise the convolution skips pixels: at
            stride 2 it reads one of four.
    """
    if inputs == outputs and stride == 1:
        return nn.Identity()
    if pooled and stride > 1:
        return nn.Sequential(nn.AvgPool2d(stride, ceil_mode=True), *convolution(inputs, outputs, 1)[:-1])
    return convolution(inputs, outputs, 1, stride)[:-1]


def separable(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    """Build a depthwise separable convolution: 3×3 in each channel apart, then 1×1 across channels.

    After Howard et al. (2017), "MobileNets", arXiv:1704.04861.
    """
    return nn.Sequential(
        *convolution(inputs, inputs, 3, stride, groups=inputs),  # (count, inputs, height, width)
        *convolution(inputs, outputs, 1),
    )

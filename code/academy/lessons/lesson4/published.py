"""Nets for photos of 224 × 224 pixels and 1,000 classes, as they were published, from the lesson's blocks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from torch import nn

from academy.lessons.lesson4.blocks import (
    Inception,
    Residual,
    basic,
    bottleneck,
    convolution,
    shortcut,
    vgg_block,
)

Change = Callable[[int, int, int], nn.Sequential]


def alexnet() -> nn.Sequential:
    """Build AlexNet in one column: 61,100,840 parameters.

    After Krizhevsky (2014), "One weird trick for parallelizing convolutional neural networks",
    arXiv:1404.5997; the net of 2012 had two columns, on two graphics cards.
    """
    return nn.Sequential(
        nn.Conv2d(3, 64, kernel_size=11, stride=4, padding=2),  # (count, 64, 55, 55)
        nn.ReLU(),
        nn.MaxPool2d(3, stride=2),
        nn.Conv2d(64, 192, kernel_size=5, padding=2),  # (count, 192, 27, 27)
        nn.ReLU(),
        nn.MaxPool2d(3, stride=2),
        nn.Conv2d(192, 384, kernel_size=3, padding=1),  # (count, 384, 13, 13)
        nn.ReLU(),
        nn.Conv2d(384, 256, kernel_size=3, padding=1),
        nn.ReLU(),
        nn.Conv2d(256, 256, kernel_size=3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(3, stride=2),  # (count, 256, 6, 6)
        nn.Flatten(),
        nn.Dropout(),
        nn.Linear(256 * 6 * 6, 4096),
        nn.ReLU(),
        nn.Dropout(),
        nn.Linear(4096, 4096),
        nn.ReLU(),
        nn.Linear(4096, 1000),
    )


VGG11, VGG16 = (1, 1, 2, 2, 2), (2, 2, 3, 3, 3)
"""Convolutions of each block."""


def vgg(convolutions: Sequence[int]) -> nn.Sequential:
    """Build a VGG net: 132,863,336 parameters with 11 layers, 138,357,544 with 16.

    Args:
        convolutions: How many each of the five blocks has.
    """
    widths = [3, 64, 128, 256, 512, 512]
    return nn.Sequential(
        *map(vgg_block, widths, widths[1:], convolutions),  # (count, 512, 7, 7)
        nn.Flatten(),
        nn.Linear(512 * 7 * 7, 4096),
        nn.ReLU(),
        nn.Dropout(),
        nn.Linear(4096, 4096),
        nn.ReLU(),
        nn.Dropout(),
        nn.Linear(4096, 1000),
    )


def googlenet() -> nn.Sequential:
    """Build GoogLeNet with batch normalization, without the classifiers that hang on it while it learns."""

    def halve() -> nn.MaxPool2d:
        return nn.MaxPool2d(3, stride=2, ceil_mode=True)

    return nn.Sequential(
        convolution(3, 64, kernel_size=7, stride=2),  # (count, 64, 112, 112)
        halve(),
        convolution(64, 64, kernel_size=1),
        convolution(64, 192, kernel_size=3),
        halve(),  # (count, 192, 28, 28)
        Inception(192, 64, (96, 128), (16, 32), 32),
        Inception(256, 128, (128, 192), (32, 96), 64),
        halve(),  # (count, 480, 14, 14)
        Inception(480, 192, (96, 208), (16, 48), 64),
        Inception(512, 160, (112, 224), (24, 64), 64),
        Inception(512, 128, (128, 256), (24, 64), 64),
        Inception(512, 112, (144, 288), (32, 64), 64),
        Inception(528, 256, (160, 320), (32, 128), 128),
        halve(),  # (count, 832, 7, 7)
        Inception(832, 256, (160, 320), (32, 128), 128),
        Inception(832, 384, (192, 384), (48, 128), 128),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),  # (count, 1024)
        nn.Dropout(0.2),
        nn.Linear(1024, 1000),
    )


@dataclass(frozen=True)
class Style:
    """What makes an xResNet of a ResNet, each change by itself.

    After He, Zhang, Zhang, Zhang, Xie and Li (2019), "Bag of tricks for image classification with
    convolutional neural networks", arXiv:1812.01187, whose ResNet-D has the first and the last.
    """

    deep_stem: bool = False
    """Three 3×3 convolutions in place of the first one of 7×7."""
    zero_last_norm: bool = False
    """The last normalization of each block begins at zero, so that the block begins as its shortcut."""
    pooled_shortcut: bool = False
    """Shortcuts halve height and width by means rather than by skipping pixels."""


RESNET, XRESNET = Style(), Style(True, True, True)


def stem(inputs: int, outputs: int, deep: bool) -> nn.Sequential:
    """Build the first layers, which halve height and width."""
    if not deep:
        return convolution(inputs, outputs, kernel_size=7, stride=2)
    return nn.Sequential(
        convolution(inputs, outputs // 2, kernel_size=3, stride=2),
        convolution(outputs // 2, outputs // 2, kernel_size=3),
        convolution(outputs // 2, outputs, kernel_size=3),
    )


def stages(
    inputs: int, widths: Sequence[int], blocks: Sequence[int], change: Change, style: Style
) -> list[nn.Module]:
    """Build residual blocks, the first of each stage but the first one halving height and width.

    Args:
        inputs: Channels of the input.
        widths: Channels of each stage.
        blocks: How many blocks each stage has.
        change: :func:`basic` or :func:`bottleneck`.
        style: Of the shortcuts and of the blocks' last normalization.
    """
    layers: list[nn.Module] = []
    for stage, (outputs, count) in enumerate(zip(widths, blocks)):
        for block in range(count):
            stride = 2 if stage > 0 and block == 0 else 1
            added = change(inputs, outputs, stride)
            if style.zero_last_norm:
                nn.init.zeros_(cast(nn.BatchNorm2d, added[-1]).weight)
            layers.append(Residual(added, shortcut(inputs, outputs, stride, style.pooled_shortcut)))
            inputs = outputs
    return layers


def resnet(blocks: Sequence[int], change: Change, widths: Sequence[int], style: Style) -> nn.Sequential:
    """Build a residual net; ``resnet18``, ``resnet50`` and ``xresnet18`` say how it was published."""
    return nn.Sequential(
        stem(3, 64, style.deep_stem),  # (count, 64, 112, 112)
        nn.MaxPool2d(3, stride=2, padding=1),  # (count, 64, 56, 56)
        *stages(64, widths, blocks, change, style),  # (count, last of the widths, 7, 7)
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(widths[-1], 1000),
    )


def resnet18(style: Style = RESNET) -> nn.Sequential:
    """Build ResNet-18, 11,689,512 parameters, or xResNet-18."""
    return resnet([2, 2, 2, 2], basic, [64, 128, 256, 512], style)


def resnet50(style: Style = RESNET) -> nn.Sequential:
    """Build ResNet-50, 25,557,032 parameters, or xResNet-50."""
    return resnet([3, 4, 6, 3], bottleneck, [256, 512, 1024, 2048], style)

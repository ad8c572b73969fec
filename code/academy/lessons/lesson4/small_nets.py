"""The lesson's blocks in nets for gray pictures of 28 × 28 pixels, small enough for a processor."""

from collections.abc import Callable

from torch import nn

from academy.lessons.lesson4.blocks import Inception, basic, convolution, separable
from academy.lessons.lesson4.published import RESNET, XRESNET, Style, stages, stem
from academy.nets.lenet import lenet


def classifier(channels: int) -> list[nn.Module]:
    """Build the last layers: the mean of each map, then ten logits."""
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10)]


def small_vgg() -> nn.Sequential:
    """Build two 3×3 convolutions before each halving, three times, with batch normalization."""
    return nn.Sequential(
        convolution(1, 8, 3),
        convolution(8, 8, 3),
        nn.MaxPool2d(2),  # (count, 8, 14, 14)
        convolution(8, 16, 3),
        convolution(16, 16, 3),
        nn.MaxPool2d(2),  # (count, 16, 7, 7)
        convolution(16, 32, 3),
        convolution(32, 32, 3),
        nn.MaxPool2d(2),  # (count, 32, 3, 3)
        nn.Flatten(),
        nn.Linear(32 * 3 * 3, 10),
    )


def small_inception() -> nn.Sequential:
    """Build two Inception blocks."""
    return nn.Sequential(
        convolution(1, 16, 3),
        nn.MaxPool2d(2),  # (count, 16, 14, 14)
        Inception(16, 8, (8, 16), (4, 4), 4),
        nn.MaxPool2d(2),  # (count, 32, 7, 7)
        Inception(32, 16, (16, 32), (8, 8), 8),
        *classifier(64),
    )


def small_resnet(style: Style = RESNET) -> nn.Sequential:
    """Build three residual blocks after a stem that halves height and width."""
    return nn.Sequential(
        stem(1, 16, style.deep_stem),  # (count, 16, 14, 14)
        *stages(16, [16, 32, 64], [1, 1, 1], basic, style),  # (count, 64, 4, 4)
        *classifier(64),
    )


def small_xresnet() -> nn.Sequential:
    """Build the same with all changes of xResNet."""
    return small_resnet(XRESNET)


def small_separable() -> nn.Sequential:
    """Build four depthwise separable convolutions after one that halves height and width."""
    return nn.Sequential(
        convolution(1, 16, 3, stride=2),  # (count, 16, 14, 14)
        separable(16, 32),
        separable(32, 64, stride=2),  # (count, 64, 7, 7)
        separable(64, 64),
        separable(64, 64),
        *classifier(64),
    )


SMALL_NETS: dict[str, Callable[[], nn.Sequential]] = {
    "LeNet": lenet,
    "VGG": small_vgg,
    "Inception": small_inception,
    "ResNet": small_resnet,
    "xResNet": small_xresnet,
    "separable": small_separable,
}

"""A small convolutional net for gray images of 28 × 28 pixels."""

from torch import nn


def small_cnn(norm: bool = True, dropout: float = 0.0) -> nn.Sequential:
    """Build three convolutions, the mean of each of their last maps, and one linear layer.

    Args:
        norm: Whether batch normalization follows each convolution.
        dropout: Share of the inputs of the linear layer that are zeroed in training.

    Returns:
        A net for images of shape (count, 1, 28, 28) with ten logits an image: 24,202 parameters, and 224
        more with batch normalization.
    """

    def convolution(inputs: int, outputs: int, kernel_size: int, stride: int = 1) -> list[nn.Module]:
        layer = nn.Conv2d(inputs, outputs, kernel_size, stride, padding=kernel_size // 2)
        return [layer, nn.BatchNorm2d(outputs), nn.ReLU()] if norm else [layer, nn.ReLU()]

    return nn.Sequential(
        *convolution(1, 16, kernel_size=5, stride=2),  # (count, 16, 14, 14)
        *convolution(16, 32, kernel_size=3),
        nn.MaxPool2d(2),  # (count, 32, 7, 7)
        *convolution(32, 64, kernel_size=3),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),  # (count, 64)
        *([nn.Dropout(dropout)] if dropout else []),
        nn.Linear(64, 10),
    )

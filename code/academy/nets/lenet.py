"""LeNet: two convolutions with pooling, then three linear layers."""

from torch import nn


def lenet() -> nn.Sequential:
    """Build LeNet-5 for images of shape (count, 1, 28, 28), with ReLU and maxima in place of its curves.

    Returns:
        A net with 61,706 parameters and ten logits an image.

    After LeCun, Bottou, Bengio and Haffner (1998), "Gradient-based learning applied to document
    recognition".
    """
    return nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5, padding=2),  # (count, 6, 28, 28)
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, kernel_size=5),  # (count, 16, 10, 10)
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),  # (count, 400)
        nn.Linear(400, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )

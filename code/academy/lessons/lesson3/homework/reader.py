"""A small network for moved clothes that comes with the homework, to be read."""

from safetensors.torch import load_file
from torch import nn

from academy.learn.sweeps import PACKAGE

FILE = PACKAGE / "lessons" / "lesson3" / "homework3" / "results" / "reader.safetensors"
"""What ``train_reader.py`` left: weights as float16."""


def untrained_reader() -> nn.Sequential:
    """Build three convolutions and a global average, for pixels from 0 to 1: 2,998 parameters."""
    return nn.Sequential(
        nn.Conv2d(1, 8, kernel_size=5, stride=2, padding=2),
        nn.ReLU(),  # (n, 8, 14, 14)
        nn.Conv2d(8, 12, kernel_size=3, stride=2, padding=1),
        nn.ReLU(),  # (n, 12, 7, 7)
        nn.Conv2d(12, 16, kernel_size=3, padding=1),
        nn.ReLU(),  # (n, 16, 7, 7)
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(16, 10),
    )


def trained_reader() -> nn.Sequential:
    """Load the trained network, in evaluation mode."""
    net = untrained_reader()
    net.load_state_dict(load_file(FILE))  # float16 becomes float32
    return net.eval()

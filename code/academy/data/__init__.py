"""Each data set of the book as tensors."""

from academy.data.augmentation import erased, mirrored
from academy.data.images import ImageData, cifar10, fashion_mnist, mnist
from academy.data.jitter import jittered
from academy.data.plane import circles, spirals
from academy.data.spiral_density import (
    drawn_accuracy,
    spiral_accuracy,
    spiral_ceiling,
    spiral_cells,
    spiral_densities,
)

__all__ = [
    "ImageData",
    "cifar10",
    "circles",
    "drawn_accuracy",
    "erased",
    "fashion_mnist",
    "jittered",
    "mirrored",
    "mnist",
    "spiral_accuracy",
    "spiral_ceiling",
    "spiral_cells",
    "spiral_densities",
    "spirals",
]

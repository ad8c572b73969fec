"""Each data set of the book as tensors."""

from academy.data.plane import circles, spirals
from academy.data.spiral_density import spiral_accuracy, spiral_ceiling, spiral_cells, spiral_densities

__all__ = ["circles", "spiral_accuracy", "spiral_ceiling", "spiral_cells", "spiral_densities", "spirals"]

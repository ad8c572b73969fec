"""Each data set of the book as tensors."""

from academy.data.plane import circles, spirals

__all__ = ["circles", "spirals"]

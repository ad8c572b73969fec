"""Each data set of the book as tensors."""

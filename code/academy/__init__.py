"""The teaching code of the book *Deep Learning, from a neuron to CLIP*."""

__version__ = "0.1.0"

"""The architectures, one file an idea."""

from academy.nets.mlp import mlp

__all__ = ["mlp"]

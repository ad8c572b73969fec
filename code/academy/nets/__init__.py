"""The architectures, one file an idea, and pretrained weights for them."""

from academy.nets.mlp import mlp
from academy.nets.pretrained import ImageBackbone, image_backbone

__all__ = ["ImageBackbone", "image_backbone", "mlp"]

"""The architectures, one file an idea, and pretrained weights for them."""

from academy.nets.deepened import deepened, passing_layer
from academy.nets.mlp import mlp
from academy.nets.pretrained import ImageBackbone, image_backbone

__all__ = ["ImageBackbone", "deepened", "image_backbone", "mlp", "passing_layer"]

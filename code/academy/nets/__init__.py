"""The architectures, one file an idea, and pretrained weights for them."""

from academy.nets.deepened import deepened, passing_layer
from academy.nets.mlp import mlp
from academy.nets.pretrained import ImageBackbone, image_backbone
from academy.nets.sine import Sine

__all__ = ["ImageBackbone", "Sine", "deepened", "image_backbone", "mlp", "passing_layer"]

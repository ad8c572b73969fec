"""The architectures, one file an idea, and pretrained weights for them."""

from academy.nets.classifiers import CLASSIFIERS
from academy.nets.deepened import deepened, passing_layer
from academy.nets.lenet import lenet
from academy.nets.mlp import mlp
from academy.nets.pretrained import ImageBackbone, image_backbone
from academy.nets.residual import residual_net
from academy.nets.sine import Sine

__all__ = [
    "CLASSIFIERS",
    "ImageBackbone",
    "Sine",
    "deepened",
    "image_backbone",
    "lenet",
    "mlp",
    "passing_layer",
    "residual_net",
]

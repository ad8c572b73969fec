"""The architectures, and pretrained weights for them."""

from academy.nets.pretrained import ImageBackbone, image_backbone

__all__ = ["ImageBackbone", "image_backbone"]

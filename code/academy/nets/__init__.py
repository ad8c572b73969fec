"""The architectures, one file an idea, and pretrained weights for them."""

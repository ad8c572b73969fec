"""What stands on the canvases of the augmentations."""

import base64
import io

import numpy as np
import torch
from PIL import Image
from playwright.sync_api import Locator


def pixels(canvas: Locator) -> torch.Tensor:
    """Return what stands on a canvas, shape (3, height, width), from 0 to 1."""
    address = canvas.evaluate("(canvas) => canvas.toDataURL()")
    picture = Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))).convert("RGB")
    return torch.from_numpy(np.array(picture)).permute(2, 0, 1) / 255

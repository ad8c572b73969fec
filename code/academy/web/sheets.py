"""Many small pictures in one file, for a page to cut apart."""

import io
import math

import torch
from PIL import Image

QUALITY = 50
"""Of WebP, from 0 to 100; drawings on white show little of what it leaves out."""


def sheet(pictures: torch.Tensor, columns: int) -> torch.Tensor:
    """Lay pictures of one size beside and below each other, row by row, on white.

    Args:
        pictures: Shape (count, 3, height, width), uint8.
        columns: Pictures in a row.

    Returns:
        The bytes of a WebP picture, shape (bytes,), uint8.
    """
    count, channels, height, width = pictures.shape
    rows = math.ceil(count / columns)
    filled = torch.full((rows * columns, channels, height, width), 255, dtype=torch.uint8)
    filled[:count] = pictures
    laid = filled.reshape(rows, columns, channels, height, width).permute(0, 3, 1, 4, 2)
    file = io.BytesIO()
    Image.fromarray(laid.reshape(rows * height, columns * width, channels).numpy()).save(
        file, "WEBP", quality=QUALITY, method=6
    )
    return torch.frombuffer(bytearray(file.getvalue()), dtype=torch.uint8)

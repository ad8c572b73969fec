"""What an app shows: which picture it is, and which score stands beside it."""

import re
from pathlib import Path

import numpy as np
import torch
from PIL import Image

NEAR = 0.01
"""Of a cosine: what two decimals say."""
LARGEST_DIFFERENCE = 0.06
"""Mean difference of a shown picture from a known one, of 1: browsers are sent smaller files."""
COMPARED_SIDE = 32
"""Pixels along a side at which shown pictures are compared with those that are known."""


def says(text: str, score: float) -> bool:
    """Tell whether a score stands in a text, with two decimals or as a percentage."""
    numbers = [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))]
    return any(min(abs(value - score), abs(value / 100 - score)) <= NEAR for value in numbers)


def place_of(file: Path, images: torch.Tensor) -> int | None:
    """Return which picture a file shows; None if it shows none of them.

    Args:
        file: A picture.
        images: Those that are known, shape (count, 3, height, width), uint8.
    """
    with Image.open(file) as picture:
        small = picture.convert("RGB").resize((COMPARED_SIDE, COMPARED_SIDE), Image.Resampling.BOX)
    shown = torch.from_numpy(np.array(small)).permute(2, 0, 1) / 255
    drawn = torch.nn.functional.adaptive_avg_pool2d(images / 255, COMPARED_SIDE)
    apart, place = (drawn - shown).abs().mean(dim=(1, 2, 3)).min(dim=0)
    return int(place) if apart < LARGEST_DIFFERENCE else None

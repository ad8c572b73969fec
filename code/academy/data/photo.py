"""From a photo of a handwritten digit to what MNIST's images are, step by step.

A digit of MNIST is white on black, fits a box of 20 by 20 pixels, and lies in 28 by 28 with its center of
mass in the middle. Source: LeCun, Bottou, Bengio and Haffner, *Gradient-based learning applied to document
recognition*, 1998. Light falls on paper and ink alike, so dividing by the light takes it away.
"""

import math

import numpy as np
import torch
from scipy import ndimage
from torch.nn import functional as F

LONGEST_SIDE = 160
"""Pixels; larger photos are made smaller first."""
INK_LEVEL = 0.5
"""Ink is what is darker than this share of the darkest."""
LEAST_CONTRAST = 0.1
"""A page that loses less light than this share anywhere has nothing written on it."""
SMALLEST_PIECE = 0.2
"""Share of the largest piece's ink that another piece must have to belong to the digit."""
BOX = 20
FRAME = 28


def gray(photo: torch.Tensor) -> torch.Tensor:
    """Weigh red, green and blue as the eye does: (3, height, width) → (height, width)."""
    return (photo * torch.tensor([0.299, 0.587, 0.114]).reshape(3, 1, 1)).sum(dim=0)


def shrink(image: torch.Tensor) -> torch.Tensor:
    """Make the longest side 160 pixels where it is longer."""
    return resized(image, min(1.0, LONGEST_SIDE / max(image.shape)))


def even_light(image: torch.Tensor) -> torch.Tensor:
    """Divide by the light: the brightness of the paper nearby, which thin strokes cannot hide."""
    window = min(image.shape) // 5 | 1  # odd
    wide = F.pad(image[None], [window] * 4, mode="replicate")[0]  # else the edge has brighter neighbors only
    paper = -brightest_nearby(-brightest_nearby(wide, window), window)[window:-window, window:-window]
    return (image / paper.clamp(min=1e-3)).clamp(max=1)


def brightest_nearby(image: torch.Tensor, window: int) -> torch.Tensor:
    """Replace each pixel by the brightest one in a square around it, ``window`` pixels wide."""
    rows = F.max_pool2d(image[None], (window, 1), stride=1, padding=(window // 2, 0))
    return F.max_pool2d(rows, (1, window), stride=1, padding=(0, window // 2))[0]


def invert(image: torch.Tensor) -> torch.Tensor:
    """Turn dark ink on bright paper into bright ink on black."""
    return 1 - image


def drop_paper(image: torch.Tensor) -> torch.Tensor:
    """Set to 0 what is not ink: grain, pale lines, the last of the shadows; the brightest ink becomes 1.

    Raises:
        ValueError: If nothing stands out.
    """
    brightest = image.max()
    if brightest < LEAST_CONTRAST:
        raise ValueError(
            f"nothing is written here: the darkest spot is {brightest:.0%} darker than the paper, "
            f"ink must be {LEAST_CONTRAST:.0%}; use a darker pen or more light"
        )
    return torch.where(image > INK_LEVEL * brightest, image / brightest, 0)


def drop_specks(image: torch.Tensor) -> torch.Tensor:
    """Keep the piece with the most ink and those with a fifth of it or more: a digit has few pieces."""
    pieces, count = ndimage.label(image.numpy() > 0, structure=np.ones((3, 3)))
    ink = torch.bincount(torch.from_numpy(pieces).long().flatten(), image.flatten(), minlength=count + 1)
    ink[0] = 0  # the paper
    kept = ink >= SMALLEST_PIECE * ink.max()
    return torch.where(kept[torch.from_numpy(pieces).long()], image, 0)


def crop(image: torch.Tensor) -> torch.Tensor:
    """Cut out the smallest box that holds all ink; an image without ink stays whole."""
    rows, columns = (image > 0).any(dim=1).nonzero(), (image > 0).any(dim=0).nonzero()
    if len(rows) == 0:
        return image
    return image[int(rows[0]) : int(rows[-1]) + 1, int(columns[0]) : int(columns[-1]) + 1]


def fit_box(image: torch.Tensor) -> torch.Tensor:
    """Scale so that the longer side is 20 pixels, keeping the shape."""
    return resized(image, BOX / max(image.shape))


def center(image: torch.Tensor) -> torch.Tensor:
    """Lay it into 28 by 28 pixels with its center of mass in the middle, as far as it fits."""
    return placed(image, *center_of_mass(image))


def center_of_mass(image: torch.Tensor) -> tuple[float, float]:
    """Find where the ink would balance: row and column, 0 being the upper left corner; the middle if none."""
    height, width = image.shape
    mass = image.sum().item()
    if mass == 0:
        return height / 2, width / 2
    rows, columns = torch.arange(height) + 0.5, torch.arange(width) + 0.5  # middles of the pixels
    return (image.sum(dim=1) @ rows).item() / mass, (image.sum(dim=0) @ columns).item() / mass


def placed(image: torch.Tensor, row: float, column: float) -> torch.Tensor:
    """Lay an image into a black frame of 28 by 28 pixels with one of its points in the middle.

    Args:
        image: Shape (height, width), neither more than 28.
        row: Which point, from the top.
        column: Which point, from the left.

    Raises:
        ValueError: If a side is longer.
    """
    height, width = image.shape
    if max(height, width) > FRAME:
        raise ValueError(f"the image is {height} by {width}; neither side may exceed {FRAME}")
    top = min(max(math.floor(FRAME / 2 - row + 0.5), 0), FRAME - height)
    left = min(max(math.floor(FRAME / 2 - column + 0.5), 0), FRAME - width)
    frame = torch.zeros(FRAME, FRAME)
    frame[top : top + height, left : left + width] = image
    return frame


def resized(image: torch.Tensor, factor: float) -> torch.Tensor:
    """Scale both sides by one factor, each to at least one pixel, averaging where pixels are lost.

    Args:
        image: Shape (height, width) or (channels, height, width), from 0 to 1.
        factor: Below 1 makes it smaller.
    """
    height, width = (max(1, round(side * factor)) for side in image.shape[-2:])
    channels = image.reshape(1, -1, *image.shape[-2:])
    scaled = F.interpolate(channels, (height, width), mode="bilinear", antialias=True)
    return scaled.reshape(*image.shape[:-2], height, width).clamp(0, 1)


STEPS = (gray, shrink, even_light, invert, drop_paper, drop_specks, crop, fit_box, center)
"""Each takes what the one before it gives."""


def read_photo(photo: torch.Tensor) -> torch.Tensor:
    """Take all steps from a photo to an image like those of MNIST.

    Args:
        photo: One digit, dark on bright, shape (3, height, width), float32 from 0 to 1.

    Returns:
        Shape (28, 28), from 0, no ink, to 1.

    Raises:
        ValueError: If nothing is written on the page.
    """
    for step in STEPS:
        photo = step(photo)
    return photo

"""A thing followed through drawn frames by its features alone, and lost while it cannot be seen."""

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

from academy.data.emoji import emoji_named, emoji_pictures
from academy.nets.pretrained import ImageBackbone

FRAMES = 40
HEIGHT, WIDTH = 192, 448
"""Of a frame, in pixels."""
THING = 64
"""Pixels along a side of the thing, and of the window that is searched for it."""
STRIDE = 16
"""Pixels from one place of the map to the next."""
WALL = (176, 304)
"""Columns that a wall hides."""
WALL_COLOR = (176, 137, 104)
MARGIN = 1.1
"""How many times more like the thing a window must be than all else was in the first frame."""
SPEED = 13
"""Pixels that the thing moves to the right from frame to frame."""
STANDING = (("rabbit", 128, 16), ("elephant", 0, 96), ("giraffe", 0, 320), ("chicken", 128, 368))
"""What stands around: name, row and column."""


class Frame(NamedTuple):
    """A picture of the sequence, and where the thing is in truth."""

    image: torch.Tensor
    """Shape (3, 192, 448), uint8."""
    row: int
    """Of the thing's upper left corner, in pixels, as its column."""
    column: int
    seen: float
    """Share of the thing that is neither behind the wall nor outside."""


class Place(NamedTuple):
    """The window that is most like the thing, by its upper left corner, and whether it is like enough."""

    row: int
    column: int
    similarity: float
    found: bool


def sequence(name: str = "horse") -> list[Frame]:
    """Draw 40 frames in which a thing passes behind a wall and then leaves the picture.

    Args:
        name: Of an emoji.
    """
    return [frame(name, number) for number in range(FRAMES)]


def frame(name: str, number: int) -> Frame:
    """Draw one frame."""
    row, column = 56 + round(24 * math.sin(number / 4)), min(SPEED * number, WIDTH)
    canvas = torch.full((3, HEIGHT, WIDTH + THING), 255, dtype=torch.uint8)
    for other, top, left in STANDING:
        lay(canvas, picture(other), top, left)
    lay(canvas, picture(name).flip(2), row, column)  # it looks to the right, where it goes
    canvas[:, :, slice(*WALL)] = torch.tensor(WALL_COLOR, dtype=torch.uint8).reshape(3, 1, 1)
    columns = torch.arange(column, column + THING)
    hidden = (columns >= WIDTH) | ((columns >= WALL[0]) & (columns < WALL[1]))
    return Frame(canvas[:, :, :WIDTH], row, column, 1 - hidden.double().mean().item())


@cache
def picture(name: str) -> torch.Tensor:
    """Draw an emoji as large as a thing is."""
    return emoji_pictures(emoji_named([name]), ["noto"], side=THING).images[0]


def lay(canvas: torch.Tensor, drawing: torch.Tensor, top: int, left: int) -> None:
    """Lay a drawing onto a canvas, its white being transparent."""
    part = canvas[:, top : top + THING, left : left + THING]
    part.copy_(torch.minimum(part, drawing))


def maps(backbone: ImageBackbone, images: torch.Tensor) -> torch.Tensor:
    """Give the maps in the middle of the backbone: shape (count, 112, height / 16, width / 16).

    Args:
        backbone: EfficientNet-Lite0.
        images: Shape (count, 3, height, width), uint8; they keep their size.
    """
    network, normalize = backbone.network, backbone.prepare.transforms[-1]
    layers = nn.Sequential(network.conv_stem, network.bn1, *network.blocks[:5])
    with torch.no_grad():
        found: torch.Tensor = layers(normalize(images / 255))
    return found


def windows(features: torch.Tensor) -> torch.Tensor:
    """Give the features of every window of the thing's size, of length 1, one window a place.

    Args:
        features: Maps of shape (count, channels, height, width).

    Returns:
        Shape (count, channels × 4 × 4, places down, places to the right).
    """
    cells = THING // STRIDE
    rows = features.shape[2] - cells + 1
    unit = F.normalize(F.unfold(features, cells), dim=1)  # (count, channels × 4 × 4, places)
    return unit.reshape(*unit.shape[:2], rows, -1)


def likeness(wanted: torch.Tensor, backbone: ImageBackbone, frame: Frame) -> torch.Tensor:
    """Give the cosine of every window's features with the wanted ones, one a place."""
    return torch.einsum("f,fhw->hw", wanted, windows(maps(backbone, frame.image[None]))[0])


def follow(backbone: ImageBackbone, frames: Sequence[Frame]) -> list[Place]:
    """Find in each frame the window that is most like the thing in the first one; 0.1 seconds a frame.

    Nothing else is known of the thing: neither where it was nor how it moves. It is lost where no window is
    clearly more like it than anything else was in the first frame.

    Args:
        backbone: EfficientNet-Lite0.
        frames: The thing's place is read in the first one alone.
    """
    row, column = frames[0].row // STRIDE, frames[0].column // STRIDE
    wanted = windows(maps(backbone, frames[0].image[None]))[0, :, row, column]
    elsewhere = likeness(wanted, backbone, frames[0])
    cells = THING // STRIDE
    elsewhere[max(0, row - cells + 1) : row + cells, max(0, column - cells + 1) : column + cells] = 0
    limit = MARGIN * elsewhere.max().item()
    return [best_place(likeness(wanted, backbone, each), limit) for each in frames]


def best_place(similarity: torch.Tensor, limit: float) -> Place:
    """Find the place that is most alike, and say whether it is above a limit."""
    row, column = divmod(int(similarity.argmax()), similarity.shape[1])
    best = similarity.max().item()
    return Place(row * STRIDE, column * STRIDE, best, best > limit)

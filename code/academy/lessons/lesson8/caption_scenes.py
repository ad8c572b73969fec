"""Drawn scenes of two colored shapes, with what they show and where: pictures whose captions are known."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import torch
from torch.nn import functional as F

SIDE = 48
"""Height and width of a picture, in pixels."""
COLORS = {
    "red": (0.90, 0.20, 0.20),
    "green": (0.20, 0.75, 0.30),
    "blue": (0.25, 0.40, 0.95),
    "yellow": (0.95, 0.85, 0.20),
}
SHAPES = ("square", "circle", "triangle", "cross")
RELATIONS = ("left of", "above")
"""How the first object lies to the second: captions name the left or the upper one first."""
HELD_OUT = frozenset([("green", "square"), ("yellow", "circle"), ("red", "triangle"), ("blue", "cross")])
"""Colored shapes that no training picture has: each color and each shape once."""
MARGIN = 8
"""Distance of an object's middle from the picture's edge, at least."""


@dataclass(frozen=True)
class Scenes:
    """Pictures of two objects each, and what is true of them."""

    pictures: torch.Tensor
    """Shape (count, 3, 48, 48), float32 from 0 to 1."""
    places: torch.Tensor
    """The pixels of each object: shape (count, 2, 48, 48), bool."""
    colors: torch.Tensor
    """Numbers of the objects' colors, shape (count, 2)."""
    shapes: torch.Tensor
    """Numbers of the objects' shapes, shape (count, 2)."""
    relations: torch.Tensor
    """How the first object lies to the second: numbers of ``RELATIONS``, shape (count,)."""

    def __len__(self) -> int:
        """Count the pictures."""
        return len(self.pictures)

    def pick(self, which: torch.Tensor | slice) -> "Scenes":
        """Give some of the scenes."""
        return Scenes(*(getattr(self, name)[which] for name in self.__dataclass_fields__))

    def captions(self) -> list[str]:
        """Give the caption of each picture."""
        rows = zip(self.colors.tolist(), self.shapes.tolist(), self.relations.tolist())
        return [caption(*row) for row in rows]


def caption(colors: list[int], shapes: list[int], relation: int) -> str:
    """Write a caption from the numbers of two colors, two shapes and a relation."""
    names = list(COLORS)
    first, second = (f"a {names[color]} {SHAPES[shape]}" for color, shape in zip(colors, shapes))
    return f"{first} {RELATIONS[relation]} {second}"


def scenes(count: int, generator: torch.Generator, held_out: bool = False) -> Scenes:
    """Draw scenes.

    Args:
        count: Number of pictures.
        generator: Source of all chance.
        held_out: Whether one object of each picture, either, is one of ``HELD_OUT``; otherwise none is.
    """
    colors, shapes = kinds(count, generator, held_out)
    relations = torch.randint(len(RELATIONS), (count,), generator=generator)
    middles = positions(relations, generator)  # (count, 2, 2)
    radii = 5 + 2 * torch.rand(count, 2, generator=generator)
    places = outlines(shapes, middles, radii)
    return Scenes(painted(places, colors, generator), places, colors, shapes, relations)


def kinds(count: int, generator: torch.Generator, held_out: bool) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw colors and shapes, each (count, 2); the objects of a picture differ in both."""
    is_new = is_held_out()
    pairs = torch.cartesian_prod(torch.arange(is_new.numel()), torch.arange(is_new.numel()))
    new = is_new.flatten()[pairs].sum(dim=1)  # how many of both objects are held out
    colors, shapes = pairs // len(SHAPES), pairs % len(SHAPES)
    differ = (colors[:, 0] != colors[:, 1]) & (shapes[:, 0] != shapes[:, 1])
    (fitting,) = torch.where(differ & (new == int(held_out)))
    drawn = fitting[torch.randint(len(fitting), (count,), generator=generator)]
    return colors[drawn], shapes[drawn]


def is_held_out() -> torch.Tensor:
    """Say which colored shapes are held out: shape (colors, shapes), bool."""
    return torch.tensor([[(color, shape) in HELD_OUT for shape in SHAPES] for color in COLORS])


def positions(relations: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Draw both objects' middles (across, down) in pixels for each relation: shape (count, 2, 2)."""
    count, room = len(relations), SIDE - 2 * MARGIN
    along, aside, free_along, free_aside = torch.rand(4, count, generator=generator)
    distance = 16 + (room - 16) * along
    offset = 16 * (aside - 0.5)
    near = MARGIN + free_along * (room - distance)  # of the first object, along the relation
    across = MARGIN + offset.clamp(max=0).abs() + free_aside * (room - offset.abs())
    first = torch.stack([near, across], dim=1)
    second = torch.stack([near + distance, across + offset], dim=1)
    middles = torch.stack([first, second], dim=1)
    return torch.where((relations == 1)[:, None, None], middles.flip(2), middles)


def outlines(shapes: torch.Tensor, middles: torch.Tensor, radii: torch.Tensor) -> torch.Tensor:
    """Say which pixels belong to each object: shape (count, 2, 48, 48), bool."""
    pixels = torch.arange(SIDE) + 0.5
    right = (pixels[None, None, None, :] - middles[..., 0, None, None]) / radii[..., None, None]
    down = (pixels[None, None, :, None] - middles[..., 1, None, None]) / radii[..., None, None]
    wide, far = torch.maximum(right.abs(), down.abs()), torch.hypot(right, down)
    inside = torch.stack(
        [
            wide < 0.85,
            far < 1,
            (down < 0.8) & (2 * right.abs() < down + 1),
            (torch.minimum(right.abs(), down.abs()) < 0.3) & (wide < 1),
        ]
    )  # (4, count, 2, 48, 48), as in SHAPES
    return inside.gather(0, shapes[None, :, :, None, None].expand(1, -1, -1, SIDE, SIDE))[0]


def painted(places: torch.Tensor, colors: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Paint objects on a gray ground, each in a tone of its color, with the noise of a camera."""
    count = len(places)
    ground = 0.05 + 0.3 * torch.rand(count, 1, 1, 1, generator=generator)
    pictures = ground.expand(count, 3, SIDE, SIDE)
    tones = torch.tensor(list(COLORS.values()))[colors]  # (count, 2, 3)
    tones = tones + 0.05 * torch.randn(tones.shape, generator=generator)
    for place, tone in zip(places.unbind(1), tones.unbind(1)):
        pictures = torch.where(place[:, None], tone[:, :, None, None], pictures)
    noise = 0.04 * torch.randn(pictures.shape, generator=generator)
    return (pictures + noise).clamp(0, 1)


def touched(places: torch.Tensor, grid: int) -> torch.Tensor:
    """Say which cells of a grid objects reach into.

    Args:
        places: Pixels of objects, shape (count, 2, 48, 48).
        grid: Cells in a row and in a column.

    Returns:
        Shape (count, 2, grid · grid), bool, row by row.
    """
    return F.max_pool2d(places.float(), SIDE // grid).flatten(2) > 0


class Split(NamedTuple):
    """Scenes for each purpose."""

    train: Scenes
    """8,000 to train with."""
    validation: Scenes
    """400 to choose by."""
    test: Scenes
    """1,000 for reports alone, of the same kinds of objects."""
    new: Scenes
    """1,000 for reports alone, each with one object of ``HELD_OUT``."""


@cache
def scene_split() -> Split:
    """Draw the scenes of the lesson; always the same."""
    chance = torch.Generator().manual_seed(8)
    train = joined([scenes(500, chance) for _ in range(16)])
    return Split(train, scenes(400, chance), scenes(1000, chance), scenes(1000, chance, held_out=True))


def joined(parts: list[Scenes]) -> Scenes:
    """Put scenes behind each other."""
    return Scenes(
        *(torch.cat([getattr(part, name) for part in parts]) for name in parts[0].__dataclass_fields__)
    )

"""The lesson's faces: some to train with, some to choose by, some kept back to the end."""

from functools import cache
from typing import NamedTuple

import torch

from academy.data.avatar_faces import BEARD, Face
from academy.data.avatars import SIDE, Avatars, avatars

TRAIN, VALIDATION, TEST = 5_000, 500, 500
KEPT_BACK_SEED = 1
"""Of more faces, drawn from the same parts, that no network is trained on."""
TIED_BEARD = 0.6
"""How often short hair goes with a beard where long hair never does: about as many beards in all."""


class Faces(NamedTuple):
    """Faces, and what is true of them."""

    images: torch.Tensor
    """Shape (count, 3, 64, 64), uint8."""
    attributes: torch.Tensor
    """Shape (count, 8), bool, in the order of ``ATTRIBUTES``."""
    drawn: tuple[Face, ...]
    """What was drawn."""

    def part(self, start: int, stop: int) -> "Faces":
        """Copy the faces from one place up to another: a view would keep all the others, saved or sent."""
        images, attributes = self.images[start:stop].clone(), self.attributes[start:stop].clone()
        return Faces(images, attributes, self.drawn[start:stop])


class FaceSplit(NamedTuple):
    """Faces for three purposes."""

    train: Faces
    validation: Faces
    """To choose by."""
    test: Faces
    """Looked at once, at the end."""


@cache
def face_split(tied: bool = False) -> FaceSplit:
    """Draw 6,000 faces: 5,000 to train with, 500 for validation, 500 to test.

    Args:
        tied: Whether no face with long hair has a beard, and 60 % of the others have one.
    """
    data = of(avatars(TRAIN + VALIDATION + TEST, 0, SIDE, *ties(tied)))
    return FaceSplit(
        data.part(0, TRAIN),
        data.part(TRAIN, TRAIN + VALIDATION),
        data.part(TRAIN + VALIDATION, TRAIN + VALIDATION + TEST),
    )


@cache
def kept_back(count: int, tied: bool = False) -> Faces:
    """Draw more faces, which no network is trained on."""
    return of(avatars(count, KEPT_BACK_SEED, SIDE, *ties(tied)))


def ties(tied: bool) -> tuple[float, float]:
    """Say how often a beard goes with hair that is not long, and with hair that is."""
    return (TIED_BEARD, 0.0) if tied else (BEARD, BEARD)


def of(data: Avatars) -> Faces:
    """Take what is needed here."""
    return Faces(data.images, data.attributes, data.faces)


def pixels(images: torch.Tensor) -> torch.Tensor:
    """Give images as float32 from 0 to 1, channels last in memory, where convolutions are faster."""
    return (images.float() / 255).contiguous(memory_format=torch.channels_last)

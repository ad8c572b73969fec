"""Pictures with classes: drawings in four styles, or folders of the reader's, one for each class."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from PIL import Image, ImageOps

from academy.data.emoji import SIDE, STYLES, drawn
from academy.data.own_pictures import made_of_each
from academy.data.picture_files import NoPictures, known_folder
from academy.data.reading import in_quotes
from academy.lessons.lesson8 import pair_vectors
from academy.lessons.lesson8.kinds_apart import in_a_row, kind_things
from academy.lessons.lesson8.pair_vectors import basis, picture_vectors, projected
from academy.lessons.lesson8.prompts import SHORT
from academy.nets.pretrained import image_backbone

PARTS = ("train", "validation", "test")
LEAST = len(PARTS)
"""Pictures of a class, at least: one for each part."""


class PictureSet(NamedTuple):
    """Pictures whose classes are known; no thing is there twice."""

    numbers: torch.Tensor
    """What the backbone says of each, shape (count, 256), float32."""
    labels: torch.Tensor
    """Places in the list of classes, shape (count,), int64."""
    names: tuple[str, ...]
    """What each shows, or the names of the files."""
    styles: tuple[str, ...]
    """By whom each is drawn; for photos, ``photo``."""
    images: torch.Tensor
    """Shape (count, 3, side, side), uint8; 96 pixels along a side of drawings, 224 of photos."""


class Parts(NamedTuple):
    """The classes, and their pictures in three parts."""

    words: tuple[str, ...]
    """What each class is called, in the singular."""
    labeled: PictureSet
    """Examples to learn from, where something learns."""
    validation: PictureSet
    """To choose by."""
    test: PictureSet
    """To judge by."""
    source: str
    """What the pictures are, and what was left out, for a page to print."""


def picture_parts(folder: str | Path | None = None) -> Parts:
    """Give the drawings, or what is in a folder.

    Args:
        folder: With a folder of pictures for each class, called as the class is in the singular; a third
            of each class goes into each part. None for the drawings.

    Raises:
        NoPictures: If the folder has fewer than two classes of at least three pictures.
    """
    if folder is not None:
        return own_parts(Path(folder))
    labeled, validation, test = (drawings(part) for part in PARTS)
    source = f"{len(labeled.names)}, {len(validation.names)} and {len(test.names)} drawings of as many things"
    return Parts(tuple(SHORT.values()), labeled, validation, test, source)


def drawings(part: str) -> PictureSet:
    """Draw each thing of a part once: of each kind the first in the first style, the second in the next."""
    things = in_a_row(part)
    of_each = len(things) // len(kind_things()[part])
    styles = tuple(STYLES[place % of_each % len(STYLES)] for place in range(len(things)))
    by_style = {style: picture_vectors(things, style) for style in STYLES}
    return PictureSet(
        torch.stack([by_style[style][place] for place, style in enumerate(styles)]),
        torch.arange(len(things)) // of_each,
        tuple(each.name for each in things),
        styles,
        torch.stack([drawn(each, style, SIDE) for each, style in zip(things, styles)]),
    )


class Read(NamedTuple):
    """What is kept of a picture that somebody brings."""

    numbers: torch.Tensor
    image: torch.Tensor


def own_parts(folder: Path) -> Parts:
    """Read a folder of pictures for each class; the order in which they are dealt out is always the same."""
    root = known_folder(folder)
    classes = sorted(each for each in root.iterdir() if each.is_dir() and not each.name.startswith("."))
    if len(classes) < 2:
        raise NoPictures(
            f"The folder {in_quotes(root.name)} has {len(classes)} folders in it. Give it two or more, one "
            "for each class, with the name of the class."
        )
    backbone, dealt = image_backbone(), [list[tuple[Read, int, str]]() for _ in PARTS]
    sources = []
    for label, place in enumerate(classes):
        found = made_of_each(place, lambda picture: read(picture, backbone))
        if len(found.made) < LEAST:
            raise NoPictures(
                f"The class {in_quotes(place.name)} has {len(found.made)} pictures that can be read; give it "
                f"{LEAST} or more: some to learn from, some to choose by, some to judge by."
            )
        order = np.random.RandomState(0).permutation(len(found.made)).tolist()
        for turn, chosen in enumerate(order):
            dealt[turn % len(PARTS)].append((found.made[chosen], label, found.names[chosen]))
        sources.append(found.source)
    labeled, validation, test = map(gathered, dealt)
    return Parts(tuple(each.name for each in classes), labeled, validation, test, " ".join(sources))


@torch.no_grad()
def read(picture: Image.Image, backbone: torch.nn.Module) -> Read:
    """Cut out the middle of a picture in RGB, and ask the backbone about it."""
    square = ImageOps.fit(picture, (pair_vectors.SIDE, pair_vectors.SIDE), Image.Resampling.BICUBIC)
    image = torch.from_numpy(np.array(square)).permute(2, 0, 1).contiguous()  # (3, 224, 224)
    return Read(projected(backbone(image[None]), basis())[0], image)


def gathered(dealt: Sequence[tuple[Read, int, str]]) -> PictureSet:
    """Make one set of pictures that were read."""
    read_ones, labels, names = zip(*dealt)
    return PictureSet(
        torch.stack([each.numbers for each in read_ones]),
        torch.tensor(labels),
        tuple(names),
        ("photo",) * len(names),
        torch.stack([each.image for each in read_ones]),
    )

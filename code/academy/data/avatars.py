"""Cartoon faces as tensors, with the true attributes of each: drawn once, side by side, and kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

import joblib
import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from academy.assets.settings import cache_folder
from academy.atomic import atomic_path
from academy.data.avatar_faces import ATTRIBUTES, BEARD, Face, faces, rasterize, svg

SIDE = 64
"""Pixels along a side, where nothing else is said."""
AT_ONCE = 250
"""Faces that a process draws before it asks for more."""


@dataclass(frozen=True)
class Avatars:
    """Pictures of faces, and all that is true of them."""

    images: torch.Tensor
    """Shape (count, 3, side, side), uint8 from 0 to 255."""
    attributes: torch.Tensor
    """Shape (count, attributes), bool, in the order of ``ATTRIBUTES``."""
    faces: tuple[Face, ...]
    """What was drawn."""


def avatars(
    count: int = 6000,
    seed: int = 0,
    side: int = SIDE,
    beard: float = BEARD,
    beard_with_long_hair: float = BEARD,
) -> Avatars:
    """Draw faces at random: 10 seconds for 6,000 on two cores, and at once the next time.

    Args:
        count: How many faces.
        seed: Of the choice of their parts; a larger count begins with the same faces.
        side: Pixels along a side.
        beard: Probability of a beard where the hair is not long.
        beard_with_long_hair: Its probability where the hair is long.

    Raises:
        AssetUnavailable: If no source delivers the drawings.
    """
    chosen = faces(count, seed, beard, beard_with_long_hair)
    attributes = torch.tensor([[face.attributes[name] for name in ATTRIBUTES] for face in chosen])
    return Avatars(kept_images([svg(face) for face in chosen], side), attributes, tuple(chosen))


def face_image(face: Face, side: int = SIDE) -> torch.Tensor:
    """Draw one face, shape (3, side, side), uint8."""
    return torch.from_numpy(rasterize(svg(face), side))


def kept_images(drawings: Sequence[str], side: int) -> torch.Tensor:
    """Draw faces, or read them where they have been drawn: a file belongs to these drawings alone."""
    content = hashlib.sha256(f"{side} {version('resvg-py')} ".encode() + "".join(drawings).encode())
    file = cache_folder() / "avatars" / f"{content.hexdigest()[:32]}.safetensors"
    try:
        return load_file(file)["images"]
    except (OSError, SafetensorError, KeyError):  # not there, or damaged
        images = drawn_side_by_side(drawings, side)
    file.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(file) as unfinished:
        save_file({"images": images}, unfinished)
    return images


def drawn_side_by_side(drawings: Sequence[str], side: int) -> torch.Tensor:
    """Draw faces with all cores, shape (count, 3, side, side), uint8."""
    batches = [drawings[start : start + AT_ONCE] for start in range(0, len(drawings), AT_ONCE)]
    drawn = joblib.Parallel(n_jobs=-1 if len(batches) > 1 else 1)(
        joblib.delayed(rasterize_all)(batch, side) for batch in batches
    )
    return torch.from_numpy(np.concatenate(drawn))


def rasterize_all(drawings: Sequence[str], side: int) -> np.ndarray:
    """Draw some faces, shape (count, 3, side, side), uint8."""
    return np.stack([rasterize(drawing, side) for drawing in drawings])

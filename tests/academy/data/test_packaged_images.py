"""The real packaged pictures, fetched once into the shared cache."""

import hashlib
from pathlib import Path

import pytest
import torch
from academy.assets.cache import fetch
from academy.data.images import ImageData, fashion_mnist, packaged_mnist
from torchvision.datasets import FashionMNIST


@pytest.fixture(scope="module")
def fashion() -> ImageData:
    return fashion_mnist()


@pytest.fixture(scope="module")
def digits() -> ImageData:
    return packaged_mnist(fetch("mnist-10k"))


def test_fashion_mnist_is_complete_and_in_its_official_split(fashion: ImageData) -> None:
    assert fashion.train_images.shape == (60_000, 1, 28, 28)
    assert fashion.test_images.shape == (10_000, 1, 28, 28)
    assert fashion.train_labels.bincount().tolist() == [6_000] * 10
    assert fashion.test_labels.bincount().tolist() == [1_000] * 10
    assert "comparable with published" in fashion.source


def test_fashion_mnist_equals_torchvisions(fashion: ImageData, tmp_path: Path) -> None:
    (tmp_path / "FashionMNIST").mkdir()
    (tmp_path / "FashionMNIST" / "raw").symlink_to(fetch("fashion-mnist"))
    theirs = FashionMNIST(tmp_path, train=False)
    assert torch.equal(fashion.test_images[:, 0], theirs.data)
    assert torch.equal(fashion.test_labels, theirs.targets)
    assert fashion.class_names[9].lower() == theirs.classes[9].lower() == "ankle boot"


def test_packaged_digits_have_the_counts_of_mnists_first_ten_thousand(digits: ImageData) -> None:
    counts = digits.train_labels.bincount() + digits.test_labels.bincount()
    assert counts.tolist() == [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]
    assert (len(digits.train_labels), len(digits.test_labels)) == (8_000, 2_000)
    share = digits.test_labels.bincount() / counts
    assert share.min() > 0.19
    assert share.max() < 0.21


def test_the_split_of_the_packaged_digits_never_changes(digits: ImageData) -> None:
    """Results in the book rest on it."""
    content = digits.test_images.numpy().tobytes() + digits.test_labels.numpy().tobytes()
    assert (
        hashlib.sha256(content).hexdigest()
        == "4f9f435c673b79112d0ef8372c8558c449bfebaf0ab3cfbf1996d39500d4aebf"
    )


def test_labels_fit_the_digits(digits: ImageData) -> None:
    pixels, labels = digits.train_images.flatten(1).float(), digits.train_labels
    means = torch.stack([pixels[labels == digit].mean(dim=0) for digit in range(10)])
    nearest = torch.cdist(digits.test_images.flatten(1).float(), means).argmin(dim=1)
    assert (nearest == digits.test_labels).float().mean() > 0.75

"""Readers of image files, on small files written here to the published formats."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from academy.data import images
from academy.data.images import ImageData, cifar10, mnist


def test_idx_files_are_read_as_their_format_says(tmp_path: Path) -> None:
    pixels = np.arange(2 * 3 * 4, dtype=np.uint8)
    (tmp_path / "images").write_bytes(struct.pack(">4i", 2051, 2, 3, 4) + pixels.tobytes())
    (tmp_path / "labels").write_bytes(struct.pack(">2i", 2049, 2) + bytes([7, 9]))

    read = images.idx_images(tmp_path / "images")
    assert read.dtype == torch.uint8
    assert read.tolist() == pixels.reshape(2, 1, 3, 4).tolist()
    labels = images.idx_labels(tmp_path / "labels")
    assert labels.dtype == torch.int64
    assert labels.tolist() == [7, 9]


@pytest.fixture
def photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six files of CIFAR-10's binary version with two photos each: all red, then all blue."""
    plane = bytes([200] * 1024), bytes(1024)
    red, blue = plane[0] + plane[1] * 2, plane[1] * 2 + plane[0]
    for number, name in enumerate(["test_batch", *(f"data_batch_{number}" for number in range(1, 6))]):
        (tmp_path / f"{name}.bin").write_bytes(bytes([number]) + red + bytes([9]) + blue)
    monkeypatch.setattr("academy.data.images.fetch", lambda name: tmp_path)
    return tmp_path


def test_cifar10_keeps_order_colors_and_split(photos: Path) -> None:
    photographs = cifar10()
    assert photographs.train_images.shape == (10, 3, 32, 32)
    assert photographs.train_labels.tolist() == [1, 9, 2, 9, 3, 9, 4, 9, 5, 9]
    assert photographs.test_labels.tolist() == [0, 9]
    assert photographs.test_images.float().mean(dim=(2, 3)).tolist() == [[200, 0, 0], [0, 0, 200]]
    assert photographs.class_names[9] == "truck"


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    """Ten files of packaged digits: 20 images of each, whose pixels tell the digit and the number."""
    for digit in range(10):
        numbers = [round((digit * 20 + number) / 255, 4) for number in range(20) for _ in range(784)]
        (tmp_path / f"{digit}.json").write_text(json.dumps({"data": numbers}))
    return tmp_path


def test_packaged_digits_are_split_evenly_and_the_same_way_each_time(digits: Path) -> None:
    first, second = images.packaged_mnist(digits), images.packaged_mnist(digits)
    assert first.train_labels.bincount().tolist() == [16] * 10
    assert first.test_labels.bincount().tolist() == [4] * 10
    assert torch.equal(first.train_images, second.train_images)

    value = torch.cat([first.train_images, first.test_images])[:, 0, 0, 0].long()
    label = torch.cat([first.train_labels, first.test_labels])
    assert sorted(value.tolist()) == list(range(200))  # each image once, in train or in test
    assert torch.equal(value // 20, label)
    assert len(first.train_labels[:20].unique()) > 5  # not sorted by digit


def test_the_packaged_part_says_what_it_is_not(digits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("academy.data.images.fetch_best", lambda *names: names[-1])
    monkeypatch.setattr("academy.data.images.fetch", lambda name: digits)
    assert "results are not comparable with published ones" in mnist().source


@pytest.fixture
def numbered() -> ImageData:
    """Ten training images and three for testing, of one pixel that tells which."""
    pixels = torch.arange(13, dtype=torch.uint8).reshape(13, 1, 1, 1)
    labels = torch.arange(13)
    return ImageData(pixels[:10], labels[:10], pixels[10:], labels[10:], ("one",), "numbers")


def test_the_last_training_images_are_kept_for_validation(numbered: ImageData) -> None:
    splits = numbered.split(validation=3)
    assert splits.train.labels.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert splits.validation.labels.tolist() == [7, 8, 9]
    assert splits.test.labels.tolist() == [10, 11, 12]
    for part in (splits.train, splits.validation, splits.test):
        assert part.images.dtype == torch.float32
        assert torch.equal((part.images.flatten() * 255).round().long(), part.labels)
    assert numbered.split(validation=3, train=2).train.labels.tolist() == [0, 1]
    assert len(numbered.split(validation=0).validation.labels) == 0


def test_the_training_images_alone_say_how_pixels_are_standardized(numbered: ImageData) -> None:
    splits = numbered.split(validation=3).standardized()
    pixels = np.arange(7) / 255
    expected = (np.arange(13) / 255 - pixels.mean()) / pixels.std(ddof=1)
    found = torch.cat([splits.train.images, splits.validation.images, splits.test.images]).flatten()
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("validation", "train"), [(11, None), (10, None), (5, 6), (-1, None), (2, 0)])
def test_more_images_than_there_are_cannot_be_split(
    numbered: ImageData, validation: int, train: int | None
) -> None:
    with pytest.raises(ValueError, match="there are 10 training images"):
        numbered.split(validation, train)


def test_the_split_of_the_packaged_digits_is_the_one_that_results_were_measured_on(digits: Path) -> None:
    order = np.random.RandomState(0).permutation(200)  # which NumPy promises never to change
    test = [number for number in order if number % 5 == 4]
    assert images.packaged_mnist(digits).test_images[:, 0, 0, 0].tolist() == test

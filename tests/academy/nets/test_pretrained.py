"""A file that claims to hold weights must not be able to do anything."""

from pathlib import Path

import pytest
import torch
from academy.nets.pretrained import ImageBackbone, read_weights
from torch import nn


class Trap:
    """Writes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, (f"open({str(self.marker)!r}, 'w').close()",))


@pytest.fixture
def trapped(tmp_path: Path) -> Path:
    path = tmp_path / "weights.pth"
    torch.save({"weight": Trap(tmp_path / "sprung")}, path)
    return path


def test_a_pickle_instead_of_weights_is_refused_and_never_run(trapped: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"weights\.pth holds something other than weights"):
        read_weights(trapped)
    assert not (tmp_path / "sprung").exists()


def test_the_trap_would_spring_in_a_careless_loader(trapped: Path, tmp_path: Path) -> None:
    torch.load(trapped, weights_only=False)
    assert (tmp_path / "sprung").exists()


def test_tensors_are_read(tmp_path: Path) -> None:
    torch.save({"weight": torch.arange(3)}, tmp_path / "weights.pth")
    assert read_weights(tmp_path / "weights.pth")["weight"].tolist() == [0, 1, 2]


class Maps(nn.Module):
    """Stands for a network: hands on what it is given, as maps."""

    def forward_features(self, images):
        return images


def test_features_are_the_means_of_the_maps_of_pixels_from_minus_one_to_one() -> None:
    images = torch.rand(2, 3, 224, 224, generator=torch.Generator().manual_seed(0))
    expected = (255 * images.mean(dim=(2, 3)) - 127) / 128
    torch.testing.assert_close(ImageBackbone(Maps())(images), expected)


def test_of_an_oblong_image_the_middle_is_seen() -> None:
    image = torch.zeros(1, 3, 224, 448)
    image[..., 112:336] = 1
    torch.testing.assert_close(ImageBackbone(Maps())(image), torch.full((1, 3), 1.0))

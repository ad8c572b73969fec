"""Features on the disk: computed once, for one picture and one network, and never from a damaged file."""

from pathlib import Path

import pytest
import torch
from academy.nets.features import cached_features, network_key
from safetensors.torch import save_file
from torch import nn


class Counting(nn.Module):
    """Gives the mean of each channel times a weight, and counts the pictures that it is asked for."""

    def __init__(self, weight: float = 2.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(weight))
        self.asked = 0

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        self.asked += len(images)
        return self.weight * images.float().mean(dim=(2, 3))


@pytest.fixture
def network() -> Counting:
    return Counting().eval()


@pytest.fixture
def images() -> torch.Tensor:
    return torch.randint(0, 256, (5, 3, 8, 8), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))


def entries(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.safetensors"))


def test_features_are_those_of_the_network(network: Counting, images: torch.Tensor, tmp_path: Path) -> None:
    torch.testing.assert_close(
        cached_features(network, images, tmp_path, batch_size=2), 2 * images.float().mean(dim=(2, 3))
    )


def test_each_picture_is_computed_once(network: Counting, images: torch.Tensor, tmp_path: Path) -> None:
    first = cached_features(network, images[:3], tmp_path)
    again = cached_features(network, images, tmp_path)
    assert torch.equal(again[:3], first)
    assert network.asked == 5
    assert len(entries(tmp_path)) == 5


def test_a_picture_that_is_there_twice_is_computed_once(
    network: Counting, images: torch.Tensor, tmp_path: Path
) -> None:
    features = cached_features(network, images[[0, 1, 0]], tmp_path)
    assert network.asked == 2
    assert torch.equal(features[0], features[2])


def test_one_other_pixel_is_another_picture(network: Counting, images: torch.Tensor, tmp_path: Path) -> None:
    changed = images.clone()
    changed[0, 0, 0, 0] ^= 1
    cached_features(network, images, tmp_path)
    assert not torch.equal(*(cached_features(network, each[:1], tmp_path) for each in (images, changed)))
    assert network.asked == 6


def test_other_weights_have_features_of_their_own(images: torch.Tensor, tmp_path: Path) -> None:
    networks = [Counting(weight).eval() for weight in (2.0, 3.0)]
    two, three = (cached_features(network, images, tmp_path) for network in networks)
    torch.testing.assert_close(three, 1.5 * two)


def test_the_same_weights_in_other_layers_are_another_network() -> None:
    plain, rectified = nn.Sequential(nn.Linear(2, 2)), nn.Sequential(nn.Linear(2, 2), nn.ReLU())
    rectified.load_state_dict(plain.state_dict())
    assert network_key(plain) != network_key(rectified)


def test_a_network_in_training_mode_is_refused(images: torch.Tensor, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="training mode"):
        cached_features(Counting(), images, tmp_path)


def cut(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:-2])


def flipped(entry: Path) -> None:
    content = bytearray(entry.read_bytes())
    content[-1] ^= 1
    entry.write_bytes(content)


def emptied(entry: Path) -> None:
    entry.write_bytes(b"")


def replaced(entry: Path) -> None:
    save_file({"other": torch.zeros(3)}, entry)


def unsigned(entry: Path) -> None:
    save_file({"features": torch.zeros(3)}, entry)


def pickled(entry: Path) -> None:
    torch.save({"features": torch.zeros(3)}, entry)


@pytest.mark.parametrize("damage", [cut, flipped, emptied, replaced, unsigned, pickled])
def test_a_damaged_entry_is_made_again(
    damage, network: Counting, images: torch.Tensor, tmp_path: Path
) -> None:
    features = cached_features(network, images, tmp_path)
    damage(entries(tmp_path)[2])
    assert torch.equal(cached_features(network, images, tmp_path), features)
    assert network.asked == 6
    cached_features(network, images, tmp_path)
    assert network.asked == 6


def test_nothing_is_left_beside_the_entries(network: Counting, images: torch.Tensor, tmp_path: Path) -> None:
    cached_features(network, images, tmp_path)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == len(entries(tmp_path)) == 5


def test_without_a_folder_entries_lie_in_the_cache_of_the_assets(
    network: Counting, images: torch.Tensor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACADEMY_CACHE", str(tmp_path))
    cached_features(network, images)
    assert len(entries(tmp_path / "features")) == 5

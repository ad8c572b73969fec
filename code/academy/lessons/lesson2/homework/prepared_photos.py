"""What prepared photos have that no picture of the data set has."""

from collections.abc import Iterator
from typing import Any

import torch
from torch.nn import functional as F

from academy.homework.tasks import Finding, wrong

FEW_PHOTOS = 20
"""As many are looked at one by one."""
LEAST_LONGER_SIDE = 26
"""Pixels, on average."""
MOST_OFF_CENTER = 1
"""Pixels."""
MOST_DARKER = 35
"""Levels of 255."""


def preparation_mistakes(prepare: Any, photos: list[torch.Tensor], shown: torch.Tensor) -> Iterator[Finding]:
    """Say what a prepared photo has that no picture of the data set has."""
    prepared = [prepare(photo.clone()) for photo in photos[:FEW_PHOTOS]]
    if any(each is None or each is ... for each in prepared):
        yield wrong("`prepare` returns nothing.", "end it with `return` and the picture.")
        return
    shape = tuple(shown.shape[1:])
    if any(tuple(each.shape) != shape for each in prepared):
        yield wrong(
            f"`prepare` returns shape {tuple(prepared[0].shape)}; the data set has {shape}.",
            "channels, height, width; `[None]` adds a dimension in front.",
        )
        return
    found = torch.stack([each.detach().cpu().double() for each in prepared])  # (20, channels, side, side)
    if found.max() <= 1.5:
        yield wrong(
            f"`prepare` returns pixels up to {found.max():.2f}; the data set has them from 0 to 255.",
            "times 255, `.to(torch.uint8)`: what is not scaled like the training pictures is read wrongly.",
        )
        return
    if found.max() > 255 or found.min() < 0:
        yield wrong(
            f"`prepare` returns pixels from {found.min():.0f} to {found.max():.0f}.", "clamp to 0 … 255."
        )
        return
    if any(each.dtype != torch.uint8 for each in prepared):
        yield wrong(
            f"`prepare` returns {prepared[0].dtype}.", "whole numbers, as the data set: `.to(torch.uint8)`."
        )
        return
    if shape[0] == 1:
        yield from garment_mistakes(found)
    else:
        small = torch.cat([squeezed(photo, shown) for photo in photos[:FEW_PHOTOS]])
        apart, squeezed_apart = (
            (each.double() - shown[:FEW_PHOTOS]).abs().mean().item() for each in (found, small)
        )
        if apart > 0.7 * squeezed_apart:
            yield wrong(
                f"What `prepare` gives is {apart:.0f} levels of 255 away from what was photographed.",
                "cut out the middle square, then make it small: both sides by one factor.",
            )


def garment_mistakes(found: torch.Tensor) -> Iterator[Finding]:
    """Say where prepared garments are not bright on black, as large as the frame, and in its middle."""
    corners = found[:, 0, [0, 0, -1, -1], [0, -1, 0, -1]].mean().item()
    if corners > 100:
        yield wrong(
            f"The corners of what `prepare` gives have {corners:.0f} on average: a bright wall.",
            "invert: Fashion-MNIST is bright on black, and the photo dark on bright.",
        )
        return
    heights = (found[:, 0].amax(dim=2) > 20).double().sum(dim=1)
    widths = (found[:, 0].amax(dim=1) > 20).double().sum(dim=1)
    longest = torch.maximum(heights, widths).mean().item()
    if longest < LEAST_LONGER_SIDE:
        yield wrong(
            f"The longer side of what `prepare` gives has {longest:.0f} pixels on average; in the data set "
            f"it has 28, and {LEAST_LONGER_SIDE} are enough.",
            "crop to the garment, then scale its longer side to 28: no margin, no box of 20. Grain that is "
            "left on the wall keeps `crop` from the garment: draw the photo before that step.",
        )
    elif torch.minimum(heights, widths).mean() > 26.5:
        yield wrong(
            "What `prepare` gives nearly always fills height and width.",
            "is the wall gone? Then crop, and scale both sides by one factor: trousers stay narrow.",
        )


def look_for_loss(prepared: torch.Tensor, shown: torch.Tensor) -> str:
    """Say where to look when a net names fewer photos than pictures.

    Args:
        prepared: What the student made of the photos, shape (count, channels, side, side), from 0 to 255.
        shown: What was photographed, as the data set has it, of the same shape.
    """
    if shown.shape[1] == 1:
        off = max(off_center(prepared, along) for along in (2, 3))
        if off > MOST_OFF_CENTER:
            return (
                f"the middle of the garments lies {off:.0f} pixels from the middle of the frame, on average. "
                "`placed` takes the middle of *your* image."
            )
        darker = ((shown.double().sum() - prepared.double().sum()) / (shown > 20).sum()).item()
        if darker > MOST_DARKER:
            return (
                f"inside the garments what you give is darker than the data set by {darker:.0f} levels of "
                "255. Which step takes cloth for wall? `even_light` looks for the brightest spot nearby, and "
                "near the middle of a pullover there is no wall: read the light where the wall is, in the "
                "corners."
            )
    return "`draw_photos(prepare)`: what differs from the data set, size, shadow, edges?"


def off_center(prepared: torch.Tensor, along: int) -> float:
    """Return how many pixels garments lie from the middle of the frame, on average, along a dimension."""
    side = prepared.shape[along]
    there = (prepared > 20).any(dim=1).any(dim=4 - along)  # (count, side)
    first, last = there.int().argmax(dim=1), side - 1 - there.flip(1).int().argmax(dim=1)
    return ((first + last + 1 - side).abs() / 2).double().mean().item()


def squeezed(photo: torch.Tensor, shown: torch.Tensor) -> torch.Tensor:
    """Make a photo as small as a picture of the data set, and do nothing else to it."""
    small = F.interpolate(photo[None], shown.shape[-2:], mode="bilinear", antialias=True)
    small = small if shown.shape[1] == 3 else small.mean(dim=1, keepdim=True)
    return (255 * small).to(torch.uint8)

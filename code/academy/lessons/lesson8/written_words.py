"""Pictures with a word on them: the right one or any, to train with, or a wrong one, to attack with."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

from academy.data.emoji import Emoji, drawn
from academy.lessons.lesson8.concepts import SEEN_STYLES
from academy.lessons.lesson8.kinds_apart import in_a_row, kind_things, kinds
from academy.lessons.lesson8.pair_vectors import SIDE

ATTACKED_STYLE = "noto"
"""A style that was trained on: here the word is to be hard, not the style."""
LARGEST, MARGIN = 60, 8
"""Pixels: of the letters, and between the word and the sign's edge."""


class Written(NamedTuple):
    """A picture to be made: what, in which style, and the number of the kind that is written on it."""

    thing: Emoji
    style: str
    kind: int


def own_words() -> list[Written]:
    """List the things to train on, each with its own kind; the styles take turns."""
    things = kind_things()["train"]
    labels = [label for label, kind in enumerate(things) for _ in things[kind]]
    return [
        Written(thing, SEEN_STYLES[place % len(SEEN_STYLES)], label)
        for place, (thing, label) in enumerate(zip(in_a_row("train"), labels))
    ]


def any_words() -> list[Written]:
    """List the things to train on twice, with words that say nothing of the thing: all kinds take turns."""
    own = own_words()
    return [
        Written(each.thing, SEEN_STYLES[(place + turn) % len(SEEN_STYLES)], (place + 5 * turn) % len(kinds()))
        for turn in (1, 2)
        for place, each in enumerate(own)
    ]


def wrong_words() -> list[Written]:
    """List the things to judge by, in one style, each with another kind; all others take turns."""
    things = kind_things()["test"]
    return [
        Written(thing, ATTACKED_STYLE, (label + 1 + place % (len(things) - 1)) % len(things))
        for label, kind in enumerate(things)
        for place, thing in enumerate(things[kind])
    ]


def with_word(image: torch.Tensor, word: str) -> torch.Tensor:
    """Lay a white sign with a word over the lower part of a picture, shape (3, side, side), uint8."""
    picture = Image.fromarray(image.permute(1, 2, 0).numpy())
    draw, side = ImageDraw.Draw(picture), picture.width
    font = fitting_font(word, side - 4 * MARGIN)
    left, top, right, bottom = draw.textbbox((side / 2, 0.8 * side), word, font=font, anchor="mm")
    box = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
    draw.rectangle(box, fill="white", outline="black", width=2)
    draw.text((side / 2, 0.8 * side), word, font=font, fill="black", anchor="mm")
    return torch.from_numpy(np.array(picture)).permute(2, 0, 1).contiguous()


def fitting_font(word: str, width: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Choose letters that let a word fill a width, but are not larger than ``LARGEST``."""
    natural = ImageFont.load_default(LARGEST).getlength(word)
    return ImageFont.load_default(min(LARGEST, LARGEST * width / natural))


def written_pictures(written: Sequence[Written], side: int = SIDE) -> torch.Tensor:
    """Draw pictures with their words, shape (count, 3, side, side), uint8."""
    return torch.stack(
        [with_word(drawn(each.thing, each.style, side), kinds()[each.kind]) for each in written]
    )

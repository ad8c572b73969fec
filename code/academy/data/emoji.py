"""Emoji in four drawing styles, with their names and with words that people search them by.

The styles are sets of drawings by different houses, so the same thing comes in four pictures that share
no pixel: what a network learned from three of them can be tried on the fourth.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import resvg_py
import torch
from PIL import Image

from academy.assets.cache import fetch

STYLES = ("noto", "twemoji", "openmoji", "fluent")
SIDE = 96
"""Pixels along a side of a picture, where nothing else is said."""
VARIATION = "fe0f"
"""Says that a character is to be drawn in color; some sets write it and some do not."""


class Emoji(NamedTuple):
    """A thing that every style has drawn."""

    name: str
    """What Unicode calls it, in small letters, as in ``"red apple"``."""
    keywords: tuple[str, ...]
    """Words that people would search it by, as in ``("fruit", "mac", "school")``."""
    code: str
    """Its characters in hexadecimal, as in ``"1f34e"``."""


@dataclass(frozen=True)
class EmojiPictures:
    """Pictures, and of each what it shows and who drew it."""

    images: torch.Tensor
    """Shape (count, 3, side, side), uint8 from 0 to 255, on white."""
    emoji: tuple[Emoji, ...]
    styles: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each picture."""
        return tuple(each.name for each in self.emoji)


@cache
def all_emoji() -> tuple[Emoji, ...]:
    """List what all four styles have drawn under one name, in the order of Unicode's characters.

    Returns:
        More than 1,500 things. The five skin tones of people and hands are left out.

    Raises:
        AssetUnavailable: If one of the sets, or the keywords, cannot be had.
    """
    words, common = keywords(), set.intersection(*(set(named(style).items()) for style in STYLES))
    return tuple(Emoji(spoken(name), words.get(code, ()), code) for code, name in sorted(common))


def emoji_named(names: Sequence[str]) -> tuple[Emoji, ...]:
    """Find emoji by their names, in the order asked for.

    Raises:
        KeyError: If the four styles have nothing in common under one of the names.
    """
    known = {each.name: each for each in all_emoji()}
    if unknown := [name for name in names if name not in known]:
        raise KeyError(
            f"no emoji is called {unknown[0]!r} in all four styles; `all_emoji` lists those there are"
        )
    return tuple(known[name] for name in names)


def emoji_pictures(emoji: Sequence[Emoji], styles: Sequence[str] = STYLES, side: int = SIDE) -> EmojiPictures:
    """Draw emoji in one or more styles: all in the first style, then all in the next; 3 ms a picture.

    Args:
        emoji: What to draw.
        styles: Of the four.
        side: Pixels along a side.
    """
    images = [drawn(each, style, side) for style in styles for each in emoji]
    return EmojiPictures(
        torch.stack(images),
        tuple(emoji) * len(styles),
        tuple(style for style in styles for _ in emoji),
    )


def drawn(emoji: Emoji, style: str, side: int) -> torch.Tensor:
    """Draw one emoji on white, shape (3, side, side), uint8."""
    picture = Image.open(io.BytesIO(drawing(emoji, style, side)))
    return torch.from_numpy(np.array(picture.convert("RGB"))).permute(2, 0, 1).contiguous()


def drawing(emoji: Emoji, style: str, side: int) -> bytes:
    """Draw one emoji on white, as a PNG with so many pixels along a side."""
    drawings = icons(style)
    icon = drawings["icons"][named(style)[emoji.code]]
    width, height = (icon.get(extent, drawings[extent]) for extent in ("width", "height"))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{side}" height="{side}" viewBox="0 0 {width} {height}">{icon["body"]}</svg>'
    )
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, background="white"))


@cache
def icons(style: str) -> Mapping[str, Any]:
    """Read the drawings of a style: SVG bodies by name, and how large they are where they say nothing."""
    found: dict[str, Any] = json.loads((fetch(f"emoji-{style}") / "icons.json").read_bytes())
    return found


@cache
def named(style: str) -> Mapping[str, str]:
    """Read which name each character has in a style."""
    written: dict[str, str] = json.loads((fetch(f"emoji-{style}") / "chars.json").read_bytes())
    return {plain(code.split("-")): name for code, name in written.items()}


def keywords() -> dict[str, tuple[str, ...]]:
    """Read the words that each character is searched by; the first one in the file is its name."""
    written: dict[str, list[str]] = json.loads((fetch("emoji-keywords") / "emoji-en-US.json").read_bytes())
    return {
        plain(f"{ord(character):x}" for character in text): tuple(map(spoken, words[1:]))
        for text, words in written.items()
    }


def plain(code: Any) -> str:
    """Join the parts of a code without what only says how to draw it."""
    return "-".join(part for part in code if part != VARIATION)


def spoken(name: str) -> str:
    """Write a name or keyword as words."""
    return name.replace("-", " ").replace("_", " ")

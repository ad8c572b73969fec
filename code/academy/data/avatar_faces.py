"""Cartoon faces from vector parts, of which everything that is drawn is known; without PyTorch."""

import io
import json
import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import resvg_py
from PIL import Image

from academy.assets.cache import fetch

BACKGROUND = "#e6e6e6"
CHANCES = {"long": 0.45, "short": 0.4, "hat": 0.15, "smiling": 0.6, "closed": 0.25, "glasses": 0.3}
"""How often a face has what; the rest of the mouths is serious, and of the eyes open."""
TOPS = ("long", "short", "hat")
BEARD = 0.3
"""How often a face has a beard."""


@dataclass(frozen=True)
class Face:
    """The parts and colors of a face; `dataclasses.replace` changes one and keeps the others."""

    top: str
    """Hair, or what covers it."""
    eyes: str
    eyebrows: str
    mouth: str
    clothes: str
    beard: str | None
    glasses: str | None
    skin: str
    """A color, as in ``"#edb98a"``, like the next three."""
    hair: str
    """Of the beard, too."""
    clothes_color: str
    hat_color: str

    @property
    def attributes(self) -> dict[str, bool]:
        """Say what is true of the face, by the names in ``ATTRIBUTES``."""
        covered = self.top in parts("top", "hat")
        return {
            "long hair": self.top in parts("top", "long"),
            "hat": covered,
            "glasses": self.glasses is not None,
            "beard": self.beard is not None,
            "smile": self.mouth in parts("mouth", "smiling"),
            "closed eyes": self.eyes in parts("eyes", "closed"),
            "dark skin": self.skin in parts("skin", "dark"),
            "light hair": self.hair in parts("hair", "light") and not (covered and self.beard is None),
        }


ATTRIBUTES = ("long hair", "hat", "glasses", "beard", "smile", "closed eyes", "dark skin", "light hair")
"""What can be seen of a face. Hair that a hat covers, where no beard shows its color, counts as not light."""


def faces(count: int, seed: int = 0, beard: float = BEARD, beard_with_long_hair: float = BEARD) -> list[Face]:
    """Choose the parts of faces at random, each independently of the others but for the beard.

    Args:
        count: How many faces.
        seed: Of the choice; a larger count begins with the same faces.
        beard: Probability of a beard where the hair is not long.
        beard_with_long_hair: Its probability where the hair is long; another one than ``beard`` ties the two
            together, as many photo collections do.

    Returns:
        The faces, in random order.
    """
    chances = (random.Random(f"{seed} {place}") for place in range(count))
    return [random_face(chance, beard, beard_with_long_hair) for chance in chances]


def random_face(chance: random.Random, beard: float, beard_with_long_hair: float) -> Face:
    """Choose the parts of one face."""

    def one_of(what: str, group: str = "any") -> str:
        return chance.choice(parts(what, group))

    def happens(probability: float) -> bool:
        return chance.random() < probability

    hair = chance.choices(TOPS, [CHANCES[each] for each in TOPS])[0]
    bearded = happens(beard_with_long_hair if hair == "long" else beard)
    return Face(
        top=one_of("top", hair),
        eyes=one_of("eyes", "closed" if happens(CHANCES["closed"]) else "open"),
        eyebrows=one_of("eyebrows"),
        mouth=one_of("mouth", "smiling" if happens(CHANCES["smiling"]) else "serious"),
        clothes=one_of("clothes"),
        beard=one_of("facialHair") if bearded else None,
        glasses=one_of("accessories") if happens(CHANCES["glasses"]) else None,
        skin=chance.choice(parts("skin", "light") + parts("skin", "dark")),
        hair=chance.choice(parts("hair", "light") + parts("hair", "dark")),
        clothes_color=chance.choice(drawings()["colors"]["clothes"]["values"]),
        hat_color=chance.choice(drawings()["colors"]["hat"]["values"]),
    )


def svg(face: Face) -> str:
    """Write a face as a vector drawing."""
    chosen = {
        "top": face.top,
        "eyes": face.eyes,
        "eyebrows": face.eyebrows,
        "mouth": face.mouth,
        "nose": "default",
        "clothes": face.clothes,
        "facialHair": face.beard,
        "accessories": face.glasses,
    }
    painted = {
        "skin": face.skin,
        "hair": face.hair,
        "facialHair": face.hair,
        "clothes": face.clothes_color,
        "hat": face.hat_color,
        "accessories": "#262e33",
    }
    canvas = drawings()["canvas"]
    frame = f'viewBox="0 0 {canvas["width"]} {canvas["height"]}" fill="none"'
    body = markup(canvas["elements"], chosen, painted)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{body}</svg>'


def markup(
    elements: Sequence[Mapping[str, Any]], chosen: Mapping[str, str | None], painted: Mapping[str, str]
) -> str:
    """Write elements of the drawings as SVG, with the chosen parts and colors in their places."""
    return "".join(element(each, chosen, painted) for each in elements)


def element(each: Mapping[str, Any], chosen: Mapping[str, str | None], painted: Mapping[str, str]) -> str:
    """Write one element; a part that was not chosen, as no glasses, is nothing."""
    attributes = " ".join(
        f'{name}="{painted[value["name"]] if isinstance(value, dict) else value}"'
        for name, value in each.get("attributes", {}).items()
    )
    if each["type"] != "component":
        inside = markup(each.get("children", []), chosen, painted)
        return f"<{each['name']} {attributes}>{inside}</{each['name']}>"
    if (part := chosen[each["name"]]) is None:
        return ""
    drawn = drawings()["components"][each["name"]]["variants"][part]["elements"]
    return f"<g {attributes}>{markup(drawn, chosen, painted)}</g>"


def rasterize(drawing: str, side: int) -> np.ndarray:
    """Draw a face as pixels.

    Args:
        drawing: What ``svg`` wrote.
        side: Pixels along a side.

    Returns:
        Shape (3, side, side), uint8.
    """
    png = bytes(resvg_py.svg_to_bytes(svg_string=drawing, background=BACKGROUND, width=side, height=side))
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))  # (side, side, 3)
    return np.ascontiguousarray(pixels.transpose(2, 0, 1))


@cache
def parts(what: str, group: str) -> tuple[str, ...]:
    """Name the parts, or colors, of one group."""
    return tuple(grouped()[what][group].split())


@cache
def grouped() -> Mapping[str, Mapping[str, str]]:
    """Read which parts are used, in groups."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def drawings() -> Mapping[str, Any]:
    """Read the vector drawings of all parts."""
    read: dict[str, Any] = json.loads((fetch("avatars") / "avataaars.json").read_bytes())
    return read

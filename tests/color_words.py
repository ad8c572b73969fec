"""A small engine for tests of the page: twelve plain squares, found by the words for their colors."""

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from academy.apps.pictures.index import Index
from academy.apps.search.engine import Engine
from academy.apps.search.quality import Quality
from PIL import Image
from similar_engine import NAMES, square


@dataclass(frozen=True)
class Square:
    """A square in one color."""

    name: str
    full_name: str
    label: None = None

    @property
    def key(self) -> str:
        """The name."""
        return self.full_name

    def stamp(self) -> str:
        """It never changes."""
        return ""

    def content(self) -> bytes:
        """Draw it."""
        target = io.BytesIO()
        square(NAMES.index(self.name)).save(target, "PNG")
        return target.getvalue()


def direction(place: float) -> torch.Tensor:
    """Point to a place on the wheel, shape (2,)."""
    angle = 2 * math.pi * place / len(NAMES)
    return torch.tensor([math.cos(angle), math.sin(angle)])


class Wheel:
    """Puts words for colors, and pictures by their hue, on a circle."""

    title = "A wheel of colors"
    about_pictures = "It sees hues."
    about_words = "The words are looked up in a list of colors."
    about_training = "Nothing was trained."
    key = "wheel"
    scale = 10.0

    def prepare(self, picture: Image.Image) -> torch.Tensor:
        """Take the hue, shape (1,)."""
        return torch.tensor([picture.resize((1, 1)).convert("HSV").getpixel((0, 0))[0] / 256])

    def features(self, prepared: Sequence[torch.Tensor]) -> torch.Tensor:
        """Turn hues into unit vectors."""
        return torch.stack([direction(hue.item() * len(NAMES)) for hue in prepared])

    def reads(self, text: str) -> bool:
        """Tell whether a word is a color."""
        return bool(colors_in(text))

    def texts(self, texts: Sequence[str]) -> torch.Tensor:
        """Point to the first color in each text."""
        return torch.stack([direction(NAMES.index(colors_in(text)[0])) for text in texts])

    def kept(self, references: Sequence[object]) -> None:
        """Nothing came along."""
        return


def colors_in(text: str) -> list[str]:
    """List the words that are colors."""
    return [word for word in re.findall(r"[a-z]+", text.lower()) if word in NAMES]


class ColorWords(Engine):
    """The squares of a wheel of colors."""

    quality = [  # noqa: RUF012
        Quality("noto", 1, 200, 0.25, 0.08),
        Quality("noto", 10, 200, 0.6, 0.3),
        Quality("openmoji", 1, 200, 0.11, 0.02),
        Quality("openmoji", 10, 200, 0.36, 0.1),
    ]

    def __init__(self, skipped: Sequence[str] = (), names: Sequence[str] = NAMES) -> None:
        squares = [Square(name, f"{name}.png") for name in names]
        features = torch.stack([direction(NAMES.index(name)) for name in names])
        index = Index(squares, {}, [each.content() for each in squares], skipped)
        super().__init__(index, features, Wheel(), "squares of a wheel", lambda: [], "Squares by the tests.")

"""A small engine for tests of the page: twelve plain squares, similar as their places are near."""

from collections.abc import Sequence

from academy.apps.pictures.search import Hit
from academy.apps.similar.engine import Engine, Found, Quality
from PIL import Image

NAMES = [
    "red",
    "orange",
    "yellow",
    "lime",
    "green",
    "mint",
    "cyan",
    "azure",
    "blue",
    "violet",
    "pink",
    "rose",
]


class ColorWheel(Engine):
    """Squares in the colors of a wheel; one of another place is less similar the farther it is around it."""

    titles = {"hue": "By hue", "place": "By place"}  # noqa: RUF012
    count = len(NAMES)
    description = "12 squares in the colors of a wheel"
    credits = "Squares drawn by the tests."

    def __init__(self, skipped: Sequence[str] = ()) -> None:
        self.skipped = skipped

    def similar(self, picture: Image.Image, backbone: str, k: int) -> list[Found]:
        hue = picture.resize((1, 1)).convert("HSV").getpixel((0, 0))[0]
        return self.around(round(hue / 256 * self.count) % self.count, backbone)[:k]

    def similar_to(self, place: int, backbone: str, k: int) -> list[Found]:
        return self.around(place, backbone)[1 : k + 1]

    def quality(self) -> list[Quality]:
        return [Quality("hue", 0.75, 0.5, 0.25, 24, 5), Quality("place", 0.1, 0.05, 0.2, 24, 5)]

    def around(self, place: int, backbone: str) -> list[Found]:
        """List all squares: by hue around the wheel, by place along the line."""

        def distance(other: int) -> int:
            far = abs(other - place)
            return min(far, self.count - far) if backbone == "hue" else far

        return [
            self.found(Hit(other, 1 - distance(other) / 6))
            for other in sorted(range(self.count), key=distance)
        ]

    def found(self, hit: Hit) -> Found:
        place, score = hit
        return Found(place, score, NAMES[place], ["warm", None, "cold"][place % 3], square(place))


def square(place: int) -> Image.Image:
    """Draw a square in the color of a place."""
    return Image.new("HSV", (64, 64), (round(place * 256 / len(NAMES)), 220, 220)).convert("RGB")

"""Simulated camera pictures of a digit written on paper: uneven light, shadow, ruled lines, tilt, ink."""

import math
from dataclasses import dataclass

import torch
from torch.nn import functional as F

SIDE = 160
"""Height and width of a picture, in pixels."""
RULED_LINES = 9
"""Lines on a page of ruled paper."""
LINE_COLOR = (0.45, 0.6, 0.85)
LINE_WIDTH = 0.12
"""Share of the distance between two lines."""


@dataclass(frozen=True)
class Scene:
    """What the camera looks at. Colors are red, green and blue from 0 to 1; shares are from 0 to 1."""

    ink: tuple[float, float, float] = (0.12, 0.12, 0.18)
    paper: tuple[float, float, float] = (0.96, 0.95, 0.91)
    uneven: float = 0.0
    """Share of the light that is lost on the way from one side to the other."""
    shadow: float = 0.0
    """Share of the light that is lost in the shadow, which lies over about half of the picture."""
    lines: float = 0.0
    """How strong the lines of ruled paper are."""
    tilt: float = 0.0
    """Largest turn of the page, either way, in degrees."""
    noise: float = 0.015
    """Standard deviation of the camera's noise."""


SCENES = {
    "even light": Scene(),
    "uneven light": Scene(uneven=0.7),
    "shadow": Scene(shadow=0.55),
    "ruled paper": Scene(lines=0.8),
    "tilt": Scene(tilt=20),
    "orange ink": Scene(ink=(0.9, 0.5, 0.2)),
    "all at once": Scene(ink=(0.2, 0.3, 0.75), uneven=0.5, shadow=0.4, lines=0.8, tilt=10, noise=0.02),
}


def photograph(digit: torch.Tensor, scene: Scene, generator: torch.Generator | None = None) -> torch.Tensor:
    """Write a digit on paper, somewhere, in some size, and take a picture of it.

    Args:
        digit: Shape (28, 28), from 0, no ink, to 1.
        scene: Paper, ink and light.
        generator: Source of the random numbers; PyTorch's own when None.

    Returns:
        Shape (3, 160, 160), float32 from 0 to 1.
    """
    size, right, down, turn, light_angle, shadow_angle = torch.rand(6, generator=generator).tolist()
    ticks = torch.linspace(-1, 1, SIDE)
    y, x = torch.meshgrid(ticks, ticks, indexing="ij")  # each (160, 160), seen from the camera
    page_x, page_y = along(x, y, scene.tilt * (2 * turn - 1)), along(y, -x, scene.tilt * (2 * turn - 1))

    half = 0.5 + 0.3 * size  # of the digit's 28 pixels, where the picture's half is 1
    reach = 0.9 - half
    position = [(page_x - reach * (2 * right - 1)) / half, (page_y - reach * (2 * down - 1)) / half]
    ink = written(digit, torch.stack(position, dim=-1))
    lines = scene.lines * ((page_y * RULED_LINES / 2) % 1 < LINE_WIDTH).float()
    color = blend(blend(column(scene.paper), column(LINE_COLOR), lines), column(scene.ink), ink)

    light = 1 - scene.uneven * (along(x, y, 360 * light_angle) / math.sqrt(2) + 1) / 2
    shade = 1 - scene.shadow * torch.sigmoid(25 * along(x, y, 360 * shadow_angle))
    noise = scene.noise * torch.randn(3, SIDE, SIDE, generator=generator)
    return (color * light * shade + noise).clamp(0, 1)


def along(x: torch.Tensor, y: torch.Tensor, degrees: float) -> torch.Tensor:
    """Measure how far points lie along a direction, which is turned away from the first axis."""
    angle = math.radians(degrees)
    return x * math.cos(angle) + y * math.sin(angle)


def written(digit: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
    """Read a small digit at positions from -1 to 1, with the sharp edge of a pen: shape (160, 160)."""
    smooth = F.grid_sample(digit[None, None].float(), positions[None], mode="bicubic", align_corners=False)
    return (6 * (smooth[0, 0] - 0.5) + 0.5).clamp(0, 1)


def column(color: tuple[float, float, float]) -> torch.Tensor:
    """Give a color the shape (3, 1, 1)."""
    return torch.tensor(color).reshape(3, 1, 1)


def blend(below: torch.Tensor, above: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    """Lay one color over another."""
    return below * (1 - share) + above * share

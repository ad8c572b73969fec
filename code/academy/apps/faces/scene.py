"""What is on the page: a face to begin from, where its sliders stand, and perhaps a way to a second face."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import torch
from PIL import Image

from academy.apps.faces.sliders import direction
from academy.data.real_faces import small
from academy.lessons.lesson5.comparison import codes_of, images_of
from academy.lessons.lesson5.runs import FaceRun
from academy.lessons.lesson5.sliders import Slider

FARTHEST = 3.0
"""Standard deviations to which a slider goes."""
DECIMALS = 1
"""Of a slider's position."""


class Kind(StrEnum):
    """Where a face comes from."""

    MEAN = "the mean face"
    DRAWN = "a face drawn at random"
    YOURS = "your face, as the network gives it back"


@dataclass(frozen=True)
class Scene:
    """Faces that the sliders start from."""

    run: str
    kind: Kind
    start: torch.Tensor
    """The code where all sliders are at 0, shape (latents,)."""
    picture: torch.Tensor | None = None
    """The face that was brought, as the network sees it, shape (3, 64, 64), uint8."""
    other: torch.Tensor | None = None
    """The code of the second face, shape (latents,)."""
    other_picture: torch.Tensor | None = None
    """The second face, if it was brought."""


def as_seen(picture: Image.Image) -> torch.Tensor:
    """Cut a picture as those that a run is trained on, shape (3, 64, 64), uint8."""
    return torch.from_numpy(small(picture).copy())


def encoded(run: FaceRun, picture: torch.Tensor) -> torch.Tensor:
    """Give the mean code of one picture, shape (latents,)."""
    return codes_of(run.network, picture[None])[0]


def decoded(run: FaceRun, code: torch.Tensor) -> torch.Tensor:
    """Give the picture of one code, shape (3, 64, 64), float from 0 to 1."""
    return images_of(run.network, code[None])[0]


def scene_of(
    name: str, run: FaceRun, picture: torch.Tensor | None = None, other: torch.Tensor | None = None
) -> Scene:
    """Begin with a run: with its mean face, or with what it makes of the pictures that were brought."""
    return Scene(
        run=name,
        kind=Kind.MEAN if picture is None else Kind.YOURS,
        start=run.pca.mean if picture is None else encoded(run, picture),
        picture=picture,
        other=None if other is None else encoded(run, other),
        other_picture=other,
    )


def drawn(run: FaceRun, sliders: Sequence[Slider]) -> tuple[torch.Tensor, list[float]]:
    """Draw a face from the normal distribution of the codes: along each component with its own variance.

    Returns:
        The code where all sliders are at 0, shape (latents,), and where the sliders stand.
    """
    amounts = torch.randn(len(run.pca.variances))
    positions = [
        round(min(max(amount, -FARTHEST), FARTHEST), DECIMALS) if slider.works else 0.0
        for amount, slider in zip(amounts.tolist(), sliders)
    ]
    amounts[: len(sliders)] = 0
    return run.pca.code(amounts), positions


def code_of(
    scene: Scene, run: FaceRun, sliders: Sequence[Slider], positions: Sequence[float], way: float
) -> torch.Tensor:
    """Give the code of the face that is shown, shape (latents,).

    Args:
        scene: What the sliders start from.
        run: The run of the scene.
        sliders: Those of the run.
        positions: Where they stand, in standard deviations.
        way: How far to go straight on to the second face's code, from 0 to 1.
    """
    code = scene.start + direction(run, sliders, positions)
    return code if scene.other is None else torch.lerp(code, scene.other, way)

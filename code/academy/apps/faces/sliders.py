"""What the sliders of a run are called, and which way they go."""

from collections.abc import Sequence

import torch

from academy.lessons.lesson5.knobs import TURN
from academy.lessons.lesson5.metadata import Metadata
from academy.lessons.lesson5.runs import FaceRun
from academy.lessons.lesson5.sliders import LEAST_CHANGE, Slider, named_sliders


def sliders_of(run: FaceRun) -> list[Slider]:
    """Name the sliders of a run: at most eight, one for each of the first components."""
    return named_sliders(run.pca.variances, run.metadata.knobs)


def how_named(metadata: Metadata) -> str:
    """Say how the names of sliders were found."""
    if not metadata.knobs:
        return (
            "The sliders go along the first principal components of the codes, in standard deviations. What "
            "they move, nothing has measured: the judge of Lesson 5 knows drawn faces alone. So they have "
            "numbers; find names by moving them."
        )
    return (
        "The sliders go along the first principal components of the codes, in standard deviations. Nobody "
        f"chose what they move: each was turned from −{TURN:g} to +{TURN:g} for many faces, and the judge of "
        "Lesson 5, a small network, said which attributes became more or less probable. If that which "
        f"changed most did so by {100 * LEAST_CHANGE:.0f} points or more, the slider has its name: to the "
        "right there is more of it. Where another changed about as much, it says “and more”. Otherwise it "
        "has a number. No slider moves one attribute alone."
    )


def direction(run: FaceRun, sliders: Sequence[Slider], positions: Sequence[float]) -> torch.Tensor:
    """Give what sliders add to a code, shape (latents,).

    Args:
        run: Whose sliders they are.
        sliders: All of them.
        positions: In standard deviations, as they stand on the page.
    """
    along = torch.tensor([each.sign * each.works * at for each, at in zip(sliders, positions)])
    moved: torch.Tensor = run.pca.code(along) - run.pca.mean
    return moved

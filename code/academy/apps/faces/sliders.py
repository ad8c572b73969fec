"""What the sliders of a run are called, and which way they go."""

from collections.abc import Sequence
from typing import NamedTuple

import torch

from academy.lessons.lesson5.comparison import COMPONENTS
from academy.lessons.lesson5.knobs import TURN
from academy.lessons.lesson5.measures import ACTIVE
from academy.lessons.lesson5.metadata import Knob, Metadata
from academy.lessons.lesson5.runs import FaceRun

COUNT = COMPONENTS
LEAST_CHANGE = 0.4
"""By how much a probability has to change for its attribute to name a slider.

The judge misreads about this share of smiles, what it reads worst, in reconstructions of the lesson's
network. A change that is smaller may be the judge's doing.
"""
READABLE = {"warm clothes": "warm-colored clothes"}
"""Attributes of ``JUDGED`` whose names could be taken for something else."""


class Slider(NamedTuple):
    """One slider."""

    name: str
    """As it stands in a sentence."""
    component: int
    """Which principal component it moves, from 1 on."""
    sign: int
    """−1 where the component goes the other way, so that to the right there is more of what the name says."""
    works: bool
    """Whether the codes vary along its component."""

    @property
    def label(self) -> str:
        """What stands above it."""
        return self.name[0].upper() + self.name[1:] + ("" if self.works else ": moves nothing in this run")


def sliders_of(run: FaceRun) -> list[Slider]:
    """Name the sliders of a run: at most eight, one for each of the first components.

    A slider is named by the attribute that it moves most, if that moves far enough, and else by its
    component's number. Where another attribute moves about as far, the name says that there is more. Where
    two have the same name, the numbers tell them apart.
    """
    variances = run.pca.variances[:COUNT].tolist()
    knobs: list[Knob | None] = [*run.metadata.knobs, *[None] * COUNT]
    works = [variance > ACTIVE for variance in variances]
    found = [knob if knob and able and is_telling(knob) else None for knob, able in zip(knobs, works)]
    words = [word_for(knob) if knob else "" for knob in found]
    return [
        Slider(
            name=named(word, component, words.count(word) == 1),
            component=component,
            sign=-1 if knob and knob.change < 0 else 1,
            works=able,
        )
        for component, (word, knob, able) in enumerate(zip(words, found, works), start=1)
    ]


def is_telling(knob: Knob) -> bool:
    """Tell whether what was found can name a slider."""
    return abs(knob.change) >= LEAST_CHANGE


def word_for(knob: Knob) -> str:
    """Say what was found."""
    return READABLE.get(knob.most, knob.most) + ("" if knob.clear else " and more")


def named(word: str, component: int, is_alone: bool) -> str:
    """Name a slider after what it moves, if anything."""
    if not word:
        return f"component {component}"
    return word if is_alone else f"{word} (component {component})"


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

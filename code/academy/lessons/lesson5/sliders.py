"""What sliders along the components of codes are called, and which way they go."""

from collections.abc import Sequence
from typing import NamedTuple

import torch

from academy.lessons.lesson5.comparison import COMPONENTS
from academy.lessons.lesson5.measures import ACTIVE
from academy.lessons.lesson5.metadata import Knob

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


def named_sliders(variances: torch.Tensor, knobs: Sequence[Knob]) -> list[Slider]:
    """Name at most eight sliders, one for each of the first components of codes.

    A slider is named by the attribute that it moves most, if that moves far enough, and else by its
    component's number. Where another attribute moves about as far, the name says that there is more. Where
    two have the same name, the numbers tell them apart.

    Args:
        variances: Of the codes along each component, shape (components,).
        knobs: What the first components move; none where nothing has measured it.
    """
    first = variances[:COUNT].tolist()
    known: list[Knob | None] = [*knobs, *[None] * COUNT]
    works = [variance > ACTIVE for variance in first]
    found = [knob if knob and able and is_telling(knob) else None for knob, able in zip(known, works)]
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
